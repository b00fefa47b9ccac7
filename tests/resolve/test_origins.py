"""Forty papers that quote one spokesman are one witness; two spokesmen are two."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from whoholds.model import Claim, Voice
from whoholds.resolve.origins import as_judged, origin_of, sourced
from whoholds.sources.outlets import Publisher


def said(factory: Any, voice: Voice | None, outlet: str | None = "Paper One", **fields: Any) -> Claim:
    claim: Claim = factory.claim(voices=(voice,) if voice else ())
    return replace(claim, outlet=outlet, **fields)


SPOKESMAN = Voice("Yahya Rasool", "spokesman", side="gov:IRQ")
SAME = [
    (SPOKESMAN, {}, replace(SPOKESMAN, role="military spokesman", told="AFP"), {}),
    (SPOKESMAN, {}, replace(SPOKESMAN, name="YAHYA RASOOL"), {}),
    (Voice(role="spokesman", side="gov:IRQ"), {}, Voice(role="an officer", side="gov:IRQ"), {}),
    (Voice("Iraqi army", side="gov:IRQ"), {}, Voice("army command", side="gov:IRQ"), {}),
    (Voice("Syrian Observatory for Human Rights"), {}, Voice("Syrian Observatory for Human Rights"), {}),
    (None, {"wire": "Reuters"}, None, {"wire": "Reuters"}),
]
OTHER = [
    (SPOKESMAN, {}, replace(SPOKESMAN, name="Yahya Rasul"), {}),  # only a judgement joins them
    (SPOKESMAN, {}, None, {}),
    (Voice(role="residents"), {}, Voice(role="residents"), {}),
    (Voice("aid agency"), {}, Voice("aid agency"), {}),
    (Voice(role="spokesman", side="gov:IRQ"), {}, Voice(role="spokesman", side="islamic-state"), {}),
    (None, {"wire": "Reuters"}, None, {"wire": "AFP"}),
    (None, {}, None, {}),
]


@pytest.mark.parametrize(("voice", "fields", "other", "others"), SAME)
def test_one_witness_in_two_papers(factory: Any, voice: Any, fields: Any, other: Any, others: Any) -> None:
    assert origin_of(said(factory, voice, **fields)) == origin_of(said(factory, other, "Paper Two", **others))


@pytest.mark.parametrize(("voice", "fields", "other", "others"), OTHER)
def test_two_witnesses_in_two_papers(factory: Any, voice: Any, fields: Any, other: Any, others: Any) -> None:
    assert origin_of(said(factory, voice, **fields)) != origin_of(said(factory, other, "Paper Two", **others))


def test_another_day_place_or_kind_is_another_statement(factory: Any) -> None:
    claims = [
        factory.claim(voices=(SPOKESMAN,)),
        factory.claim(voices=(SPOKESMAN,), when="2016-02-10"),
        factory.claim(voices=(SPOKESMAN,), place="Rutba"),
        factory.claim("loses", voices=(SPOKESMAN,)),
        factory.claim(voices=(SPOKESMAN,), mode="planned"),
    ]
    assert len({origin_of(claim) for claim in claims}) == len(claims)


def test_a_judgement_joins_two_spellings(factory: Any) -> None:
    nobody = Publisher(None)
    one, other = (
        sourced(said(factory, replace(SPOKESMAN, name=name)), nobody) for name in ("Yahya Rasool", "Yahya Rasul")
    )
    joined = {"yahya-rasul": "yahya-rasool"}
    assert as_judged(one, joined).origin == as_judged(other, joined).origin == one.origin != other.origin
    assert as_judged(other, joined).voices[0].name == "Yahya Rasul"


def test_two_voices_are_named_both(factory: Any) -> None:
    claim = factory.claim(voices=(SPOKESMAN, Voice("Imad Ahmed", "mayor")))
    assert origin_of(claim).startswith("person:yahya-rasool+person:imad-ahmed/")


def test_without_outlet_it_is_the_report(factory: Any) -> None:
    claim = factory.claim()
    assert origin_of(claim).startswith(f"report:{claim.report_id}/")
