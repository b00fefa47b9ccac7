"""What the map is given: everything it shows opens to words that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.ledger import Ledger
from whoholds.model import Anchors, Place, Report, Role, Section, Span, Voice
from whoholds.views.context import MAX_CONTEXT, context_of
from whoholds.views.mapcourses import clock_of
from whoholds.views.mapdata import evidence_days, map_data
from whoholds.views.states import who
from whoholds.views.why import why

TEXT = "Nobody was hurt. On Friday the army retook Ramadi, a general said. The road is open.\nMore to follow."


@pytest.fixture
def filled(ledger: Ledger, factory: Any) -> Ledger:
    of = factory.report(
        TEXT, "a.txt", "2016-02-12", title="Army <b>back</b>", outlet="The Paper", url="http://x.example/"
    )
    quote = "the army retook Ramadi"
    at = {
        word: Span(TEXT.index(word), TEXT.index(word) + len(word)) for word in ("army", "retook", "Ramadi", "general")
    }
    anchors = Anchors(cue=at["retook"], place=at["Ramadi"], actor=at["army"], speaker=at["general"], time=Span(0, 6))
    factory.store(
        ledger,
        factory.claim(of=of, quote=quote, when="2016-02-12", anchors=anchors, voice=Voice(role="general"), against="x"),
        factory.claim("holds", "rebels:SYR", "Ghnayman", "2016-02-12"),
        factory.claim("gains", "islamic-state", "Rutba", "2014-06-20", published="2014-06-21"),
        factory.claim("gains", "gov:IRQ", "Rutba", None, mode="planned"),
    )
    return ledger


def test_every_reference_is_kept(filled: Ledger) -> None:
    data = map_data(filled)
    json.dumps(data, allow_nan=False)
    for place in (*data["places"], *data["unplaced"]):
        for spell in place["spells"]:
            assert {*spell["claims"], *spell["against"]} <= {*data["claims"]}
            assert {*spell["holders"]} <= {*data["actors"]}
    for claim in data["claims"].values():
        assert claim["report"] in data["reports"]
        assert {claim["actor"], claim["against"]} - {None} <= {*data["actors"]}
    assert [place["name"] for place in data["places"]] == ["Ramadi", "Rutba"]
    assert [place["name"] for place in data["unplaced"]] == ["Ghnayman"]
    assert "lat" not in data["unplaced"][0]


def test_a_claim_shows_its_sentence_with_the_words_marked(filled: Ledger) -> None:
    (claim,) = [claim for claim in map_data(filled)["claims"].values() if claim["against"] == "x"]
    assert claim["context"] == "On Friday the army retook Ramadi, a general said."
    assert claim["context"][slice(*claim["quote"])] == "the army retook Ramadi"
    marked = {kind: claim["context"][start:end] for start, end, kind in claim["marks"]}
    assert marked == {"actor": "army", "cue": "retook", "place": "Ramadi", "speaker": "general"}, "none from elsewhere"
    assert claim["voices"] == [{"name": None, "role": "general", "anonymous": False, "told": None, "side": None}]


def test_the_report_is_named(filled: Ledger) -> None:
    named = [report for report in map_data(filled)["reports"].values() if report["outlet"]]
    assert named == [
        {
            "label": "a.txt",
            "title": "Army <b>back</b>",
            "outlet": "The Paper",
            "url": "http://x.example/",
            "published": "2016-02-12",
        }
    ]


def test_the_question_is_part_of_it(filled: Ledger) -> None:
    data = map_data(filled, on=date(2016, 1, 1), known=date(2016, 3, 1))
    assert data["made"]["asked"] == {"on": "2016-01-01", "known": "2016-03-01"}
    assert [place["name"] for place in data["places"]] == ["Rutba"]
    assert "Not for targeting" in data["disclaimer"]
    assert map_data(filled, known=date(2014, 1, 1))["places"] == []


def test_colours_come_from_who_draws(filled: Ledger) -> None:
    asked: list[str] = []

    def colours(ids: Iterable[str]) -> dict[str, str]:
        asked.extend(ids)
        return dict.fromkeys(asked, "#123456")

    data = map_data(filled, colours=colours)
    assert {actor["colour"] for actor in data["actors"].values()} == {"#123456"}
    assert asked.count("gov:IRQ") == 1
    assert data["actors"]["islamic-state"]["name"] == "Islamic State"


def test_a_place_as_it_was_known_on_earlier_days(ledger: Ledger, factory: Any) -> None:
    for kind, actor, day, out in (
        ("gains", "islamic-state", "2014-06-20", "2014-06-21"),
        ("gains", "gov:IRQ", "2014-07-05", "2014-07-06"),
        ("gains", "gov:IRQ", "2014-06-22", "2014-07-09"),
    ):
        factory.store(ledger, factory.claim(kind, actor, "Rutba", day, published=out))
    data = map_data(ledger)
    assert data["clock"] == ["2014-06-21", "2014-07-06", "2014-07-09"]
    first, second, third = data["places"][0]["versions"]
    assert first["known"] == "2014-06-21"
    assert [spell["holders"] for spell in first["spells"] if spell["holders"]] == [["islamic-state"]]
    holders = [[spell["holders"] for spell in version["spells"] if spell["start"]] for version in (second, third)]
    assert holders == [[["islamic-state"], ["gov:IRQ"]], [["islamic-state"], ["gov:IRQ"]]]
    # The late report moves the day of the change in hindsight only.
    turned = [version["spells"][-1]["start"] for version in (second, third)]
    assert turned[0] == "2014-07-05"
    assert data["places"][0]["spells"] == third["spells"]
    assert data["histogram"] == [("2014-06-20", 1), ("2014-06-22", 1), ("2014-07-05", 1)]
    assert "versions" not in map_data(ledger, clock=False)["places"][0]


def test_the_clock_has_bounded_steps_and_its_last_day(factory: Any) -> None:
    claims = [factory.claim(when="2031-01-01", published=f"2031-01-{day:02}") for day in range(1, 29)]
    days = clock_of(claims, most=5)
    assert len(days) == 5
    assert days[-1] == date(2031, 1, 28)
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([], []),
        ([None], []),
        (["2031-01-05"], ["2031-01-05"]),
        (["2031-01-01", "2031-01-05", "2031-01-08"], ["2031-01-08"]),
        (["2031-01-01", "2031-01-08", "2031-01-08"], ["2031-01-01", "2031-01-08"]),
    ],
)
def test_days_of_evidence_less_than_a_week_apart_are_one(said: list[Any], kept: list[str], factory: Any) -> None:
    assert evidence_days([factory.claim(when=day, published=day) for day in said]) == kept


def test_a_time_of_a_week_is_evidence_all_through_it(factory: Any) -> None:
    held = factory.claim("holds", when=("2031-01-01", "2031-02-14"), published="2031-02-14")
    assert evidence_days([held]) == ["2031-02-14", "2031-01-01/2031-02-14"]
    taken = factory.claim("gains", when=("2031-01-01", "2031-02-14"), published="2031-02-14")
    assert evidence_days([taken]) == ["2031-02-14"]


def test_the_map_s_last_evidence_is_the_one_that_the_answers_name(ledger: Ledger, factory: Any) -> None:
    """Later fights and words about a part say nothing of who has the whole."""
    taken = factory.claim("gains", when="2016-02-09", published="2016-02-09")
    fight = factory.claim("contests", against="islamic-state", when="2016-03-01", published="2016-03-02")
    part = factory.claim("holds", extent="part", when="2016-04-01", published="2016-04-02")
    factory.store(ledger, taken, fight, part)
    (state,) = who(ledger)
    (place,) = map_data(ledger)["places"]
    spells = [spell for spell in place["spells"] if spell["evidence"]]
    assert {day for spell in spells for day in spell["evidence"]} == {"2016-02-09"}
    assert state.last_evidence == date(2016, 2, 9)


def test_rival_accounts_are_kept_apart(ledger: Ledger, factory: Any) -> None:
    sides = {"gov:IRQ": "gains", "islamic-state": "repels"}
    for side, kind in sides.items():
        factory.store(
            ledger,
            factory.claim(
                kind, side, "Rutba", "2014-06-20", published="2014-06-21", voice=Voice("Somebody", side=side)
            ),
        )
    (rutba,) = map_data(ledger)["places"]
    by_side = {account["side"]: account["spells"][-1]["holders"] for account in rutba["accounts"]}
    assert by_side == {"gov:IRQ": ["gov:IRQ"], "islamic-state": ["islamic-state"]}


def test_an_empty_ledger_makes_an_empty_map(ledger: Ledger) -> None:
    data = map_data(ledger)
    assert (data["places"], data["unplaced"], data["claims"], data["reports"], data["actors"]) == ([], [], {}, {}, {})


def test_context_stays_within_its_section() -> None:
    text = "Related: the army took Hit\nThe army took Ramadi\nShare this"
    body = Span(text.index("The army"), text.index("\nShare"))
    report = Report("r", text, (Section(Span(0, body.start - 1), Role.FURNITURE), Section(body, Role.BODY)))
    at = text.index("took Ramadi")
    assert context_of(report, Span(at, at + 11)) == ("The army took Ramadi", body.start)


@settings(deadline=None)
@given(st.text("ab. \n", max_size=2000), st.integers(0, 2000), st.integers(1, 900))
def test_context_is_bounded_and_holds_the_quote(text: str, start: int, length: int) -> None:
    text = text + "x" * (start + length - len(text))
    quote = Span(start, start + length)
    context, at = context_of(Report("r", text), quote)
    assert len(context) <= MAX_CONTEXT
    assert text[at : at + len(context)] == context
    if length <= MAX_CONTEXT:
        assert at <= start
        assert context.rstrip()[start - at :].startswith(quote.of(text).rstrip())


def test_everyday_names_of_countries_go_along(filled: Ledger, factory: Any) -> None:
    assert map_data(filled)["countries"] == {"IRQ": "Iraq", "SYR": "Syria"}
    nowhere = Place("Nowhere", place_id="test:nowhere", lat=1.0, lon=1.0, country="XXX")
    factory.store(filled, factory.claim("gains", "gov:IRQ", nowhere, "2016-02-12"))
    assert "XXX" not in map_data(filled)["countries"]


# What the file has besides the answers


def test_claims_that_no_answer_rests_on_go_along_with_their_place(
    filled: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = [claim for claim in map_data(filled)["claims"].values() if claim["mode"] == "planned"]
    assert [claim["place"] for claim in plans] == ["test:rutba"]
    assert map_data(filled)["reports"].keys() >= {claim["report"] for claim in plans}
    monkeypatch.setattr("whoholds.views.mapdata.MOST_CLAIMS", 2)
    assert {claim["mode"] for claim in map_data(filled)["claims"].values()} == {"asserted"}


def test_what_each_witness_adds_is_what_why_says(filled: Ledger, factory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factory.store(
        filled,
        factory.claim("gains", "rebels:SYR", "Ramadi", "2016-02-20", published="2016-02-21", label="other.txt"),
        factory.claim("holds", "gov:IRQ", "Ramadi", "2016-02-21", published="2016-02-22", label="third.txt"),
    )
    places = {place["id"]: place for place in map_data(filled)["places"]}
    told = places["test:ramadi"]["why"]
    said = why(filled, "test:ramadi")
    assert (told["day"], told["answer"], told["support"]) == (said.day.isoformat(), said.answer, said.support)
    assert [(one["claim"], one["without"]) for one in told["reasons"]] == [
        (r.claim.id, r.support) for r in said.reasons
    ]
    assert all(one["instead"] != said.answer for one in told["reasons"])
    assert told["instead"] == said.instead
    monkeypatch.setattr("whoholds.views.mapdata.WEIGHED_OF_PLACE", 2)
    assert not any("why" in place for place in map_data(filled)["places"] if place["id"] == "test:ramadi")
    monkeypatch.setattr("whoholds.views.mapdata.WEIGHED_CLAIMS", 2)
    assert not any("why" in place for place in map_data(filled)["places"])
