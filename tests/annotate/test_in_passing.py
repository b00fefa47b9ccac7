"""What counts as a mention of a place: names, adjectives, names inside names; and what does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from whoholds.model import MentionType, Place, Report, Role, Section, Span
from whoholds.pipeline import Reader

Places = Callable[[str], list[tuple[str, str | None]]]


@pytest.fixture(scope="module")
def places() -> Places:
    reader = Reader(sift=False)

    def read(text: str) -> list[tuple[str, str | None]]:
        report = Report("test", text, (Section(Span(0, len(text)), Role.BODY),))
        found = [m for m in reader.read(report).mentions if m.type is MentionType.PLACE]
        return [(m.text, m.value.place_id if isinstance(m.value, Place) else None) for m in found]

    return read


@pytest.mark.parametrize(
    ("text", "words", "place_id"),
    [
        ("Chadian troops crossed the river on Monday.", "Chadian", "country:TCD"),
        ("The ministers met West African leaders.", "West African", "region:west-africa"),
        ("US officials denied it.", "US", "country:USA"),
        ("Britain says the talks failed.", "Britain", "country:GBR"),
        ("The case was heard by Nairobi Magistrates Court.", "Nairobi", "geonames:184745"),
        ("They sailed across the Indian Ocean.", "Indian Ocean", "region:indian-ocean"),
        ("He was born in New Mexico.", "New Mexico", "province:USA-new-mexico"),
        ("He was born in West Virginia.", "West Virginia", "province:USA-west-virginia"),
        ("Protests spread through Tamil Nadu.", "Tamil Nadu", "province:IND-tamil-nadu"),
        ("She moved from Brussels to Accra.", "Brussels", "geonames:2800866"),
        ("She lives in Geneva, Switzerland.", "Geneva", "geonames:2660646"),
    ],
)
def test_places_that_are_named(places: Places, text: str, words: str, place_id: str) -> None:
    assert (words, place_id) in places(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Karen Holt opened the shop. Holt was glad.", "Holt"),
        ("The Ministry of Justice refused.", "Justice"),
        ("He works at NATO and for the IMF.", "NATO"),
        ("Three Syrians were arrested.", "Syrians"),
        ("She speaks English and French.", "English"),
        ("He studied at the University of Michigan.", "University"),
        ("He was born in New Mexico.", "Mexico"),
    ],
)
def test_words_that_are_no_places(places: Places, text: str, words: str) -> None:
    assert words not in [found for found, _ in places(text)]
