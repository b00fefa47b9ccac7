"""Expressions of time as newspapers write them, and the days they mean: `times.csv`, worked out without the program.

`said` is the report's date, `mentioned` the day told last, `tense` whether the clause speaks of what is past or to
come; an empty `start` or `end` is open. At least 95 % must be read right, and what is not is listed here.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from whoholds.annotate.times import find_times, resolve_time
from whoholds.model import When

Row = dict[str, str]
KNOWN_FAILURES = frozenset(
    {
        ("in the coming days", "2015-05-21", ""),
        ("in the coming days", "2024-03-05", ""),
        ("within the month", "2024-03-05", ""),
        ("the dying days of 2014", "2015-02-10", ""),
        ("at the turn of the year", "2015-02-10", ""),
        ("this time last year", "2023-08-10", ""),
    }
)
"""(expression, said, mentioned) of what is not read right as yet; strict, it only shrinks."""
LEAST = 0.95


def rows() -> list[Row]:
    with Path(__file__).with_name("times.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def key(row: Row) -> tuple[str, str, str]:
    return row["expression"], row["said"], row["mentioned"]


def day_of(text: str) -> When | None:
    day = date.fromisoformat(text) if text else None
    return When(day, day) if day else None


def read(row: Row) -> tuple[str, str] | None:
    """The interval of the row's expression, its ends as the table writes them."""
    found = find_times(row["expression"])
    if len(found) != 1:
        return None
    when = resolve_time(
        found[0], published=day_of(row["said"]), previous=day_of(row["mentioned"]), past=row["tense"] == "past"
    )
    if when is None:
        return None
    return tuple(end.isoformat() if end else "" for end in (when.start, when.end))  # type: ignore[return-value]


@pytest.mark.parametrize("row", rows(), ids=lambda row: "|".join(key(row)))
def test_row(row: Row) -> None:
    right = read(row) == (row["start"], row["end"])
    assert right != (key(row) in KNOWN_FAILURES), read(row)


def test_the_table_is_large_and_nearly_all_of_it_is_right() -> None:
    table = rows()
    assert len(table) >= 400
    assert len(KNOWN_FAILURES) <= (1 - LEAST) * len(table)
    assert {key(row) for row in table} >= KNOWN_FAILURES
