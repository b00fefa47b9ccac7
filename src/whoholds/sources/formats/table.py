"""Tables with one report a row: CSV (and TSV), Parquet."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import BOMS, clean
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


class _NoTextError(Exception):
    """No column can be the text."""


def match(names: Sequence[str], chosen: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which of our fields: as the user says, else by its name. Raises `_NoTextError`."""
    folded = {"_".join(name.strip().lower().replace("-", " ").split()): name for name in reversed(names)}
    found = {f: folded[name] for f in FIELDS for name in reversed(SYNONYMS[f]) if name in folded}
    found |= {f: name for f, name in chosen.items() if name in names}
    missing = [f"{f}={name}" for f, name in chosen.items() if name not in names]
    if missing:
        raise _NoTextError(f"there is no such column: {', '.join(missing)}; it has {_some(names)}")
    if "text" not in found and "html" not in found:
        raise _NoTextError(f"no column is the text; say which with --columns text=NAME; it has {_some(names)}")
    return found


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
    rows = csv.reader(lines, delimiter=separator)
    try:
        names = next(rows)
        columns = match(names, origin.columns)
    except StopIteration:
        on_issue(Issue("empty", "there is no row in it", origin.source))
        return
    except (_NoTextError, csv.Error) as error:
        on_issue(Issue("bad-table", str(error), origin.source, "line 1", Severity.ERROR))
        return
    places = {name: names.index(name) for name in columns.values()}
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            on_issue(Issue("bad-row", f"{error}; this row is not read", origin.source, f"line {rows.line_num}",
                           Severity.ERROR))  # fmt: skip
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(names):
            message = f"{len(row)} cells where the head has {len(names)}; is a quotation mark missing? Not read"
            on_issue(Issue("bad-row", message, origin.source, f"line {rows.line_num}", Severity.ERROR))
            continue
        values = {f: row[places[name]] for f, name in columns.items() if places[name] < len(row)}
        yield from _record(values, origin, f"line {rows.line_num}", on_issue)


def _lines(stream: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[str]:
    """Lines of bounded length as text; bytes that are not UTF-8 are read as Windows-1252."""
    told = False
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
        yield text.replace("\0", "")


def _record(values: Mapping[str, object], origin: Origin, place: str, on_issue: OnIssue) -> Iterator[Record]:
    def words(name: str) -> str | None:
        value = values.get(name)
        return None if value is None else str(value)

    text, html = words("text"), words("html")
    if not (text or "").strip() and not (html or "").strip():
        on_issue(Issue("bad-record", "no text in this row; it is not read", origin.source, place))
        return
    whole = "\x1f".join(f"{name}\x1e{values[name]}" for name in FIELDS if values.get(name) is not None)

    def note(issue: Issue) -> None:
        on_issue(Issue(issue.code, issue.message, origin.source, place, issue.severity))

    yield Record(
        source=origin.at(place),
        label=one_line(words("id") or "") or f"{origin.name}:{place.rpartition(' ')[2]}",
        raw_hash=hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest(),
        text=clean(text, origin.source, note) if text and text.strip() else None,
        html=html if not (text and text.strip()) else None,
        title=one_line(words("title") or ""),
        published=as_stated(one_line(words("published") or "")),
        outlet=one_line(words("outlet") or ""),
        url=web_address(words("url")),
        lang=one_line(words("lang") or ""),
    )


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
        # Columns of a type that no text is in would not be text either; pyarrow reads only what is asked for.
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
