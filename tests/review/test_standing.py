"""Judgements: what stands of them, and whether they find their claims again when a report is read anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from whoholds.errors import InputError
from whoholds.exports.gold import gold
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Claim, Place, PlaceType, Span, Verdict
from whoholds.review.agreement import agreement, coders, kappa
from whoholds.review.judging import Judge
from whoholds.review.standing import anchors, not_undone, standing
from whoholds.views import Question

DAY = date(2016, 5, 1)
TEXT = "The army has taken Ramadi from the group, officials said. The group still holds Rutba."


@pytest.fixture
def read(ledger: Ledger, factory: Any) -> tuple[Claim, Claim]:
    """Two claims of one report."""
    of = factory.report(TEXT)
    claims = (
        factory.claim("gains", "gov:IRQ", "Ramadi", of=of, quote="The army has taken Ramadi"),
        factory.claim("holds", "islamic-state", "Rutba", of=of, quote="The group still holds Rutba"),
    )
    factory.store(ledger, *claims)
    return claims


def reread(ledger: Ledger, factory: Any, *claims: Claim, version: str = "v2") -> None:
    of = factory.reports[claims[0].report_id]
    ledger.add(replace(factory.reading(*claims), report=of, made_by=version))


def answers(ledger: Ledger, **asked: Any) -> list[tuple[str, str | None]]:
    return sorted((str(c.kind), c.actor) for c in Question(**asked).claims(ledger))


def test_the_latest_judgement_counts_until_it_is_taken_back(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    ann, bob = Judge(ledger, "ann", DAY), Judge(ledger, "bob", DAY)
    ann.reject(read[0].id)
    second = bob.accept(read[0].id)
    assert standing(ledger).of[read[0].id].verdict is Verdict.RIGHT
    assert standing(ledger, by="ann").of[read[0].id].verdict is Verdict.WRONG
    ann.undo(second.number or 0)
    assert standing(ledger).of[read[0].id].verdict is Verdict.WRONG
    assert answers(ledger) == [("holds", "islamic-state")]
    with pytest.raises(InputError, match="taken back before"):
        ann.undo(second.number or 0)
    assert [c.verdict for c in not_undone(ledger.corrections())] == [Verdict.WRONG]


def test_a_judgement_counts_from_the_day_it_is_made(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    Judge(ledger, "ann", DAY).change(read[0].id, {"actor": "pmf"})
    assert answers(ledger, known=date(2016, 4, 30)) == [("gains", "gov:IRQ"), ("holds", "islamic-state")]
    assert answers(ledger, known=DAY) == [("gains", "pmf"), ("holds", "islamic-state")]


def test_what_was_read_stays_as_it_is(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    Judge(ledger, "ann", DAY).change(read[0].id, {"actor": "pmf", "start": None, "extent": "part"})
    assert list(ledger.claims()) == [*read]
    (wrote,) = [claim for claim in Question().claims(ledger) if claim.made_by == "person"]
    assert (wrote.actor, wrote.when.start, wrote.extent, wrote.confidence) == ("pmf", None, "part", 1.0)
    assert wrote.origin.split("/")[3] == "pmf"


@pytest.mark.parametrize("quote", ["The army has taken Ramadi from the group", "army has taken Ramadi"])
def test_a_judgement_finds_its_claim_by_quote_and_place(
    ledger: Ledger, factory: Any, read: tuple[Claim, Claim], quote: str
) -> None:
    made = Judge(ledger, "ann", DAY).reject(read[0].id)
    anew = factory.claim("gains", "gov:IRQ", "Ramadi", of=factory.reports[read[0].report_id], quote=quote)
    reread(ledger, factory, anew, read[1])
    assert anew.id != read[0].id
    assert anchors(ledger, [made]) == {made.number: anew.id}
    assert answers(ledger) == [("holds", "islamic-state")]


def test_that_a_claim_is_wrong_says_nothing_of_another_reading(
    ledger: Ledger, factory: Any, read: tuple[Claim, Claim]
) -> None:
    made = Judge(ledger, "ann", DAY).reject(read[0].id)
    other = factory.claim("gains", "pmf", "Ramadi", of=factory.reports[read[0].report_id], quote=read[0].quote_text)
    reread(ledger, factory, other, read[1])
    assert anchors(ledger, [made]) == {}
    assert ("gains", "pmf") in answers(ledger)


def test_what_a_person_wrote_stands_in_place_of_any_reading(
    ledger: Ledger, factory: Any, read: tuple[Claim, Claim]
) -> None:
    Judge(ledger, "ann", DAY).change(read[0].id, {"actor": "pmf"})
    of = factory.reports[read[0].report_id]
    other = factory.claim("contests", "gov:IRQ", "Ramadi", of=of, quote="The army has taken Ramadi from the group")
    reread(ledger, factory, other, read[1])
    assert answers(ledger) == [("gains", "pmf"), ("holds", "islamic-state")]
    reread(ledger, factory, read[1], version="v3")
    assert answers(ledger) == [("gains", "pmf"), ("holds", "islamic-state")]
    # Read right at last: the same claim is there once.
    right = replace(read[0], actor="pmf")
    reread(ledger, factory, right, read[1], version="v4")
    assert answers(ledger) == [("gains", "pmf"), ("holds", "islamic-state")]


def test_another_place_is_no_anchor(ledger: Ledger, factory: Any, read: tuple[Claim, Claim]) -> None:
    made = Judge(ledger, "ann", DAY).reject(read[0].id)
    of = factory.reports[read[0].report_id]
    reread(ledger, factory, factory.claim("gains", "gov:IRQ", "Rutba", of=of, quote=read[0].quote_text))
    assert anchors(ledger, [made]) == {}


def test_fields_are_checked(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    ann = Judge(ledger, "ann", DAY)
    for fields, message in (
        ({"colour": "red"}, "has no field colour"),
        ({"mode": "dreamt"}, "is no mode"),
        ({"extent": "half"}, "is no extent"),
        ({"start": "2016-13-01"}, "is not a date"),
        ({"place_id": "nowhere:1"}, "has a place nowhere:1"),
    ):
        with pytest.raises(InputError, match=message):
            ann.change(read[0].id, fields)
    with pytest.raises(InputError, match="no claim"):
        ann.accept("0" * 20)
    with pytest.raises(InputError, match="name of who"):
        Judge(ledger, " ", DAY).accept(read[0].id)
    assert ledger.corrections() == []


def test_the_quote_of_a_change_is_the_report_s_own(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    made = Judge(ledger, "ann", DAY).change(read[0].id, {"quote_start": 4, "quote_end": 8})
    assert (made.becomes[0].quote, made.becomes[0].quote_text) == (Span(4, 8), "army")


def test_people_are_counted_and_compared(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    ann, bob = Judge(ledger, "ann", DAY), Judge(ledger, "bob", DAY)
    ann.accept(read[0].id)
    ann.change(read[1].id, {"actor": "pmf"})
    bob.accept(read[0].id)
    bob.change(read[1].id, {"actor": "sdf"})
    assert [(c.name, c.judgements) for c in coders(ledger.corrections())] == [("ann", 2), ("bob", 2)]
    found = agreement(ledger, "ann", "bob")
    assert (found.both, found.agreed, found.kappa, found.f1) == (2, 1, 1.0, 0.5)
    assert [d.fields for d in found.disagreements] == [("actor",)]
    assert agreement(ledger, "ann", "nobody").kappa is None


def test_kappa_is_cohen_s() -> None:
    """The example of 50 cases: both yes 20, both no 15, 5 and 10 apart."""
    one = ["y"] * 25 + ["n"] * 25
    other = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert kappa(one, other) == 0.4
    assert kappa([], []) is None
    assert kappa(["y"], ["y"]) is None


def test_gold_is_of_wholly_judged_reports(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    ann = Judge(ledger, "ann", DAY)
    ann.accept(read[0].id)
    assert list(gold(ledger)) == []
    ann.split(read[1].id, [{"actor": "islamic-state"}, {"actor": "pmf"}])
    (one,) = gold(ledger)
    assert sorted((r["kind"], r["actor"]) for r in one.claim_records()) == [
        ("gains", "gov:IRQ"),
        ("holds", "islamic-state"),
        ("holds", "pmf"),
    ]
    assert one.report_record()["text"] == TEXT
    assert list(gold(ledger, "bob")) == []


def test_a_report_in_which_nothing_is_left_is_gold_too(ledger: Ledger, read: tuple[Claim, Claim]) -> None:
    for claim in read:
        Judge(ledger, "ann", DAY).reject(claim.id)
    (one,) = gold(ledger)
    assert list(one.claim_records()) == []


def test_what_is_said_of_a_province_can_be_wrong_too(ledger: Ledger, factory: Any) -> None:
    anbar = Place("Anbar", PlaceType.PROVINCE, "province:IRQ-anbar", country="IRQ", basis="gazetteer")
    town = factory.claim("holds", "islamic-state", "Ramadi", "2016-02-01", label="a")
    whole = factory.claim("gains", "gov:IRQ", anbar, "2016-03-01", label="b", extent="whole")
    factory.store(ledger, town, whole)
    asked = Question()
    assert [place_key(c.place) for c in ledger.of_whole_provinces()] == [place_key(anbar)]
    Judge(ledger, "ann", DAY).reject(whole.id)
    assert asked.areas(ledger, [town]) == {}
    assert [c.id for c in asked.claims(ledger)] == [town.id]
