"""Questions to a ledger, and which place is meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whoholds.ledger import Ledger
from whoholds.model import Place, Status, Voice, When
from whoholds.views import PlaceError, find_place, timeline, who, why_nothing
from whoholds.views.actors import actor_name, aligned
from whoholds.views.records import flat_record, headline, interval_words, since_words, state_record

TODAY = date(2020, 1, 1)


@pytest.fixture
def course(ledger: Ledger, factory: Any) -> list[Any]:
    claims = [
        factory.claim("gains", "islamic-state", "Ramadi", "2015-05-17", published="2015-05-18"),
        factory.claim("gains", "gov:IRQ", "Ramadi", ("2016-02-01", "2016-02-29"), published="2016-03-13"),
        factory.claim("contests", "islamic-state", "Ramadi", "2016-04-01", published="2016-04-02"),
        factory.claim("gains", "islamic-state", "Ramadi", None, published="2016-04-02", mode="planned"),
        factory.claim("withdraws", "islamic-state", "Rutba", (None, "2016-03-13"), published="2016-03-13"),
    ]
    factory.store(ledger, *claims)
    return claims


def test_the_latest_of_every_place(ledger: Ledger, course: list[Any]) -> None:
    ramadi, rutba = who(ledger, today=TODAY)
    assert (ramadi.name, ramadi.spell.holders) == ("Ramadi", ("gov:IRQ",))
    assert [evidence.claim for evidence in ramadi.evidence] == [course[1]]
    assert rutba.spell.status is Status.VACATED
    assert rutba.spell.holders == ()


def test_since_goes_back_over_fighting_to_the_taking(ledger: Ledger, course: list[Any]) -> None:  # noqa: ARG001
    (state,) = who(ledger, "Ramadi", today=TODAY)
    assert state.spell.start == date(2016, 4, 2)
    assert state.since == date(2016, 2, 29)
    assert not state.since_exact
    assert since_words(state) == "by 2016-02-29"
    assert state.last_fighting == date(2016, 4, 1)


def test_the_last_fighting_is_never_a_day_on_which_nobody_fought(ledger: Ledger, factory: Any) -> None:
    factory.store(
        ledger,
        factory.claim("contests", "m23", when=("2025-01-23", "2025-01-24"), published="2025-01-25"),
        factory.claim("gains", "m23", when="2025-01-27", published="2025-01-28"),
    )
    (state,) = who(ledger, today=TODAY)
    assert state.last_fighting == date(2025, 1, 24)
    (state,) = who(ledger, on=date(2025, 1, 23))
    assert state.last_fighting == date(2025, 1, 23)


@pytest.mark.parametrize(
    ("kind", "when", "exact"),
    [
        ("gains", When(date(2012, 11, 1), date(2012, 11, 30), "stated", "month"), False),
        ("holds", When(date(2012, 11, 1), date(2012, 11, 30), "stated", "month"), False),
        ("holds", When(date(2012, 11, 20), date(2012, 11, 30), "counted", "range"), True),
        ("holds", When(date(2012, 12, 1), date(2012, 12, 20), "stated", "range"), False),
        ("holds", When(date(2012, 11, 20), date(2012, 11, 20), "stated"), False),
        ("gains", When(date(2012, 11, 20), date(2012, 11, 20), "stated"), True),
    ],
)
def test_since_is_exact_only_where_the_words_give_the_day(
    ledger: Ledger, factory: Any, kind: str, when: When, exact: bool
) -> None:
    factory.store(ledger, factory.claim(kind, "m23", when=when, published="2012-12-20"))
    (state,) = who(ledger, today=TODAY)
    assert state.since is not None
    assert state.since_exact is exact
    assert since_words(state).startswith("by ") is not exact


def test_nobody_has_a_place_since_a_day_where_the_holder_is_not_known(ledger: Ledger, factory: Any) -> None:
    factory.store(ledger, factory.claim("contests", "m23", when="2012-11-20", published="2012-11-21"))
    (state,) = who(ledger, today=TODAY)
    assert (state.spell.status, state.since, state.since_exact) == (Status.UNKNOWN, None, False)


def test_the_age_of_the_evidence_counts_to_the_day_asked_about(ledger: Ledger, course: list[Any]) -> None:  # noqa: ARG001
    assert who(ledger, "Rutba", today=date(2016, 3, 20))[0].days == 7
    assert who(ledger, "Rutba", on=date(2016, 3, 15))[0].days == 2
    assert who(ledger, "Rutba", known=date(2016, 3, 14))[0].days == 1
    earlier = who(ledger, "Ramadi", on=date(2015, 5, 20))[0]
    assert (earlier.spell.holders, earlier.days) == (("islamic-state",), 3)


def test_evidence_of_a_later_day_does_not_count_for_an_earlier_question(ledger: Ledger, factory: Any) -> None:
    factory.store(
        ledger,
        factory.claim("gains", "gov:IRQ", when="2016-02-09"),
        factory.claim("holds", "gov:IRQ", when="2016-05-01"),
    )
    (state,) = who(ledger, on=date(2016, 2, 19))
    assert (state.last_evidence, state.days) == (date(2016, 2, 9), 10)
    (state,) = who(ledger, on=date(2016, 5, 11))
    assert (state.last_evidence, state.days) == (date(2016, 5, 1), 10)


def test_what_was_so_all_through_a_time_is_said_of_each_of_its_days(ledger: Ledger, factory: Any) -> None:
    held = factory.claim("holds", "gov:IRQ", when=("2016-02-09", "2016-06-30"), published="2016-07-01")
    factory.store(ledger, held, factory.claim("holds", "gov:IRQ", when="2016-02-12"))
    (state,) = who(ledger, on=date(2016, 5, 11))
    assert (state.last_evidence, state.days) == (date(2016, 5, 11), 0)
    (state,) = who(ledger, on=date(2016, 7, 10))
    assert (state.last_evidence, state.days) == (date(2016, 6, 30), 10)


def test_what_happened_on_one_day_of_a_time_is_said_of_its_first(ledger: Ledger, factory: Any) -> None:
    factory.store(
        ledger,
        factory.claim("gains", "gov:IRQ", when="2016-02-09"),
        factory.claim("repels", "gov:IRQ", "Ramadi", when=("2016-03-01", "2016-06-30"), published="2016-07-01"),
    )
    (state,) = who(ledger, on=date(2016, 5, 11))
    assert state.last_evidence == date(2016, 3, 1)


def test_what_was_known_on_a_day_is_never_rewritten(ledger: Ledger, course: list[Any], factory: Any) -> None:
    asked = date(2016, 3, 12)
    before = who(ledger, known=asked)
    assert [state.spell.holders for state in before] == [("islamic-state",)]
    later = factory.claim("gains", "gov:IRQ", "Ramadi", "2015-06-01", published="2016-06-01")
    factory.store(ledger, later)
    assert who(ledger, known=asked) == before
    assert who(ledger, "Ramadi", on=date(2015, 7, 1))[0].spell.holders == ("gov:IRQ",)
    assert course[0].id in {evidence.claim.id for evidence in before[0].evidence}


def test_a_place_before_anything_is_known_of_it(ledger: Ledger, course: list[Any]) -> None:  # noqa: ARG001
    assert who(ledger, "Ramadi", on=date(2015, 1, 1)) == []


def test_the_course_and_what_was_also_said(ledger: Ledger, course: list[Any]) -> None:
    found = timeline(ledger, "Ramadi", today=TODAY)
    assert [(state.spell.holders, state.spell.fighting) for state in found.states] == [
        (("islamic-state",), False),
        (("gov:IRQ",), False),
        (("gov:IRQ",), True),
        (("gov:IRQ",), False),
    ]
    assert [evidence.claim for evidence in found.others] == [course[3]]
    every = {e.claim.id for state in found.states for e in state.evidence} | {e.claim.id for e in found.others}
    assert every == {claim.id for claim in course[:4]}, "nothing said of the place is dropped"


def test_allies_of_the_day_are_no_dispute(ledger: Ledger, factory: Any) -> None:
    factory.store(
        ledger,
        factory.claim("gains", "gov:IRQ", when="2017-11-17", label="a"),
        factory.claim("gains", "pmf", when="2017-11-17", label="b"),
    )
    (state,) = who(ledger)
    assert not state.spell.disputed
    assert aligned("gov:IRQ", "pmf", date(2017, 11, 17))
    assert not aligned("gov:IRQ", "pmf", None)
    assert not aligned("gov:IRQ", "islamic-state", date(2017, 11, 17))


def test_an_empty_ledger(ledger: Ledger) -> None:
    assert who(ledger) == []
    with pytest.raises(PlaceError, match="no claim about Ramadi, nor about any other place"):
        who(ledger, "Ramadi")


@pytest.mark.parametrize("name", ["Ramadi", "ramadi", " RAMADI ", "Ar-Ramādī", "al Ramadi", "test:ramadi"])
def test_a_place_by_any_usual_spelling_or_id(ledger: Ledger, course: list[Any], name: str) -> None:  # noqa: ARG001
    assert find_place(ledger, name).place_id == "test:ramadi"


def test_an_exact_name_comes_before_a_similar_one(ledger: Ledger, factory: Any) -> None:
    for number, name in enumerate(("Rawa", "Rawah")):
        factory.store(ledger, factory.claim(place=Place(name, place_id=f"p:{number}")))
    assert find_place(ledger, "Rawah").place_id == "p:1"
    assert find_place(ledger, "rawa").place_id == "p:0"


def test_another_name_that_reports_use(ledger: Ledger, factory: Any) -> None:
    for name in ("Artemivsk", "Bakhmut"):
        factory.store(ledger, factory.claim(place=Place(name, place_id="p:1")))
    assert find_place(ledger, "Artemivsk") == find_place(ledger, "Bakhmut")


def test_another_name_that_the_gazetteer_has(ledger: Ledger, factory: Any) -> None:
    for name, place_id in (("Palmyra", "geonames:163808"), ("Wad Madani", "geonames:364103")):
        factory.store(ledger, factory.claim(place=Place(name, place_id=place_id)))
    assert find_place(ledger, "Tadmur").place_id == find_place(ledger, "Palmyra").place_id == "geonames:163808"
    assert find_place(ledger, "Wad Medani").place_id == "geonames:364103"
    with pytest.raises(PlaceError, match="no claim about a place called Ramadi"):
        find_place(ledger, "Ramadi")


def test_places_of_one_name_are_listed(ledger: Ledger, factory: Any) -> None:
    for number, country in enumerate(("IRQ", "CHN")):
        factory.store(ledger, factory.claim(place=Place("Rawa", place_id=f"p:{number}", country=country)))
    with pytest.raises(PlaceError, match=r"2 places are called Rawa(.|\n)*p:0  Rawa, settlement, IRQ(.|\n)*p:1"):
        find_place(ledger, "Rawa")


def test_an_unknown_name_gets_the_nearest(ledger: Ledger, course: list[Any]) -> None:  # noqa: ARG001
    with pytest.raises(PlaceError, match=r"called Rutga\. The nearest names: Rutba"):
        find_place(ledger, "Rutga")
    with pytest.raises(PlaceError, match=r"called Xyzzy\.$"):
        find_place(ledger, "Xyzzy")


def test_a_record_has_words_speaker_report_and_both_dates(ledger: Ledger, factory: Any) -> None:
    voice = Voice("A. General", "spokesman", told="AFP", side="gov:IRQ")
    claim = factory.claim("gains", "gov:IRQ", when="2016-02-09", published="2016-02-10", voice=voice)
    factory.store(ledger, claim)
    (state,) = who(ledger, today=TODAY)
    record: Any = state_record(state)
    assert record["holders"] == ["gov:IRQ"]
    assert record["holder_names"] == [actor_name("gov:IRQ")]
    assert (record["since"], record["since_exact"], record["end"]) == ("2016-02-09", True, None)
    (evidence,) = record["evidence"]
    assert evidence["quote"] == claim.quote_text
    assert (evidence["speaker"], evidence["speaker_role"], evidence["told"]) == ("A. General", "spokesman", "AFP")
    assert (evidence["start"], evidence["published_end"]) == ("2016-02-09", "2016-02-10")
    flat = flat_record(state)
    assert not any(isinstance(value, list | dict) for value in flat.values())
    assert flat["quote"] == claim.quote_text


def test_headlines(ledger: Ledger, course: list[Any]) -> None:  # noqa: ARG001
    assert [headline(state) for state in who(ledger)] == ["Iraqi government forces", "vacated (Islamic State left)"]


def test_intervals_in_words(factory: Any) -> None:
    assert interval_words(factory.when("2016-02-09")) == "2016-02-09"
    assert interval_words(factory.when(("2016-02-01", "2016-02-09"))) == "2016-02-01 to 2016-02-09"
    assert interval_words(factory.when((None, "2016-02-09"))) == "up to 2016-02-09"
    assert interval_words(factory.when(("2016-02-09", None))) == "from 2016-02-09"
    assert interval_words(None) == interval_words(factory.when((None, None))) == "undated"


def test_places_come_by_country_and_those_without_one_last(ledger: Ledger, factory: Any) -> None:
    named = (("Lyman", "UKR"), ("Hit", "IRQ"), ("Nowhere", None), ("Ana", "IRQ"), ("Aleppo", "SYR"))
    for name, country in named:
        factory.store(ledger, factory.claim(place=Place(name, place_id=f"p:{name}", country=country)))
    assert [state.name for state in who(ledger, today=TODAY)] == ["Ana", "Hit", "Aleppo", "Lyman", "Nowhere"]


def test_what_was_so_already_is_not_said_of_all_times(ledger: Ledger, factory: Any) -> None:
    factory.store(
        ledger,
        factory.claim("holds", "islamic-state", when=(None, "2017-11-17"), published="2017-11-17"),
        factory.claim("gains", "gov:IRQ", when="2017-11-17", published="2017-11-17"),
    )
    for day in ("2017-11-16", "2017-06-01"):
        (state,) = who(ledger, on=date.fromisoformat(day))
        assert (state.spell.holders, state.since) == (("islamic-state",), None)
        assert state.days is not None
        assert state.days <= 0, "the words are of a later day"
    assert who(ledger, on=date(1982, 6, 14)) == []


def test_evidence_of_the_day_comes_before_what_was_said_later(ledger: Ledger, factory: Any) -> None:
    early = factory.claim("gains", "taliban", when="2015-09-28", confidence=0.5)
    late = factory.claim("gains", "taliban", when="2021-08-08", published="2021-08-09", confidence=0.9)
    factory.store(ledger, early, late)
    (then,) = who(ledger, on=date(2016, 1, 1))
    assert [evidence.claim for evidence in then.evidence] == [early, late]
    assert then.last_evidence == date(2015, 9, 28)
    (now,) = who(ledger, today=TODAY.replace(year=2022))
    assert [evidence.claim for evidence in now.evidence] == [late, early]


def test_a_place_that_was_only_fought_over_shows_the_words_for_that(ledger: Ledger, factory: Any) -> None:
    fight = factory.claim("contests", "islamic-state", when="2016-04-01", against="gov:IRQ")
    factory.store(ledger, fight)
    (state,) = who(ledger, today=TODAY)
    assert (state.spell.status, state.spell.fighting) == (Status.UNKNOWN, False)
    assert [evidence.claim for evidence in state.evidence] == [fight]


def test_headlines_of_the_unknown(ledger: Ledger, factory: Any) -> None:
    part = Place("Aden", place_id="p:1", country="YEM")
    lost = Place("Tikrit", place_id="p:2", country="IRQ")
    factory.store(
        ledger,
        factory.claim("gains", "houthis", part, "2015-04-02", extent="part"),
        factory.claim("loses", "islamic-state", lost, "2015-03-31"),
    )
    assert sorted(headline(state) for state in who(ledger, today=TODAY)) == [
        "unknown (Islamic State lost it)",
        "unknown (in part Houthis)",
    ]


def test_why_there_is_no_answer(ledger: Ledger, factory: Any) -> None:
    assert "holds no reports yet" in why_nothing(ledger)
    factory.store(ledger, factory.claim("gains", "gov:IRQ", when="2016-02-09", published="2016-02-10"))
    early = date(2016, 2, 1)
    assert why_nothing(ledger, known=early).endswith("published by 2016-02-01; the first dated one is of 2016-02-10.")
    assert why_nothing(ledger, "Ramadi", on=early).endswith("the first day that something is said of is 2016-02-09.")
    with pytest.raises(PlaceError):
        why_nothing(ledger, "Nowhere")


def test_a_ledger_with_reports_and_no_claims(ledger: Ledger, factory: Any) -> None:
    ledger.add(factory.reading(factory.claim(), claims=()))
    assert why_nothing(ledger) == "None of the ledger's 1 reports says who holds anything."


@pytest.mark.parametrize("name", ["", "  ", "—"])
def test_a_question_about_no_name(ledger: Ledger, name: str) -> None:
    with pytest.raises(PlaceError, match="No place is named"):
        find_place(ledger, name)


def test_every_field_of_the_answers_is_documented(ledger: Ledger, course: list[Any]) -> None:  # noqa: ARG001
    page = (Path(__file__).resolve().parents[2] / "docs/answers.md").read_text(encoding="utf-8")
    state = who(ledger, today=TODAY)[0]
    record: Any = state_record(state)
    names = {*record, *record["evidence"][0], *flat_record(state)}
    assert sorted(name for name in names if f"`{name}`" not in page) == []
