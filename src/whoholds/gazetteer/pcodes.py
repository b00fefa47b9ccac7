"""P-codes: the codes by which humanitarian agencies know places (UN OCHA), for places of users' lists that have them.

They stand in a table of their own, which a gazetteer has from the first list on that was added.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Rows = Callable[[str, tuple[Any, ...]], list[tuple[Any, ...]]]

TABLE = (
    "CREATE TABLE IF NOT EXISTS pcode (place INTEGER PRIMARY KEY, own TEXT NOT NULL, adm1 TEXT NOT NULL,"
    " adm2 TEXT NOT NULL)"
)
FORM = re.compile(r"[A-Z0-9][A-Z0-9._-]{1,29}", re.ASCII)
"""Most begin with the country's two letters ("IQG01"); some countries have plain numbers."""


@dataclass(frozen=True, slots=True)
class Pcodes:
    """The codes of a place; empty where its list has none."""

    own: str = ""
    adm1: str = ""
    """Of the first-level division that it lies in, or is."""
    adm2: str = ""
    """Of the second."""


NONE = Pcodes()


def checked(text: str) -> str:
    """A P-code as written in a list, in capitals; empty where it is none."""
    code = text.strip().upper()
    return code if FORM.fullmatch(code) else ""


def add(connection: sqlite3.Connection, place: int, codes: Pcodes) -> None:
    """Keeps the codes of a place. What was added first goes before what comes later."""
    if codes == NONE:
        return
    connection.execute(
        "INSERT INTO pcode VALUES (?,?,?,?) ON CONFLICT (place) DO UPDATE SET own = coalesce(nullif(own, ''),"
        " excluded.own), adm1 = coalesce(nullif(adm1, ''), excluded.adm1), adm2 = coalesce(nullif(adm2, ''),"
        " excluded.adm2)",
        (place, codes.own, codes.adm1, codes.adm2),
    )


def has_table(rows: Rows) -> bool:
    return bool(rows("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'pcode'", ()))


def find(rows: Rows, where: str, value: str) -> Pcodes:
    """The codes of the one place that fits the condition. Its province's row tells the first level where it does not
    itself.
    """
    found = rows(
        "SELECT p.type, coalesce(c.own, ''), coalesce(nullif(c.adm1, ''), d.own, ''), coalesce(c.adm2, '')"
        " FROM place p LEFT JOIN pcode c ON c.place = p.id"
        " LEFT JOIN division v ON v.country = p.country AND v.code = p.code AND p.code <> ''"
        f" LEFT JOIN pcode d ON d.place = v.place WHERE {where}",
        (value,),
    )
    if not found:
        return NONE
    kind, own, adm1, adm2 = found[0]
    if kind == "province":
        return Pcodes(own or adm1, own or adm1, "")
    return Pcodes(own or adm2, adm1, own or adm2) if kind == "district" else Pcodes(own, adm1, adm2)
