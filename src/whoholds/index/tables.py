"""Questions to the tables of the index: search, filter, sort, page."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from whoholds.errors import InputError
from whoholds.gazetteer.names import key
from whoholds.views.states import STALE_DAYS

COUNT_TO = 10_000
"""Rows are counted up to here: nobody needs to know more, and counting all takes long."""
MAX_WORDS = 12
Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Spec:
    """One table: where its rows come from, and which filters it knows."""

    source: str
    words: str | None
    """Its full-text table."""
    columns: tuple[str, ...]
    filters: Mapping[str, str]
    """SQL with one `?`; "IN (?)" takes several values."""
    always: str
    order: str
    """Sorted by this where nothing else is asked."""
    lists: tuple[str, ...] = ()
    """Columns that hold JSON."""
    flags: tuple[str, ...] = ()
    """Columns that hold 0 or 1."""


SPECS: Mapping[str, Spec] = {
    "claims": Spec(
        "claims",
        "claim_words",
        (
            *(
                "id",
                "kind",
                "mode",
                "stance",
                "actor",
                "against",
                "place",
                "place_id",
                "place_type",
                "country",
                "start",
            ),
            *("end", "extent", "speaker", "speaker_side", "outlet", "published_end", "confidence", "unsure", "judged"),
            *("quote", "report", "report_id"),
        ),
        {
            "kind": "kind IN (?)",
            "mode": "mode IN (?)",
            "actor": "actor IN (?)",
            "place": "place_id IN (?)",
            "report": "report_id = ?",
            "country": "country IN (?)",
            "outlet": "outlet = ?",
            "since": 'ifnull("end", start) >= ?',
            "until": 'ifnull(start, "end") <= ?',
            "judged": "ifnull(judged, 'no') = ?",
            "unsure": "unsure = ?",
            "place_type": "place_type = ?",
        },
        "current = 1",
        "-end",
        flags=("unsure",),
    ),
    "places": Spec(
        "places",
        "place_words",
        (
            *("place_id", "place", "place_type", "country", "status", "holders", "holder_names", "support", "fighting"),
            *("disputed", "divided", "stale", "since", "last_evidence", "last_fighting", "claims", "lat", "lon"),
            *("radius_km", "place_basis"),
        ),
        {
            "country": "country IN (?)",
            "status": "ifnull(status, 'unknown') = ?",
            "holder": "EXISTS (SELECT 1 FROM json_each(holders) WHERE value IN (?))",
            "flag": "CASE ? WHEN 'fighting' THEN fighting WHEN 'disputed' THEN disputed WHEN 'divided' THEN divided"
            " ELSE stale END = 1",
            "place_type": "place_type = ?",
            "placed": "(lat IS NOT NULL) = ?",
        },
        "1",
        "-claims",
        lists=("holders", "holder_names"),
        flags=("fighting", "disputed", "divided", "stale"),
    ),
    "reports": Spec(
        "reports",
        "report_words",
        (
            *("report_id", "label", "title", "outlet", "url", "lang", "published_start", "published_end"),
            *("published_basis", "claims", "read_at"),
        ),
        {
            "outlet": "outlet = ?",
            "since": "published_end >= ?",
            "until": "published_end <= ?",
            "lang": "lang = ?",
            "has_claims": "(claims > 0) = ?",
        },
        "1",
        "-published_end",
    ),
    "issues": Spec(
        "issues",
        "issue_words",
        ("severity", "code", "message", "source", "place", "report", "report_id"),
        {"report": "report_id = ?", "severity": "severity = ?", "code": "code = ?"},
        "1",
        "severity",
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a table."""

    table: str
    words: str = ""
    filters: Mapping[str, Any] | None = None
    sort: str = ""
    """A column, "-" before it for the last first; "" for the table's own order."""
    today: date | None = None
    """What ages count to."""


def page(
    index: sqlite3.Connection, asked: Asked, limit: int, cursor: str | None
) -> tuple[list[dict[str, Any]], int, str | None]:
    """Rows, how many there are (to COUNT_TO), and the cursor of the next page.

    Raises InputError for a column, filter or cursor that is none.
    """
    spec, where, values, order, down = _parts(asked)
    count = f"SELECT count(*) FROM (SELECT 1 FROM {_source(spec, asked)} WHERE {where} LIMIT ?)"
    total = int(index.execute(count, (*values, COUNT_TO)).fetchone()[0])
    if cursor is not None:
        last, n = _decoded(cursor)
        where += f" AND (ifnull({_name(order)}, ''), n) {'<' if down else '>'} (?, ?)"
        values = [*values, last, n]
    rows = index.execute(_select(spec, asked, where, order, down), (*values, limit + 1)).fetchall()
    more = rows[limit - 1] if len(rows) > limit else None
    return [_shown(spec, row) for row in rows[:limit]], total, _encoded(more["sorted"], more["n"]) if more else None


