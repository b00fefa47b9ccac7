"""The columns that a sheet of claims has for judging by hand, beside those of every table of claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from whoholds.exports.tables import Column, Row, Table, Type
from whoholds.exports.text import clean
from whoholds.review.judging import FIELDS
from whoholds.review.sheet import ACCEPT, REJECT

JUDGING = (
    Column(
        "judgement", Type.TEXT, "Yours: accept, or reject; empty, and a changed field is a correction", (ACCEPT, REJECT)
    ),
    Column("because", Type.TEXT, "Yours: the reason, if you want to give one"),
    Column("as_read", Type.TEXT, "Do not change: tells what you changed from what was changed since by others"),
)


def judged(table: Table) -> Iterator[Row]:
    """The rows of a table of claims, ready to be judged."""
    for row in table.rows:
        yield {**row, "judgement": None, "because": None, "as_read": as_read(row)}


def written(row: Row) -> Row:
    """The same as a sheet gives it back: without unsafe characters and outer blanks."""
    return {n: clean(v).strip() or None if isinstance(v, str) else v for n, v in row.items() if n in FIELDS}


def as_read(row: Row) -> str:
    """A short hash of what can be put right: the claim as the sheet has it."""
    fields = sorted((name, row[name]) for name in FIELDS if name in row)
    return hashlib.sha256(repr(fields).encode("utf-8", "surrogatepass")).hexdigest()[:12]
