"""Reads GeoNames dumps: a country's file or allCountries, 19 columns divided by tabs.

The columns are described in the readme.txt beside the files at download.geonames.org/export/dump.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from whoholds.errors import GazetteerError
from whoholds.gazetteer import sources
from whoholds.gazetteer.opened import Lines, fault_of, text_of
from whoholds.gazetteer.rows import MAX_NAME, Fault, Item, Row, degrees
from whoholds.model import PlaceType

COLUMNS = 19
MAX_NUMBER = 1 << 27
"""GeoNames ids have reached a tenth of it in thirty years."""
MAX_ALIASES = 400
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\d+\t[^\t\r\n]*\t[^\t\r\n]*\t[^\t\r\n]*\t-?\d")


def is_dump(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a GeoNames dump."""
    return bool(_FIRST.match(head))


@lru_cache(maxsize=1)
def features() -> dict[str, PlaceType]:
    """What kind of place a feature code of GeoNames is, from data/features.csv; codes that are not wanted are absent.

    Raises GazetteerError naming the bad line.
    """
    text = resources.files("whoholds.data").joinpath("features.csv").read_text(encoding="utf-8")
    found = {}
    for line, row in sources.table("features.csv", text, ("code", "type", "note")):
        try:
            found[row["code"]] = PlaceType(row["type"])
        except ValueError as error:
            raise GazetteerError(f"features.csv, line {line}: {error}") from error
    return found


def rows(lines: Lines) -> Iterator[tuple[int, Item]]:
    """(line, what it gives) for every line of a dump."""
    kinds = features()
    alpha3 = {code: str(row["iso3"]) for code, row in sources.countries().items()}
    for line, raw in lines:
        text = text_of(raw)
        if text is None:
            yield line, Fault(*fault_of(raw))
        elif text and not text.isspace():
            yield line, _row(text, kinds, alpha3)
        else:
            yield line, None


def _row(text: str, kinds: dict[str, PlaceType], alpha3: dict[str, str]) -> Item:
    cells = text.removeprefix("\ufeff").split("\t")
    if len(cells) != COLUMNS:
        return Fault("columns", f"has {len(cells)} columns in place of {COLUMNS}")
    kind = kinds.get(cells[7])
    if kind is None:
        return None
    name = " ".join(cells[1].split())
    try:
        number, population = int(cells[0]), max(0, int(cells[14] or 0))
        lat, lon = degrees(cells[4], 90.0), degrees(cells[5], 180.0)
    except ValueError as error:
        return Fault("number", str(error))
    if not 0 < number < MAX_NUMBER:
        return Fault("id", f"{number} is no id of GeoNames")
    if not name or len(name) > MAX_NAME:
        return Fault("name", "has no name" if not name else f"has a name of {len(name):,} characters")
    country = alpha3.get(cells[8], "")
    if cells[8] and not country:
        return Fault("country", f"{cells[8][:20]!r} is no country code")
    if cells[7].startswith("ADM"):
        population = 0  # the division's, which is not its seat's
    aliases = dict.fromkeys([cells[2], *cells[3].split(",")[:MAX_ALIASES]])
    return Row(
        name,
        lat,
        lon,
        kind,
        tuple(a for a in aliases if a and a != name and len(a) <= MAX_NAME and sources.is_name(a)),
        country,
        cells[10][:20] if cells[10] != "00" else "",
        cells[11][:80],
        population=population,
        number=number,
    )
