"""From claims to spells: who held a place from when to when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.control import spells
from whoholds.model import Claim, Place, Spell, Voice

IRQ, IS, SDF = "gov:IRQ", "islamic-state", "sdf"


def course(*claims: Claim, **asked: Any) -> list[tuple[str, str, str, str]]:
    """Each spell as (start, end, who, flags)."""
    return [line(spell) for spell in spells(claims, **asked)]


def line(spell: Spell) -> tuple[str, str, str, str]:
    flags = "".join(
        letter for letter, on in zip("fxd", (spell.fighting, spell.disputed, spell.divided), strict=True) if on
    )
    who = "+".join(spell.holders) or str(spell.status)
    return (str(spell.start or ""), str(spell.end or ""), who, flags)


def test_no_claims_no_spells() -> None:
    assert spells([]) == []


def test_a_gain_holds_on(factory: Any) -> None:
    assert course(factory.claim("gains", IRQ, when="2016-02-09")) == [("2016-02-09", "", IRQ, "")]


def test_of_a_gain_by_some_day_only_the_last_day_is_sure(factory: Any) -> None:
    assert course(factory.claim("gains", IRQ, when=(None, "2016-03-13"))) == [("2016-03-13", "", IRQ, "")]


def test_one_holder_follows_another(factory: Any) -> None:
    first = factory.claim("gains", IS, when="2015-05-17")
    second = factory.claim("gains", IRQ, when="2016-02-09")
    assert course(second, first) == [("2015-05-17", "2016-02-08", IS, ""), ("2016-02-09", "", IRQ, "")]


def test_a_state_that_ends_as_a_gain_begins(factory: Any) -> None:
    held = factory.claim("holds", IS, when=(None, "2017-11-16"))
    taken = factory.claim("gains", IRQ, when="2017-11-17")
    assert course(held, taken) == [("", "2017-11-16", IS, ""), ("2017-11-17", "", IRQ, "")]


def test_a_state_and_a_gain_of_one_day_the_taker_has_it_at_the_end(factory: Any) -> None:
    held = factory.claim("holds", IS, when="2017-11-17")
    taken = factory.claim("gains", IRQ, when="2017-11-17")
    assert course(held, taken) == [("", "2017-11-16", IS, ""), ("2017-11-17", "", IRQ, "")]


def test_what_is_said_of_both_on_the_day_of_a_taking_is_put_before_and_after_it(factory: Any) -> None:
    before = factory.claim("holds", IS, when="2017-11-17")
    taken = factory.claim("gains", IRQ, when="2017-11-17")
    after = factory.claim("holds", IRQ, when="2017-11-17")
    found = spells([before, taken, after])
    assert [line(spell) for spell in found] == [("", "2017-11-16", IS, ""), ("2017-11-17", "", IRQ, "")]
    assert found[0].claims_for == (before.id,)
    assert found[0].last_evidence == date(2017, 11, 16)
    assert {*found[1].claims_for} == {taken.id, after.id}


@pytest.mark.parametrize("kind", ["withdraws", "absent"])
def test_who_leaves_hands_the_place_to_nobody(factory: Any, kind: str) -> None:
    held = factory.claim("gains", IS, when="2015-05-17")
    left = factory.claim(kind, IS, when="2016-03-13", against=IRQ)
    assert course(held, left) == [("2015-05-17", "2016-03-12", IS, ""), ("2016-03-13", "", "vacated", "")]
    assert course(left) == [("2016-03-13", "", "vacated", "")]


def test_a_loss_leaves_it_open_who_has_it(factory: Any) -> None:
    held = factory.claim("gains", IS, when="2015-05-17")
    lost = factory.claim("loses", IS, when="2016-03-13", against=IRQ)
    assert course(held, lost)[-1] == ("2016-03-13", "", "unknown", "")


def test_leaving_says_nothing_once_another_has_it(factory: Any) -> None:
    held = factory.claim("gains", IRQ, when="2016-03-10")
    left = factory.claim("withdraws", IS, when="2016-03-13")
    assert course(held, left) == [("2016-03-10", "", IRQ, "")]


def test_leaving_and_taking_on_one_day(factory: Any) -> None:
    left = factory.claim("withdraws", IS, when="2016-03-13")
    held = factory.claim("gains", IRQ, when="2016-03-13")
    assert course(left, held) == [("2016-03-13", "", IRQ, "")]


def test_one_of_two_leaves(factory: Any) -> None:
    held = factory.claim("holds", SDF, when="2016-03-10", jointly_with=(IRQ,))
    left = factory.claim("withdraws", SDF, when="2016-03-13")
    assert course(held, left) == [("2016-03-10", "2016-03-12", f"{IRQ}+{SDF}", ""), ("2016-03-13", "", IRQ, "")]


def test_taken_by_somebody_unnamed(factory: Any) -> None:
    held = factory.claim("gains", IS, when="2015-05-17")
    taken = factory.claim("gains", None, when="2016-03-13", against=IS)
    assert course(held, taken)[-1] == ("2016-03-13", "", "unknown", "")
    unsaid = factory.claim("gains", None, when="2016-03-13")
    assert course(held, unsaid) == [("2015-05-17", "", IS, "")]


@pytest.mark.parametrize("mode", ["planned", "attempted", "possible", "denied"])
@pytest.mark.parametrize("kind", ["gains", "holds", "withdraws", "loses", "repels", "clears", "absent", "contests"])
def test_what_has_not_happened_moves_nobody(factory: Any, mode: str, kind: str) -> None:
    held = factory.claim("gains", IS, when="2015-05-17")
    other = factory.claim(kind, IS if kind in ("withdraws", "loses", "absent") else IRQ, when="2016-03-13", mode=mode)
    assert {who for _, _, who, _ in course(held, other)} == {IS}
    assert course(other) == []


@pytest.mark.parametrize("kind", ["gains", "holds", "withdraws", "loses", "repels", "clears", "absent"])
@pytest.mark.parametrize("extent", [{"extent": "part"}, {"share": 0.25}])
def test_a_part_never_moves_the_whole(factory: Any, kind: str, extent: dict[str, Any]) -> None:
    held = factory.claim("gains", IS, when="2015-05-17")
    other = factory.claim(kind, IS if kind in ("withdraws", "loses", "absent") else IRQ, when="2016-03-13", **extent)
    assert {who for _, _, who, _ in course(held, other)} == {IS}


@pytest.mark.parametrize("extent", [None, "whole", "most"])
def test_most_of_a_place_is_enough(factory: Any, extent: str | None) -> None:
    assert course(factory.claim("gains", IRQ, when="2016-02-09", extent=extent)) == [("2016-02-09", "", IRQ, "")]


def test_parts_divide_until_one_has_the_whole(factory: Any) -> None:
    assert course(
        factory.claim("gains", IS, when="2015-05-17"),
        factory.claim("gains", IRQ, when="2016-02-01", extent="part"),
        factory.claim("gains", IRQ, when="2016-02-09"),
    ) == [("2015-05-17", "2016-01-31", IS, ""), ("2016-02-01", "2016-02-08", IS, "d"), ("2016-02-09", "", IRQ, "")]


def test_a_part_that_is_left_divides_no_more(factory: Any) -> None:
    found = course(
        factory.claim("gains", IS, when="2015-05-17"),
        factory.claim("gains", IRQ, when="2016-02-01", extent="part"),
        factory.claim("withdraws", IRQ, when="2016-02-03", extent="part"),
    )
    assert [flags for *_, flags in found] == ["", "d", ""]


def test_two_parts_without_a_holder_of_the_whole(factory: Any) -> None:
    east = factory.claim("holds", IS, when="2016-02-01", extent="part")
    west = factory.claim("holds", IRQ, when="2016-02-01", extent="part")
    (spell,) = spells([east, west])
    assert line(spell) == ("2016-02-01", "", "unknown", "d")
    assert {*spell.claims_for} == {east.id, west.id}
    assert spell.support == 0


def test_a_later_report_of_an_earlier_day_does_not_overwrite(factory: Any) -> None:
    now = factory.claim("gains", IRQ, when="2016-02-09", published="2016-02-10")
    then = factory.claim("gains", IS, when="2015-05-17", published="2016-03-13")
    assert course(now, then) == [("2015-05-17", "2016-02-08", IS, ""), ("2016-02-09", "", IRQ, "")]


def test_a_loose_date_gives_way_to_a_close_one(factory: Any) -> None:
    loose = factory.claim("gains", IS, when=("2015-01-01", "2015-12-31"))
    close = factory.claim("gains", IS, when="2015-05-17")
    back = factory.claim("gains", IRQ, when="2015-10-01")
    assert course(loose, close, back) == [("2015-05-17", "2015-09-30", IS, ""), ("2015-10-01", "", IRQ, "")]
    assert course(loose) == [("2015-12-31", "", IS, "")]


def test_two_voices_for_one_day_are_a_dispute_and_the_later_word_wins(factory: Any) -> None:
    one = factory.claim("gains", IRQ, when="2016-02-09", published="2016-02-09")
    other = factory.claim("gains", IS, when="2016-02-09", published="2016-02-11")
    (spell,) = spells([other, one])
    assert line(spell) == ("2016-02-09", "", IS, "x")
    assert spell.claims_for == (other.id,)
    assert spell.claims_against == (one.id,)
    alone = spells([other])[0]
    assert spell.support < alone.support


def test_a_state_said_to_last_through_a_gain_is_a_dispute(factory: Any) -> None:
    taken = factory.claim("gains", IRQ, when="2016-02-09", published="2016-02-10")
    held = factory.claim("holds", IS, when=("2016-01-01", "2016-02-12"), published="2016-02-12")
    found = spells([taken, held])
    assert [line(spell)[2:] for spell in found] == [(IS, ""), (IS, "x")]
    assert found[-1].claims_against == (taken.id,)
    assert [rival.holders for rival in found[-1].rivals] == [(IRQ,)]


def test_a_state_with_an_open_end_does_not_speak_against_what_came_after(factory: Any) -> None:
    since = factory.claim("holds", IS, when=("2014-10-01", None), published="2016-04-20")
    taken = factory.claim("gains", IRQ, when="2016-04-14", published="2016-04-20")
    assert course(since, taken) == [("2014-10-01", "2016-04-13", IS, ""), ("2016-04-14", "", IRQ, "")]
    (alone,) = spells([since])
    assert alone.last_evidence == date(2016, 4, 20)


def test_a_denial_disputes_and_moves_nobody(factory: Any) -> None:
    taken = factory.claim("gains", IRQ, when="2016-02-09")
    denied = factory.claim("gains", IRQ, when="2016-02-10", mode="denied")
    still_there = factory.claim("loses", IS, when="2016-02-10", mode="denied")
    for denial in (denied, still_there):
        found = spells([taken, denial])
        assert [line(spell) for spell in found] == [
            ("2016-02-09", "2016-02-09", IRQ, ""),
            ("2016-02-10", "", IRQ, "x"),
        ]
        assert found[1].claims_against == (denial.id,)
        assert found[1].support < found[0].support


def test_a_denial_of_what_nobody_says_changes_nothing(factory: Any) -> None:
    held = factory.claim("gains", IS, when="2016-02-09")
    denied = factory.claim("gains", IRQ, when="2016-02-10", mode="denied")
    assert course(held, denied) == [("2016-02-09", "", IS, "")]


def test_later_word_for_the_holder_ends_a_dispute(factory: Any) -> None:
    found = course(
        factory.claim("gains", IRQ, when="2016-02-09", published="2016-02-09"),
        factory.claim("gains", IRQ, when="2016-02-10", published="2016-02-10", mode="denied"),
        factory.claim("holds", IRQ, when="2016-02-20", published="2016-02-20"),
    )
    assert found == [
        ("2016-02-09", "2016-02-09", IRQ, ""),
        ("2016-02-10", "2016-02-19", IRQ, "x"),
        ("2016-02-20", "", IRQ, ""),
    ]


def test_fighting_is_a_flag_for_its_days(factory: Any) -> None:
    held = factory.claim("gains", IS, when="2016-02-01")
    fought = factory.claim("contests", IRQ, when=("2016-02-05", "2016-02-07"))
    found = spells([held, fought])
    assert [line(spell) for spell in found] == [
        ("2016-02-01", "2016-02-04", IS, ""),
        ("2016-02-05", "2016-02-07", IS, "f"),
        ("2016-02-08", "", IS, ""),
    ]
    assert fought.id in found[1].claims_for
    assert fought.id not in found[0].claims_for
    assert found[0].support > found[2].support, "the outcome of the fighting is not known"


@pytest.mark.parametrize("kind", ["contests", "advances", "besieges"])
def test_fighting_alone_says_nothing_of_the_holder(factory: Any, kind: str) -> None:
    found = course(factory.claim(kind, IRQ, when="2016-02-05"))
    assert found == [("2016-02-05", "2016-02-05", "unknown", "f"), ("2016-02-06", "", "unknown", "")]


def test_fighting_before_the_holder_is_known(factory: Any) -> None:
    fought = factory.claim("contests", IRQ, when="2016-02-05")
    taken = factory.claim("gains", IRQ, when="2016-02-09")
    assert course(fought, taken) == [
        ("2016-02-05", "2016-02-05", "unknown", "f"),
        ("2016-02-06", "2016-02-08", "unknown", ""),
        ("2016-02-09", "", IRQ, ""),
    ]


def test_who_beats_off_an_attack_holds_the_place(factory: Any) -> None:
    beaten = factory.claim("repels", IRQ, when="2016-02-05", against=IS)
    assert course(beaten) == [("2016-02-05", "2016-02-05", IRQ, "f"), ("2016-02-06", "", IRQ, "")]


def test_an_open_siege_lasts_to_its_report_and_no_longer(factory: Any) -> None:
    siege = factory.claim("besieges", IRQ, when=("2016-02-01", None), published="2016-02-10")
    assert course(siege)[0] == ("2016-02-01", "2016-02-10", "unknown", "f")


def test_those_who_took_it_together_hold_it_together(factory: Any) -> None:
    of = factory.report("The army and the SDF took Ramadi on Tuesday.")
    words = {"of": of, "quote": "The army and the SDF took Ramadi", "when": "2016-02-09"}
    assert course(factory.claim("gains", IRQ, **words), factory.claim("gains", SDF, **words)) == [
        ("2016-02-09", "", f"{IRQ}+{SDF}", "")
    ]


def test_allies_do_not_dispute_each_other(factory: Any) -> None:
    one = factory.claim("gains", IRQ, when="2016-02-09", published="2016-02-09")
    ally = factory.claim("gains", "pmf", when="2016-02-09", published="2016-02-10")
    assert course(one, ally)[0][3] == "x"
    friends = {IRQ, "pmf"}
    assert course(one, ally, aligned=lambda a, b, on: {a, b} <= friends) == [("2016-02-09", "", IRQ, "")]  # noqa: ARG005


def test_as_known_counts_only_what_was_surely_published(factory: Any) -> None:
    first = factory.claim("gains", IS, when="2016-02-01", published="2016-02-02")
    second = factory.claim("gains", IRQ, when="2016-02-09", published=("2016-02-09", "2016-02-12"))
    undated = factory.claim("gains", SDF, when="2016-02-10", published=None)
    every = (first, second, undated)
    assert course(*every, known=date(2016, 2, 1)) == []
    assert course(*every, known=date(2016, 2, 11)) == [("2016-02-01", "", IS, "")]
    assert course(*every, known=date(2016, 2, 12))[-1] == ("2016-02-09", "", IRQ, "")
    assert course(*every)[-1][2] == SDF


def test_on_a_day(factory: Any) -> None:
    claims = (
        factory.claim("holds", IS, when=(None, "2016-02-05")),
        factory.claim("gains", IRQ, when="2016-02-09"),
        factory.claim("gains", IS, "Rutba", when="2016-02-20"),
    )
    assert [s.holders for s in spells(claims, on=date(2015, 1, 1))] == [(IS,)]
    assert [s.holders for s in spells(claims, on=date(2016, 2, 8))] == [(IS,)]
    assert [s.holders for s in spells(claims, on=date(2016, 2, 9))] == [(IRQ,)]
    assert [(s.place.name, *s.holders) for s in spells(claims, on=date(2016, 2, 20))] == [
        ("Ramadi", IRQ),
        ("Rutba", IS),
    ]


def test_the_last_evidence_is_of_the_holder(factory: Any) -> None:
    found = spells(
        [
            factory.claim("gains", IRQ, when="2016-02-09"),
            factory.claim("holds", IRQ, when="2016-03-01"),
            factory.claim("contests", IS, when="2016-04-01"),
        ]
    )
    assert {spell.last_evidence for spell in found} == {date(2016, 3, 1)}


def test_an_undated_claim_stands_before_all_dated_ones(factory: Any) -> None:
    undated = factory.claim("holds", IS, when=None, published=None)
    taken = factory.claim("gains", IRQ, when="2016-02-09")
    assert course(undated) == [("", "", IS, "")]
    assert course(undated, taken) == [("", "2016-02-08", IS, ""), ("2016-02-09", "", IRQ, "")]


def test_places_are_kept_apart_by_id_and_brought_together_by_it(factory: Any) -> None:
    here = Place("Rawa", place_id="p:1", country="IRQ")
    same = Place("Rawah", place_id="p:1", lat=34.5, lon=41.9, country="IRQ", basis="gazetteer")
    there = Place("Rawa", place_id="p:2", country="IDN")
    found = spells(
        [
            factory.claim("gains", IS, here, "2014-06-20"),
            factory.claim("gains", IRQ, same, "2017-11-17"),
            factory.claim("gains", SDF, there, "2017-11-18"),
        ]
    )
    assert [(s.place_id, s.place.name, s.holders) for s in found] == [
        ("p:1", "Rawah", (IS,)),
        ("p:1", "Rawah", (IRQ,)),
        ("p:2", "Rawa", (SDF,)),
    ]


def test_support_grows_with_witnesses_and_one_speaker_is_one(factory: Any) -> None:
    def support(*claims: Claim) -> float:
        return spells(claims)[-1].support

    general = Voice("A. General", side=IRQ)
    first = factory.claim("gains", IRQ, when="2016-02-09", label="a", stance="claimed", voice=general)
    copy = factory.claim("gains", IRQ, when="2016-02-09", label="b", stance="claimed", voice=general)
    mayor = factory.claim("gains", IRQ, when="2016-02-09", label="c", stance="claimed", voice=Voice("A Mayor"))
    assert support(first, copy) == support(first)
    assert support(first, mayor) > support(mayor) > support(first) > 0
    assert support(first, mayor) <= 1


def test_what_is_left_once_the_other_answer_is_gone_rests_on_words_of_before(factory: Any) -> None:
    gone = factory.claim("absent", IRQ, when=(None, None), published=None, label="b")
    found = spells(
        [
            factory.claim("holds", IRQ, when=(None, None), published=None, label="a"),
            gone,
            factory.claim("loses", IRQ, when="2016-02-01", published=None, label="c"),
        ]
    )
    assert [(s.status, s.claims_for == (gone.id,)) for s in found] == [("held", False), ("vacated", True)]
    assert found[-1].last_evidence == date(2016, 1, 31)


KINDS = ("holds", "absent", "gains", "loses", "withdraws", "contests", "besieges", "repels", "clears")
MODES = ("asserted", "asserted", "asserted", "denied", "planned")


def any_claim(factory: Any, draw: Callable[..., Any], number: int) -> Claim:
    days = st.none() | st.dates(date(2016, 2, 1), date(2016, 2, 20)).map(str)
    start, end = draw(days), draw(days)
    if start and end and end < start:
        start, end = end, start
    return factory.claim(  # type: ignore[no-any-return]
        draw(st.sampled_from(KINDS)),
        draw(st.sampled_from([IRQ, IS, SDF, None])),
        when=(start, end),
        published=draw(days),
        mode=draw(st.sampled_from(MODES)),
        extent=draw(st.sampled_from([None, None, "part", "whole"])),
        label=str(number),
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.randoms(use_true_random=False))
def test_any_claims_in_any_order(factory: Any, data: Any, shuffled: Any) -> None:
    claims = [any_claim(factory, data.draw, number) for number in range(data.draw(st.integers(1, 7)))]
    found = spells(claims)
    mixed = list(claims)
    shuffled.shuffle(mixed)
    assert spells(mixed) == found, "the order of claims makes no difference"
    ids = {claim.id for claim in claims}
    for before, after in pairwise(found):
        assert before.end is not None
        assert after.start is not None
        assert (after.start - before.end).days == 1, "no gaps, no overlaps"
    for spell in found:
        assert spell.start is None or spell.end is None or spell.start <= spell.end
        assert {*spell.claims_for, *spell.claims_against} <= ids
        assert 0 <= spell.support <= 1
        assert bool(spell.holders) == (spell.status == "held")
        assert spell.claims_for or spell.status == "unknown", "a state without evidence does not exist"
    if found:
        assert found[-1].end is None


def test_a_state_that_a_report_gives_to_its_own_day_ends_as_the_other_side_comes(factory: Any) -> None:
    of = factory.report(
        "The rebels had held Ramadi since April. The army took Ramadi on Saturday.", published="2016-07-06"
    )
    held = factory.claim(
        "holds", "rebels:IRQ", when=("2016-04-13", "2016-07-06"), of=of, quote="The rebels had held Ramadi"
    )
    taken = factory.claim("gains", "gov:IRQ", when="2016-07-05", of=of, quote="The army took Ramadi")
    found = spells([held, taken])
    assert [(s.holders, s.start, s.end, s.disputed) for s in found] == [
        (("rebels:IRQ",), date(2016, 4, 13), date(2016, 7, 4), False),
        (("gov:IRQ",), date(2016, 7, 5), None, False),
    ]
    army, rebels = Voice("A. General", side="gov:IRQ"), Voice("A. Rebel", side="rebels:IRQ")
    rivals = [replace(held, voices=(rebels,)), replace(taken, voices=(army,))]
    assert any(spell.disputed for spell in spells(rivals)), "two voices in one report may contradict each other"


def test_of_two_names_the_later_reports_is_shown(factory: Any) -> None:
    old = factory.claim(place=Place("Artemivsk", place_id="p:1"), published="2014-07-06")
    new = factory.claim(place=Place("Bakhmut", place_id="p:1"), published="2022-10-01")
    assert {spell.place.name for spell in spells([old, new])} == {"Bakhmut"}
