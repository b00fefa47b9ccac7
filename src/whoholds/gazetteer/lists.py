"""Reads a user's list of places: a table of text with a line of column names, divided by commas, semicolons or tabs.

Wanted are a name, a latitude and a longitude; data/columns.yml says by what names columns are known.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from whoholds.errors import GazetteerError
from whoholds.gazetteer import dumps, pcodes
from whoholds.gazetteer.countries import code_of
from whoholds.gazetteer.names import key
from whoholds.gazetteer.opened import Lines, fault_of, text_of
from whoholds.gazetteer.rows import MAX_NAME, Fault, Item, Row, degrees
from whoholds.model import PlaceType

WANTED = ("name", "lat", "lon")
PCODES = ("pcode", "adm1_pcode", "adm2_pcode")
MAX_CELL = 1 << 15
_DEGREES = re.compile(r"([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([NSEW])?\Z", re.IGNORECASE)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?\Z", re.ASCII)
_MAX_POPULATION = 10**8


@dataclass(frozen=True, slots=True)
class _Words:
    columns: Mapping[str, Sequence[str]]
    types: Mapping[str, PlaceType]
    endings: Mapping[str, PlaceType]


@lru_cache(maxsize=1)
def _words() -> _Words:
    import yaml

    text = resources.files("whoholds.data").joinpath("columns.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    kinds = [
        {word: PlaceType(kind) for kind, words in data[part].items() for word in words} for part in ("types", "endings")
    ]
    return _Words({name: [key(word) for word in words] for name, words in data["columns"].items()}, *kinds)


def rows(lines: Lines, country: str = "") -> Iterator[tuple[int, Item]]:
    """(line, what it gives) for every record of a list. `country` (alpha-3) is that of all records where given.

    Raises GazetteerError where the first line does not name the columns that are wanted.
    """
    broken: dict[int, Fault] = {}
    divider, comma = _divider(lines.head())
    reader = csv.reader(_texts(lines, broken), delimiter=divider)
    header = _next(reader)
    columns = _columns([] if header is None or isinstance(header, Fault) else header)
    last = reader.line_num
    while (cells := _next(reader)) is not None:
        line, last = last + 1, reader.line_num
        found = [broken.pop(number) for number in range(line, last + 1) if number in broken]
        if found or isinstance(cells, Fault):
            yield line, found[0] if found else cells  # type: ignore[misc]
        elif not any(cell.strip() for cell in cells):
            yield line, None
        else:
            values = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
            yield line, _row(values, country, "," if comma else ".")


def _texts(lines: Lines, broken: dict[int, Fault]) -> Iterator[str]:
    """Lines for the csv module: one that cannot be read is an empty one there, and is put into `broken`."""
    for number, raw in lines:
        text = text_of(raw)
        if text is None:
            broken[number] = Fault(*fault_of(raw))
        yield (text or "").removeprefix("\ufeff" if number == 1 else "") + "\n"


def _next(reader: Any) -> list[str] | Fault | None:
    try:
        return next(reader, None)
    except csv.Error as error:
        return Fault("quotes", f"is no row of a table ({error}): is a quotation mark not closed?")


def _divider(head: bytes) -> tuple[str, bool]:
    """What divides the cells of the first line, and whether numbers may then have a decimal comma."""
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    divider = max(",;\t|", key=first.count)
    return divider, divider != ","


def _columns(header: Sequence[str]) -> dict[str, int]:
    names = [key(cell.replace("_", " ")) for cell in header]
    found: dict[str, int] = {}
    for column, words in _words().columns.items():
        at = next((names.index(word) for word in words if word in names), None)
        if at is not None and at not in found.values():
            found[column] = at
    missing = [name for name in WANTED if name not in found]
    if missing:
        there = ", ".join(cell.strip()[:30] for cell in header[:20]) or "none"
        raise GazetteerError(
            f"the first line names no column for {' and '.join(missing)} (it has: {there}): call them so, or see"
            " docs/gazetteer.md for other names that are known"
        )
    return found


def _row(values: Mapping[str, str], country: str, decimal: str) -> Item:
    name = " ".join(values["name"].split()) if "name" in values else ""
    if any(len(values.get(column, "")) > MAX_CELL for column in values) or len(name) > MAX_NAME:
        return Fault("name", f"has a name of {len(name):,} characters" if len(name) > MAX_NAME else "is too long")
    if not key(name):
        return Fault("name", "has no name")
    try:
        lat, lon = (_number(values.get(column, ""), column, decimal) for column in ("lat", "lon"))
        valid_from, valid_to = (_day(values.get(column, "")) for column in ("valid_from", "valid_to"))
        code = country or _country(values.get("country", ""))
    except ValueError as error:
        return Fault("number", str(error))
    if lat == lon == 0.0:
        return Fault("number", "lies at 0, 0, in the sea off Africa")
    if valid_from and valid_to and valid_from > valid_to:
        return Fault("dates", f"is valid from {valid_from} to {valid_to}, which is before it")
    first, *others = _variants(name)
    bare, kind, note = _kind(first, values.get("type", ""))
    aliases = [name, first, *others, *_split(values.get("aliases", ""))]
    population = values.get("population", "")
    codes = pcodes.Pcodes(*(pcodes.checked(values.get(column, "")) for column in PCODES))
    written = ((column, values.get(column, ""), code) for column, code in zip(PCODES, astuple(codes), strict=True))
    unknown = [f"{column} {text[:30]!r} is no P-code" for column, text, code in written if text and not code]
    return Row(
        bare,
        lat,
        lon,
        kind,
        tuple(dict.fromkeys(alias for alias in aliases if alias != bare and key(alias) and len(alias) <= MAX_NAME)),
        code,
        admin=values.get("admin", "")[:MAX_NAME],
        population=min(int(population), _MAX_POPULATION) if population.isdecimal() and len(population) < 12 else 0,
        ident=(values.get("id") or values.get("pcode", ""))[:80],
        valid_from=valid_from,
        valid_to=valid_to,
        pcodes=codes,
        note="; ".join(filter(None, (note, *unknown))),
    )


def _number(text: str, column: str, decimal: str) -> float:
    match = _DEGREES.match(text.strip().replace(decimal, ".") if decimal == "," else text.strip())
    if not match:
        raise ValueError(f"{column} is {text[:30]!r}: degrees are wanted, such as 33.42")
    side = (match[2] or "").upper()
    if side and side not in ("NS" if column == "lat" else "EW"):
        raise ValueError(f"{column} is {text[:30]!r}: lat and lon seem to be exchanged")
    return degrees(("-" if side in ("S", "W") and side else "") + match[1], 90.0 if column == "lat" else 180.0)


def _day(text: str) -> str | None:
    if not text:
        return None
    if not _DAY.match(text):
        raise ValueError(f"{text[:30]!r} is no date: write 2016-03-13, 2016-03 or 2016")
    date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10])
    return text


def _country(text: str) -> str:
    if not text:
        return ""
    code = code_of(text)
    if not code:
        raise ValueError(f"{text[:40]!r} is no country")
    return code


def _kind(name: str, written: str) -> tuple[str, PlaceType, str]:
    """The name without a word for the kind of place at its end, the kind, and what was not understood."""
    words = _words()
    if written:
        code = written.strip().upper()
        kind = words.types.get(key(written.replace("_", " "))) or dumps.features().get(code.rpartition(".")[2])
        return name, kind or PlaceType.SETTLEMENT, "" if kind else f"{written[:30]!r} is taken for a settlement"
    parts = name.split()
    last = parts[-1].lower() if len(parts) > 1 else ""
    if last in words.endings:
        return " ".join(parts[:-1]), words.endings[last], ""
    return name, words.types.get(last, PlaceType.SETTLEMENT), ""


def _variants(name: str) -> list[str]:
    """ "Tadmur/Palmyra" and "Al-Rai (Choban Bey)" are two names each."""
    inside = _BRACKETS.findall(name)
    found = [part.strip() for part in [*_BRACKETS.sub(" ", name).split("/"), *inside]]
    return [" ".join(part.split()) for part in found if key(part)] or [name]


def _split(cell: str) -> Iterable[str]:
    divider = next((sign for sign in "|;/," if sign in cell), "|")
    return (part.strip() for part in cell.split(divider))


Reader = Callable[[Lines], Iterator[tuple[int, Item]]]


def reader_of(head: bytes, country: str) -> Reader:
    """How a file that begins with these bytes is read: as a GeoNames dump, or as a list."""
    return dumps.rows if dumps.is_dump(head) else lambda lines: rows(lines, country)
