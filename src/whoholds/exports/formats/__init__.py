"""One module a format. To add one: a module with a `FORMAT`, and its name in `known()`.

A module imports what it writes with only when it writes: the names of all formats stand in the command's help.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from whoholds.errors import WhoholdsError
from whoholds.exports.tables import Table


@dataclass(frozen=True, slots=True)
class Format:
    name: str
    """As on the command line."""
    suffix: str
    write: Callable[[Table, Path], int]
    """Writes the rows to a new file and returns how many. Raises OSError; WhoholdsError where a library is missing."""
    points: bool = False
    """Only for tables with points; KML and FlatGeobuf leave out rows of places that were not found."""
    own_about: bool = False
    """What goes with the table stands inside the file; else in a file beside it."""


@cache
def known() -> dict[str, Format]:
    """All formats by name."""
    from whoholds.exports.formats import csv_, geojson, geopackage, json_, kml, parquet, xlsx

    every = (
        csv_.FORMAT,
        json_.JSON,
        json_.JSONL,
        parquet.PARQUET,
        parquet.GEOPARQUET,
        geojson.FORMAT,
        kml.FORMAT,
        geopackage.GEOPACKAGE,
        geopackage.FLATGEOBUF,
        xlsx.FORMAT,
    )
    return {one.name: one for one in every}


def by_path(path: Path) -> Format | None:
    """The format that a file's name tells, if one."""
    name = path.name.lower()
    found = [one for one in known().values() if name.endswith(one.suffix)]
    return max(found, key=lambda one: len(one.suffix), default=None)


def by_word(word: str) -> Format | None:
    """The format of that name, or of that ending without its dot ("fgb")."""
    return known().get(word) or next((one for one in known().values() if one.suffix == f".{word}"), None)


def words() -> list[str]:
    """What `by_word` knows: each name, and its ending where that is another word."""
    return list(dict.fromkeys(word for one in known().values() for word in (one.name, one.suffix[1:])))


def missing(library: str, extra: str, what: str) -> WhoholdsError:
    return WhoholdsError(f"{what} needs {library}. Install it with: pip install 'whoholds[{extra}]'")
