"""The kinds of file that hold reports, one module each. To add one: a module with a `FORMAT`, and its name below.

A format turns a stream of bytes into `Record`s: the text or the HTML of one report each, with what came beside it.
What they become (layout, language, title) is the same for all, in `sources.read`. Plain text, HTML and JSONL, which
standard input may hold too, are read there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

from whoholds.model import OnIssue
from whoholds.sources.records import Record


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stream comes from, and what the user said of it."""

    source: str
    """The path as the user gave it; issues name it."""
    name: str
    """The file's name; labels of records without one of their own begin with it."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """For tables: which of our fields (text, html, title, published, outlet, url, lang, id) is in which column."""

    first: int = 1
    """The number of the stream's first record, where it is a window of a longer file (`sources.windows`)."""

    def at(self, place: str) -> str:
        return f"{self.source}, {place}"


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file."""

    name: str
    """For people, with its article where it has one: "a PDF", "a WARC archive"."""
    suffixes: tuple[str, ...]
    records: Callable[[BinaryIO, Origin, OnIssue], Iterator[Record]]
    """Lazily, in bounded memory. Faults inside are issues; it raises only OSError."""
    many: bool = False
    """Whether one file holds many reports; how many is not known before it is read."""
    largest: int | None = None
    """Bytes of the largest file that is read; None where it is read as a stream of bounded records."""
    inside: Callable[[bytes, Origin, OnIssue], Iterator[bytes]] | None = None
    """Of a file that is one report: further files of its kind that it holds, each a report. Faults are issues."""


@cache
def known() -> tuple[Format, ...]:
    """All formats. Each module imports the library it needs only when a file is read."""
    from whoholds.sources.formats import feed, mail, pdf, table, telegram, warc

    return (mail.FORMAT, pdf.FORMAT, table.CSV, table.PARQUET, warc.FORMAT, warc.WACZ, feed.FORMAT, telegram.FORMAT)


def format_of(path: str) -> Format | None:
    """The format of a file by the end of its name, any case ("x.WARC.gz"); None for text, HTML, JSONL and the rest."""
    name = Path(path).name.lower()
    return next((one for one in known() if name.endswith(one.suffixes)), None)