def every(index: sqlite3.Connection, asked: Asked, most: int) -> Iterator[dict[str, Any]]:
    """All rows in order, at most `most`. Raises InputError as `page` does."""
    spec, where, values, order, down = _parts(asked)
    for row in index.execute(_select(spec, asked, where, order, down), (*values, most)):
        yield _shown(spec, row)


def match_of(words: str) -> str | None:
    """A full-text query of what somebody typed: all words, the last one perhaps not yet whole. None for no word."""
    found = re.findall(r"[^\W_]+", words)[:MAX_WORDS]
    return " ".join(f'"{word}"' for word in found) + "*" if found else None


def places_named(index: sqlite3.Connection, words: str, limit: int) -> list[dict[str, Any]]:
    """Places by name or id, those with most claims first."""
    rows = index.execute("SELECT * FROM places WHERE place_id = ?", (words.strip(),)).fetchall()
    queries = dict.fromkeys(q for q in (match_of(words), match_of(key(words))) if q)
    for query in queries:
        rows += index.execute(
            "SELECT * FROM places WHERE n IN (SELECT rowid FROM place_words WHERE place_words MATCH ?)"
            " ORDER BY claims DESC, n LIMIT ?",
            (query, limit),
        ).fetchall()
    unique = {row["place_id"]: dict(row) for row in rows}
    ranked = sorted(unique.values(), key=lambda row: (-row["claims"], row["place_id"]))
    return [row | {"names": json.loads(row["names"])} for row in ranked[:limit]]


# ---- inside


def _parts(asked: Asked) -> tuple[Spec, str, list[Value], str, bool]:
    spec = SPECS[asked.table]
    sort = asked.sort or spec.order
    down, order = sort.startswith("-"), sort.removeprefix("-")
    if order not in spec.columns or order in spec.lists:
        names = ", ".join(name for name in spec.columns if name not in spec.lists)
        raise InputError(f"the table of {asked.table} cannot be sorted by {order!r}; it can by {names}")
    where, values = [spec.always], list[Value]()
    for name, value in (asked.filters or {}).items():
        if name not in spec.filters:
            known = ", ".join(spec.filters)
            raise InputError(f"the table of {asked.table} has no filter {name!r}; it has {known}")
        test, given = spec.filters[name], value if isinstance(value, list) else [value]
        where.append(test.replace("IN (?)", f"IN ({', '.join('?' * len(given))})"))
        values += [_value(one) for one in given]
    if asked.words.strip():
        query = match_of(asked.words)
        if query is None:
            where.append("0")
        else:
            where.append(f"n IN (SELECT rowid FROM {spec.words} WHERE {spec.words} MATCH ?)")
            values.append(query)
    return spec, " AND ".join(where), values, order, down


def _source(spec: Spec, asked: Asked) -> str:
    if "stale" not in spec.columns:
        return spec.source
    # Text of ISO days sorts as the days do; the day comes from us, never from a request's words.
    before = (asked.today or date.today()) - timedelta(days=STALE_DAYS)
    return f"(SELECT *, ifnull(last_evidence < '{before.isoformat()}', 0) AS stale FROM {spec.source})"


def _select(spec: Spec, asked: Asked, where: str, order: str, down: bool) -> str:
    columns = ", ".join(_name(name) for name in spec.columns)
    way = "DESC" if down else "ASC"
    by = f"ifnull({_name(order)}, '')"
    return (
        f"SELECT n, {by} AS sorted, {columns} FROM {_source(spec, asked)} WHERE {where}"
        f" ORDER BY {by} {way}, n {way} LIMIT ?"
    )


def _name(column: str) -> str:
    return f'"{column}"'


def _shown(spec: Spec, row: sqlite3.Row) -> dict[str, Any]:
    found: dict[str, Any] = {name: row[name] for name in spec.columns}
    for name in spec.lists:
        found[name] = json.loads(found[name] or "[]")
    for name in spec.flags:
        found[name] = bool(found[name])
    if "status" in found:
        found["status"] = found["status"] or "unknown"
    return found


def _value(value: Any) -> Value:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int | float) else str(value)


def _encoded(*parts: Value) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def _decoded(cursor: str) -> tuple[Value, int]:
    try:
        last, n = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError, RecursionError):
        raise InputError("the cursor is none that this table gave; leave it out for the first page") from None
    in_range = isinstance(n, int) and not isinstance(n, bool) and abs(n) < 2**63
    if not in_range or not isinstance(last, str | int | float) or (isinstance(last, int) and abs(last) >= 2**63):
        raise InputError("the cursor is none that this table gave; leave it out for the first page")
    return last, n
