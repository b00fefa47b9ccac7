"""The claims to look at: those that are most doubtful and matter most first."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from whoholds.index.tables import match_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that waits to be judged."""

    number: int
    """Its row; with the score, where the next page begins."""
    claim_id: str
    report_id: str
    confidence: float
    consequence: float
    score: float
    place: str
    disputed: bool
    alone: bool
    """Whether it is the only claim about its place."""


def waiting(
    index: sqlite3.Connection,
    by: str,
    limit: int,
    *,
    apart: bool = True,
    place: str | None = None,
    words: str = "",
    after: tuple[float, int] | None = None,
) -> list[Waiting]:
    """The next claims for somebody to judge; `after`: score and row of the last one seen.

    `apart`: all that this person has not judged, whoever else has; else only what nobody has.
    """
    where, values = _where(by, apart, place, words)
    if after is not None:
        where += " AND (ifnull(score, ''), claims.n) < (?, ?)"
        values += [*after]
    query = (
        "SELECT claims.n, claims.id, claims.report_id, confidence, consequence, score, claims.place,"
        " ifnull(p.disputed, 0) AS disputed, ifnull(p.claims, 1) AS of_place"
        " FROM claims LEFT JOIN places p ON p.place_id = claims.place_id"
        f" WHERE {where} ORDER BY ifnull(score, '') DESC, claims.n DESC LIMIT ?"
    )
    return [
        Waiting(
            *(row["n"], row["id"], row["report_id"], row["confidence"], row["consequence"], row["score"]),
            *(row["place"], bool(row["disputed"]), row["of_place"] == 1),
        )
        for row in index.execute(query, (*values, limit)).fetchall()
    ]


def left(index: sqlite3.Connection, by: str) -> tuple[int, int]:
    """How many claims somebody has not judged, and how many they have."""
    whole = int(index.execute("SELECT ifnull(sum(claims), 0) FROM days").fetchone()[0])
    query = "SELECT count(*) FROM judged WHERE by = ?"
    judged = int(index.execute(query, (by,)).fetchone()[0])
    own = int(index.execute("SELECT count(*) FROM claims WHERE current = 1 AND asks = 0").fetchone()[0])
    return max(whole - own - judged, 0), judged


def reasons(one: Waiting) -> list[str]:
    """In words, why somebody is asked."""
    found = [f"read with a confidence of {one.confidence:.2f}"]
    if one.alone:
        found.append(f"the only claim about {one.place}")
    elif one.consequence >= 0.3:
        found.append(f"the latest answer for {one.place} rests on it")
    if one.disputed:
        found.append(f"sources differ on {one.place}")
    return found


def _where(by: str, apart: bool, place: str | None, words: str) -> tuple[str, list[object]]:
    where = "claims.current = 1 AND claims.asks = 1"
    values: list[object] = []
    if apart:
        where += " AND NOT EXISTS (SELECT 1 FROM judged WHERE judged.claim_id = claims.id AND judged.by = ?)"
        values.append(by)
    else:
        where += " AND NOT EXISTS (SELECT 1 FROM judged WHERE judged.claim_id = claims.id)"
    if place is not None:
        where += " AND claims.place_id = ?"
        values.append(place)
    if words.strip():
        query = match_of(words)
        where += " AND claims.n IN (SELECT rowid FROM claim_words WHERE claim_words MATCH ?)" if query else " AND 0"
        values += [query] if query else []
    return where, values
