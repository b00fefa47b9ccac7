"""Tables with one report a row: CSV (and TSV), Parquet."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import BOMS, clean, decode, kind_of_binary
from whoholds.sources.formats import Format, Origin
from whoholds.sources.records import MAX_LINE, Record, one_line, web_address
from whoholds.sources.stated import as_stated

FIELDS = ("text", "html", "title", "published", "outlet", "url", "lang", "id")
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "article", "full_text", "fulltext", "article_text", "plain_text", "message"),
    "html": ("html", "raw_html", "markup"),
    "title": ("title", "headline"),
    "published": (
        "published",
        "date",
        "published_at",
        "publish_date",
        "date_published",
        "publication_date",
        "pub_date",
    ),
    "outlet": ("outlet", "source", "publication", "publisher", "site", "site_name", "channel"),
    "url": ("url", "link", "permalink", "source_url", "uri"),
    "lang": ("lang", "language"),
    "id": ("id", "report", "article_id", "doc_id", "document_id", "uid"),
}
"""What columns are called elsewhere, likeliest first; case, blanks and hyphens do not matter."""
ROWS = 1_000
"""Rows of a Parquet file held at a time."""
_WORDS = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view", "fixed_size_binary", "null")
"""Arrow's names of the types of columns that words may be in."""


class _NoTextError(Exception):
    """No column can be the text."""


