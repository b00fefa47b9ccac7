"""The output format: every field, flat, the same on any machine."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from whoholds.exports.records import claim_record, interval, mention_record
from whoholds.model import Anchors, Mention, MentionType, Place, PlaceType, Relation, Span, Voice, When

FIELDS = """
report kind actor against place start end mode extent speaker speaker_role anonymous told destination share
quote id report_id quote_start quote_end anchors when when_basis precision published published_basis jointly_with part
stance speaker_side outlet outlet_side wire origin voices place_id place_type lat lon radius_km country place_basis
place_relation confidence unsure rule made_by
"""


def test_every_field_of_the_format_in_its_order(factory: Any) -> None:
    assert list(claim_record(factory.claim())) == FIELDS.split()


def test_a_full_claim(factory: Any) -> None:
    place = Place(
        "50 km NE of Haditha", PlaceType.AREA, "offset:1", 34.1234567, 42.7654321, 5.00049, "IRQ", "offset",
        Relation("Haditha", 50.0, 45.04),
    )  # fmt: skip
    anchors = Anchors(Span(10, 15), Span(16, 20), actor=Span(1, 5), speaker=Span(30, 40))
    claim = replace(
        factory.claim("holds", "gov:IRQ", place, ("2016-03-01", None), published=("2016-03-01", "2016-03-13")),
        anchors=anchors,
        voices=(Voice("A. General", "spokesman", True, "AFP", "gov:IRQ"),),
        jointly_with=("pmf",),
        share=0.95,
        confidence=0.123456,
        destination="al-Qaim",
    )
    record: Any = claim_record(claim)
    assert record["id"] == claim.id
    assert (record["start"], record["end"], record["when"]) == ("2016-03-01", None, "throughout")
    assert (record["lat"], record["lon"], record["radius_km"]) == (34.12346, 42.76543, 5.0)
    assert record["place_relation"] == {"anchor": "Haditha", "km": 50.0, "bearing": 45.0}
    assert record["place_type"] == "area"
    assert record["anchors"] == {"actor": [1, 5], "place": [16, 20], "speaker": [30, 40], "cue": [10, 15]}
    assert (record["published"], record["published_basis"]) == ("2016-03-01/2016-03-13", "stated")
    assert (record["confidence"], record["unsure"]) == (0.123, True)
    assert record["jointly_with"] == ["pmf"]
    assert (record["speaker"], record["speaker_role"], record["told"]) == ("A. General", "spokesman", "AFP")
    assert record["anonymous"] is True
    assert record["speaker_side"] == "gov:IRQ"
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_an_event_is_within_its_interval(factory: Any) -> None:
    assert claim_record(factory.claim("gains"))["when"] == "within"


def test_without_a_voice_the_report_speaks(factory: Any) -> None:
    record = claim_record(factory.claim())
    assert (record["speaker"], record["speaker_role"], record["anonymous"], record["voices"]) == (None, None, False, [])


def test_two_voices(factory: Any) -> None:
    roles = claim_record(factory.claim(voices=(Voice(role="army general"), Voice(role="mayor"))))
    assert (roles["speaker"], roles["speaker_role"]) == (None, "army general; mayor")
    assert [voice["role"] for voice in roles["voices"]] == ["army general", "mayor"]  # type: ignore[attr-defined]
    named = claim_record(factory.claim(voices=(Voice("A", "general"), Voice("B", "mayor"))))
    assert (named["speaker"], named["speaker_role"]) == ("A", "general")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, None),
        ((None, None), None),
        ("2016-03-13", "2016-03-13"),
        (("2016-03-01", "2016-03-13"), "2016-03-01/2016-03-13"),
        ((None, "2016-03-13"), "../2016-03-13"),
        (("2016-03-01", None), "2016-03-01/.."),
    ],
)
def test_intervals(factory: Any, given: Any, expected: str | None) -> None:
    assert interval(factory.when(given)) == expected


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (
            MentionType.PLACE,
            Place("Ramadi", place_id="p:1", lat=33.4, lon=43.3, country="IRQ", basis="gazetteer"),
            {"lat": 33.4, "lon": 43.3, "place_id": "p:1", "country": "IRQ", "basis": "gazetteer"},
        ),
        (MentionType.TIME, When(None, None, "guess"), {"when_start": None, "when_end": None, "basis": "guess"}),
        (MentionType.ACTOR, "gov:IRQ", {"actor": "gov:IRQ", "basis": "found"}),
        (MentionType.ACTOR, None, {"actor": None}),
        (MentionType.SPEAKER, Voice("A", "mayor"), {"speaker": "A", "speaker_role": "mayor"}),
    ],
)
def test_mentions(factory: Any, kind: MentionType, value: Any, expected: dict[str, object]) -> None:
    report = factory.report("Some words.", "a.txt")
    record = mention_record(report, Mention(kind, Span(5, 10), "words", value, "found"))
    assert record.items() >= {"report": "a.txt", "type": str(kind), "start": 5, "end": 10, "text": "words"}.items()
    assert record.items() >= expected.items()
