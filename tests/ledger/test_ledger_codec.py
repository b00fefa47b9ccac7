"""Claims survive their way through JSON, whatever is in them."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.ledger.codec import claim_from_json, claim_to_json, encode, sections_from_json, sections_to_json
from whoholds.model import (
    Anchors,
    Claim,
    Kind,
    Mode,
    Place,
    PlaceType,
    Relation,
    Role,
    Section,
    Span,
    Stance,
    Voice,
    When,
)

text = st.text(st.characters(), max_size=20)
maybe = st.none() | text
number = st.floats(allow_nan=False)
span = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(lambda pair: Span(*sorted(pair)))
day = st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def whens(draw: st.DrawFn) -> When:
    start, end = draw(st.none() | day), draw(st.none() | day)
    if start and end and end < start:
        start, end = end, start
    return When(start, end, draw(text), draw(text))


relations = st.builds(Relation, text, st.none() | number, st.none() | number)
places = st.builds(
    Place,
    text,
    st.sampled_from(PlaceType),
    maybe,
    st.none() | number,
    st.none() | number,
    st.none() | number,
    maybe,
    text,
    st.none() | relations,
    text,
)
voices = st.builds(Voice, maybe, maybe, st.booleans(), maybe, maybe)
anchors = st.builds(Anchors, span, span, *[st.none() | span] * 4)
claims = st.builds(
    Claim,
    report=text,
    report_id=text,
    kind=st.sampled_from(Kind),
    actor=maybe,
    place=places,
    when=whens(),
    mode=st.sampled_from(Mode),
    quote=span,
    quote_text=text,
    anchors=anchors,
    against=maybe,
    jointly_with=st.lists(text, max_size=3).map(tuple),
    extent=maybe,
    part=maybe,
    share=st.none() | number,
    destination=maybe,
    stance=st.sampled_from(Stance),
    voices=st.lists(voices, max_size=3).map(tuple),
    outlet=maybe,
    wire=maybe,
    published=st.none() | whens(),
    confidence=number,
    rule=text,
    made_by=text,
)


@settings(deadline=None)
@given(claims)
def test_a_claim_comes_back_equal_and_with_its_id(claim: Claim) -> None:
    line = claim_to_json(claim)
    line.encode()  # what no database could store would raise here
    back = claim_from_json(line)
    assert back == claim
    assert back.id == claim.id
    assert {type(getattr(back, f.name)) for f in fields(Claim)} == {type(getattr(claim, f.name)) for f in fields(Claim)}


@settings(deadline=None)
@given(st.lists(st.builds(Section, span, st.sampled_from(Role)), max_size=5).map(tuple))
def test_sections_come_back(sections: tuple[Section, ...]) -> None:
    assert sections_from_json(sections_to_json(sections)) == sections


def minimal() -> Claim:
    return Claim(
        "r", "id", Kind.GAINS, None, Place("P"), When(None, None), Mode.ASSERTED, Span(0, 1), "q",
        Anchors(Span(0, 1), Span(0, 1)),
    )  # fmt: skip


def test_a_claim_of_an_older_version_gets_the_defaults_and_of_a_newer_loses_nothing_known() -> None:
    data = json.loads(claim_to_json(minimal()))
    del data["rule"], data["place"]["reason"]
    data["something_new"] = {"a": 1}
    assert claim_from_json(json.dumps(data)) == minimal()
    data |= dict.fromkeys(["wire", "extent"])
    assert claim_from_json(json.dumps(data)) == minimal(), "written out, as older versions did"


def test_none_is_written_where_it_is_not_the_default_and_only_there() -> None:
    data = json.loads(claim_to_json(minimal()))
    assert data["when"] == {"start": None, "end": None, "basis": "", "precision": "day"}
    assert data["actor"] is None
    assert {"wire", "against", "published"} & {*data} == set()


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError):
        encode(object())
