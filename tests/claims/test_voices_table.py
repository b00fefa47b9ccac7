"""Who says it, on passages of our own (voices.yml): name, role, side and channel of every claim at a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from voices import FIELDS, Expected, faults, passage, table
from whoholds.exports.records import claim_record
from whoholds.pipeline import Reader

TABLE = Path(__file__).with_name("voices.yml")
KNOWN = Path(__file__).with_name("known_voices.txt")
ENTRIES = table(TABLE)
FAILING = {line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}


def name(entry: Expected) -> str:
    """What the list of known failures calls it."""
    return f"{entry.place}: {entry.text[:60]}".replace("\n", " ")


@pytest.mark.parametrize("entry", ENTRIES, ids=name)
def test_who_says_it(reader: Reader, entry: Expected) -> None:
    wrong = faults(entry, [claim_record(claim) for claim in reader.read(passage(entry.text)).claims])
    if wrong and name(entry) in FAILING:
        pytest.xfail(f"known: {', '.join(wrong)}")
    assert not wrong


def test_the_table_is_large_and_mostly_right() -> None:
    assert len({entry.text for entry in ENTRIES}) >= 120
    assert len(FAILING) <= 0.15 * len(ENTRIES)
    assert {name(entry) for entry in ENTRIES} >= FAILING
    assert all(set(entry.fields or ()) <= set(FIELDS) for entry in ENTRIES)