def match(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which of our fields: as the user says, else by its name. Raises `_NoTextError`."""
    folded = {_folded(name): name for name in reversed(names)}
    found = {f: folded[name] for f in FIELDS for name in reversed(SYNONYMS[f]) if name in folded}
    found |= {f: name for f, name in chosen.items() if name in names}
    missing = [f"{f}={name}" for f, name in chosen.items() if name not in names]
    if missing:
        raise _NoTextError(f"there is no such column: {', '.join(missing)}; it has {_some(names)}")
    if "text" not in found and "html" not in found:
        raise _NoTextError(f"no column is the text; say which with --columns text=NAME; it has {_some(names)}")
    return found


def _folded(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").split())


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(name, 40) or "(no name)" for name in names[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "")


def _csv(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    head = file.read(65_536)
    if not head.strip():
        on_issue(Issue("empty", "the file is empty", origin.source))
        return
    if any(head.startswith(bom) and name != "utf-8" for bom, name in BOMS):
        on_issue(Issue("old-encoding", "the file is in UTF-16 or UTF-32; save it as UTF-8", origin.source,
                       severity=Severity.ERROR))  # fmt: skip
        return
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    separator = max(",;\t|", key=first.count)
    file.seek(0)
    lines = _lines(file, origin, on_issue)
    csv.field_size_limit(MAX_LINE)
    rows = _rows(lines, separator, origin, on_issue)
    try:
        _, names = next(rows)
        columns = match(names, origin.columns)
    except StopIteration:
        on_issue(Issue("empty", "there is no row in it", origin.source))
        return
    except _NoTextError as error:
        on_issue(Issue("bad-table", str(error), origin.source, "line 1", Severity.ERROR))
        return
    places = {name: names.index(name) for name in columns.values()}
    _note_doubles(names, columns, origin, on_issue)
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            message = f"{len(row)} cells where the head has {len(names)}; is a quotation mark missing? Not read"
            on_issue(Issue("bad-row", message, origin.source, f"line {number}", Severity.ERROR))
            continue
        values = {f: row[places[name]] for f, name in columns.items() if places[name] < len(row)}
        yield from _record(values, origin, f"line {number}", on_issue)


def _rows(lines: Iterable[str], separator: str, origin: Origin, on_issue: OnIssue) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table, the head too, each with the number of its last line.

    A quotation mark that is never closed takes the rows behind it into its cell, up to the next mark or to the end of
    the file, and the csv module says nothing. Such a row is refused; of the lines behind its first those are read that
    are rows by themselves.
    """
    held: list[str] = []
    head: list[str] = []
    ended = False

    def kept() -> Iterator[str]:
        nonlocal ended
        for line in lines:
            held.append(line)
            yield line
        ended = True  # asked for in the middle of a row

    rows = csv.reader(kept(), delimiter=separator)
    while True:
        held.clear()
        first = rows.line_num + 1
        wrong, row = "", list[str]()
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            wrong = str(error)
        if not wrong and (ended or (len(held) > 1 and not _is_strict(held, separator))):
            wrong = "a quotation mark in this row is not closed"
        if not wrong:
            head = head or row
            yield rows.line_num, row
            continue
        behind = _single(held[1:], first + 1, separator, len(head))
        message = f"{wrong}; this row is not read" + (f", {len(behind):,} of the {len(held) - 1:,} lines behind it are"
                                                      if len(held) > 1 else "")  # fmt: skip
        on_issue(Issue("bad-row", message, origin.source, f"line {first}", Severity.ERROR))
        yield from behind


def _is_strict(lines: Iterable[str], separator: str) -> bool:
    try:
        return bool(list(csv.reader(lines, delimiter=separator, strict=True)))
    except csv.Error:
        return False


def _single(lines: Iterable[str], first: int, separator: str, cells: int) -> list[tuple[int, list[str]]]:
    """The lines that are a row by themselves, with their numbers.

    They have as many cells as the head, and none begins with a blank, as the parts of a sentence do between its commas.
    """
    found = ((number, _cells(line, separator)) for number, line in enumerate(lines, first))
    return [(n, row) for n, row in found if len(row) == cells > 1 and not any(cell[:1].isspace() for cell in row)]


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []


def _note_doubles(names: Sequence[str], columns: Mapping[str, str], origin: Origin, on_issue: OnIssue) -> None:
    """Say of which columns another of the same name is not read."""
    for name in columns.values():
        if (number := sum(_folded(name) == _folded(other) for other in names)) > 1:
            message = f"{number} columns are called {one_line(name, 40)}; the first is read"
            on_issue(Issue("bad-table", message, origin.source, "line 1"))


def _lines(stream: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[str]:
    """Lines of bounded length as text; bytes that are not UTF-8 are read as Windows-1252."""
    told = zeros = False
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
            if not told:
                message = "not UTF-8; such lines are read as Windows-1252"
                on_issue(Issue("old-encoding", message, origin.source, f"line {number}", Severity.NOTE))
                told = True
        if "\0" in text and not zeros:
            message = "zero bytes are left out, here and further on; the file may be damaged"
            on_issue(Issue("zero-bytes", message, origin.source, f"line {number}"))
            zeros = True
        yield text.replace("\0", "")


def _record(values: Mapping[str, object], origin: Origin, place: str, on_issue: OnIssue) -> Iterator[Record]:
    def note(issue: Issue) -> None:
        on_issue(Issue(issue.code, issue.message, origin.source, place, issue.severity))

    words = {name: _words(name, values[name], note) for name in FIELDS if values.get(name) is not None}
    text, html = words.get("text"), words.get("html")
    if not (text or "").strip() and not (html or "").strip():
        on_issue(Issue("bad-record", "no text in this row; it is not read", origin.source, place))
        return
    whole = "\x1f".join(f"{name}\x1e{value}" for name, value in words.items() if value is not None)

    yield Record(
        source=origin.at(place),
        label=one_line(words.get("id") or "") or f"{origin.name}:{place.rpartition(' ')[2]}",
        raw_hash=hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(),
        text=clean(text, origin.source, note) if text and text.strip() else None,
        html=html if not (text and text.strip()) else None,
        title=one_line(words.get("title") or ""),
        published=as_stated(one_line(words.get("published") or "")),
        outlet=one_line(words.get("outlet") or ""),
        url=web_address(words.get("url")),
        lang=one_line(words.get("lang") or ""),
    )


def _words(name: str, value: object, note: OnIssue) -> str | None:
    """What a cell says, and nothing where that is not told by one value. Bytes are decoded as those of a file are."""
    if isinstance(value, bytes):
        if what := kind_of_binary(value[:4096]):
            note(Issue("binary", f"`{name}` is {what} and is passed over", ""))
            return None
        return decode(value, "", note)
    if isinstance(value, list | dict) or (name in ("text", "html") and not isinstance(value, str)):
        note(Issue("bad-field", f"`{name}` is not words and is passed over", ""))
        return None
    return str(value)


def _parquet(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        message = "reading Parquet needs pyarrow; install it with: pip install 'whoholds[tables]'"
        on_issue(Issue("needs-extra", message, origin.source, severity=Severity.ERROR))
        return
    number = 0
    try:
        table = parquet.ParquetFile(file)
        columns = match(table.schema_arrow.names, origin.columns)
        for name in (columns[f] for f in ("text", "html") if f in columns):
            kind = table.schema_arrow.field(table.schema_arrow.names.index(name)).type
            if not _holds_words(kind):
                raise _NoTextError(f"the column {one_line(name, 40)} is {kind}, not words")
        # pyarrow reads only what is asked for.
        for batch in table.iter_batches(ROWS, columns=list(dict.fromkeys(columns.values()))):
            for row in batch.to_pylist():
                number += 1
                yield from _record({f: row[c] for f, c in columns.items()}, origin, f"row {number}", on_issue)
    except _NoTextError as error:
        on_issue(Issue("bad-table", str(error), origin.source, severity=Severity.ERROR))
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        message = f"not Parquet that can be read ({str(error).splitlines()[0][:150]})"
        where = f"after row {number}" if number else ""
        on_issue(Issue("bad-table", message, origin.source, where, Severity.ERROR))


def _holds_words(kind: Any) -> bool:
    """Whether words may be in a column of this type. Bytes count: not every program marks them as text."""
    from pyarrow import types

    kind = kind.value_type if types.is_dictionary(kind) else kind
    return str(kind).partition("[")[0] in _WORDS


def columns_of(given: Iterable[str]) -> dict[str, str]:
    """`["text=Body", "title=Headline"]` as a mapping. Raises ValueError, saying which is wrong and what is known."""
    chosen: dict[str, str] = {}
    for one in given:
        name, equals, column = one.partition("=")
        if not equals or not column.strip() or name.strip() not in FIELDS:
            raise ValueError(f"{one!r}: give FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}")
        chosen[name.strip()] = column.strip()
    return chosen


CSV = Format("a CSV table", (".csv", ".tsv"), _csv, many=True)
PARQUET = Format("a Parquet table", (".parquet",), _parquet, many=True)
