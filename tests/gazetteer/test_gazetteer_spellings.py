"""Names as reports write them: every spelling of spellings.txt leads to the place that the first one leads to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds.gazetteer import Gazetteer

LINES = [
    line
    for line in Path(__file__).with_name("spellings.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def default() -> Iterator[Gazetteer]:
    """The whole default gazetteer, as users have it."""
    with Gazetteer.open() as opened:
        yield opened


@pytest.mark.parametrize("line", LINES)
def test_spellings_of_one_place_lead_to_it(default: Gazetteer, line: str) -> None:
    country, _, names = line.partition(": ")
    first, *others = names.split(", ")
    place = default.candidates(first, countries=[country])[0]
    assert place.country == country
    other = {
        name: found[0].place_id if found else None
        for name in others
        if (found := default.candidates(name, countries=[country], fuzzy=True)) == [] or found[0] != place
    }
    assert {name: found for name, found in other.items() if found != place.place_id} == {}


def test_a_likeness_says_that_it_is_one(default: Gazetteer) -> None:
    for name in ("M'Goma", "Takrit"):
        (found, *_) = default.candidates(name, fuzzy=True, countries=["COD", "IRQ"])
        assert found.match in ("folded", "fuzzy")
        assert found.likeness < 1.0
