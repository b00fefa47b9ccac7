"""What the index has of places' courses, as the map's entries: text of JSON, put together as it stands."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Entries:
    """The map's entries for one question."""

    placed: list[str] = field(default_factory=list)
    """JSON of a place each."""
    unplaced: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)
    """Every actor that holds or held one."""


def size(index: sqlite3.Connection, question: str) -> int:
    """How many spells all courses have together."""
    query = "SELECT ifnull(sum(last + 1), 0) FROM courses WHERE question = ?"
    return int(index.execute(query, (question,)).fetchone()[0])


def entries(index: sqlite3.Connection, question: str, *, every: bool, day: date | None = None) -> Entries:
    """Every place with all its spells (`every`), with that of a day, or with the last one.

    A place of which nothing is known on the day is left out.
    """
    if every:
        test, values = "", list[str]()
    elif day is None:
        test, values = " AND s.n = c.last", []
    else:
        test, values = " AND s.first <= ? AND s.until >= ?", [day.isoformat(), day.isoformat()]
    query = (
        "SELECT c.head, c.holders, c.placed, s.spell FROM courses c CROSS JOIN spells s"
        " ON s.question = c.question AND s.place_id = c.place_id"
        f" WHERE c.question = ?{test} ORDER BY c.place_id, s.n"
    )
    found, head, spells, placed = Entries(), None, list[str](), False

    def end() -> None:
        if head is not None:
            (found.placed if placed else found.unplaced).append(f"{head}{','.join(spells)}]}}")

    for its, holders, is_placed, spell in index.execute(query, (question, *values)):
        if its != head:
            end()
            head, spells, placed = its, [], bool(is_placed)
            found.held |= {*json.loads(holders)}
        spells.append(spell)
    end()
    return found


def held(index: sqlite3.Connection, question: str) -> list[str]:
    """The actors that hold or held places, each as often as it does."""
    query = "SELECT holders FROM courses WHERE question = ?"
    return [actor for row in index.execute(query, (question,)) for actor in json.loads(row[0])]
