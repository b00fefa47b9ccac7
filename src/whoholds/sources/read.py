"""One file, or standard input → its reports. Every fault found inside is an issue.

In two steps: `found_in` goes through a file and finds what may be a report; `opened` takes that apart. The second takes
longer, breaks or stalls on pages that lie, and needs nothing but what was found, so that it may be done elsewhere
(`whoholds.pool`).
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from whoholds.faults import failure
from whoholds.intake import Options
from whoholds.model import Issue, OnIssue, Report, Role, Section, Severity
from whoholds.sources import html as pages
from whoholds.sources.decode import decode, kind_of_binary, narrow
from whoholds.sources.formats import Format, Origin, format_of
from whoholds.sources.found import Found, Opened, Page, Unopened
from whoholds.sources.inputs import HTML, JSONL
from whoholds.sources.language import SAMPLE, language
from whoholds.sources.layout import lay_out, outlet_of, title_of
from whoholds.sources.records import Record, one_line, read_records
from whoholds.sources.windows import WHOLE, Window

MAX_TEXT = 5_000_000
"""Bytes of the largest page text, and characters of the largest text taken from HTML, that is read as one report."""
MAX_HTML = 4 * MAX_TEXT

_LOOKS_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_HAS_TAGS = re.compile(rb"<(?:p|div|h[1-6]|body|html|article|br|span|ul|table)\b[^<>]{0,2000}>", re.I)


def open_one(one: Unopened) -> Opened:
    """Take apart what was found. A page that breaks us gives an issue."""
    issues, report = list(one.issues), None
    try:
        report = opened(one.found, issues.append) if one.found else None
    except Exception as error:
        issues.append(failure(one.found.source if one.found else "", error, "page"))
    return Opened(report, tuple(issues))


def opened(found: Found, on_issue: OnIssue) -> Report | None:
    """The report of what was found, where there is one in it."""
    return _of_page(found, on_issue) if isinstance(found, Page) else _from_record(found, on_issue)


def found_in(
    path: str, on_issue: OnIssue, options: Options, window: Window = WHOLE, source: str | None = None
) -> Iterator[Found]:
    """What may be a report in one file: itself where it is a page, each record of a table, feed or archive.

    `window`: only a part of it, where files of its kind can be cut (`sources.windows`). `source`: what the file is
    called in what comes of it, where not by its path.
    """
    source = source or path
    name, suffix, kind = Path(path).name, Path(path).suffix.lower(), format_of(path)
    try:
        info = os.stat(path)  # noqa: PTH116
        if not stat.S_ISREG(info.st_mode):  # opening a pipe would wait for its other end
            on_issue(Issue("not-a-file", "not a regular file; passed over", source, severity=Severity.ERROR))
            return
        most = _largest(suffix, kind)
        if most is not None and info.st_size > most:
            on_issue(_too_much(kind, source, info.st_size) if kind else _too_large(source, info.st_size))
            return
        with Path(path).open("rb") as file:
            if kind and kind.many:
                origin = Origin(source, name, options.columns, window.first)
                yield from kind.records(window.of(file), origin, on_issue)
            elif suffix in JSONL:
                yield from _records(window.of(file), source, name, on_issue, window)
            else:
                page = Page(file.read(most), source, name, is_html=suffix in HTML, kind=kind)
                yield page
                inside = kind.inside(page.raw, Origin(source, name), on_issue) if kind and kind.inside else ()
                for number, raw in enumerate(inside, 1):
                    yield Page(raw, f"{source}, message {number}", f"{name}:{number}", kind=kind)
    except OSError as error:
        on_issue(_refused(source, error))


def _largest(suffix: str, kind: Format | None) -> int | None:
    """Bytes of the largest file of a kind; None for those that are read record by record."""
    if kind:
        return kind.largest
    return None if suffix in JSONL else MAX_HTML if suffix in HTML else MAX_TEXT


def _too_much(kind: Format, source: str, size: int) -> Issue:
    most = (kind.largest or 0) // 1_000_000
    message = f"{size / 1e6:.0f} MB are too much for {kind.name} (at most {most} MB); not read"
    return Issue("too-large", message, source, severity=Severity.ERROR)


def found_on_stdin(stdin: BinaryIO | None, on_issue: OnIssue) -> Iterator[Found]:
    """Standard input: JSONL where its first line looks like a record, else one page of HTML or text."""
    stream = stdin or sys.stdin.buffer
    try:
        head = _read_some(stream, 4096)
        if head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
            joined = io.BufferedReader(_Joined(head, stream), 1 << 16)
            yield from _records(joined, "-", "stdin", on_issue)
            return
        raw = head + _read_some(stream, MAX_HTML + 1 - len(head))
        is_html = _looks_html(raw[:4096])
        if len(raw) > (MAX_HTML if is_html else MAX_TEXT):
            on_issue(_too_large("-", len(raw)))
            return
        yield Page(raw, "-", "stdin", is_html=is_html)
    except OSError as error:
        on_issue(_refused("-", error))


def _of_page(page: Page, on_issue: OnIssue) -> Report | None:
    raw, source = page.raw, page.source
    if page.kind:
        record = next(page.kind.records(io.BytesIO(raw), Origin(source, page.label), on_issue), None)
        return _from_record(replace(record, **_some(page.said)), on_issue) if record else None
    digest = hashlib.sha256(raw).hexdigest()
    if not raw:
        on_issue(Issue("empty", "the file is empty", source))
        return None
    what = kind_of_binary(raw[:4096])
    if what:
        on_issue(Issue("binary", f"not read: it is {what}", source, severity=Severity.ERROR))
        return None
    if _looks_html(raw[:8192]) or (page.is_html and _HAS_TAGS.search(narrow(raw))):
        text = decode(raw, source, on_issue, declared=pages.declared_encoding(raw))
        return _from_html(text, source, page.label, digest, on_issue)
    if len(raw) > MAX_TEXT:
        on_issue(_too_large(source, len(raw)))
        return None
    return from_text(decode(raw, source, on_issue), source, page.label, digest, on_issue)


def _looks_html(head: bytes) -> bool:
    return bool(_LOOKS_HTML.match(narrow(head).lstrip()))


def _some(said: Mapping[str, str | None]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _records(
    stream: BinaryIO | io.BufferedReader, source: str, name: str, on_issue: OnIssue, window: Window = WHOLE
) -> Iterator[Record]:
    number = 0
    for record in read_records(stream, source, name, on_issue, first=window.first):
        number += 1
        yield record
    if not number and window == WHOLE:
        on_issue(Issue("empty", "no record could be read from it", source))


def _from_record(record: Record, on_issue: OnIssue) -> Report | None:
    common = (record.source, record.label, record.raw_hash, on_issue)
    if record.text is None:
        return _from_html(record.html or "", *common, record=record)
    if len(record.text) > MAX_TEXT:
        on_issue(_too_large(record.source, len(record.text)))
        return None
    return from_text(record.text, *common, record=record)


def _from_html(
    markup: str, source: str, label: str, digest: str, on_issue: OnIssue, record: Record | None = None
) -> Report | None:
    try:
        page = pages.read_html(markup)
    except pages.HtmlError as error:
        on_issue(Issue("bad-html", f"the page cannot be taken apart ({error}); save it as text", source))
        return None
    if len(page.text) > MAX_TEXT:
        on_issue(_too_large(source, len(page.text)))
        return None
    sections = lay_out(page.text, page.hints, title=page.title)
    return _finish(page.text, sections, page, source, label, digest, on_issue, record)


def from_text(
    text: str, source: str, label: str, digest: str, on_issue: OnIssue, record: Record | None = None
) -> Report | None:
    """A report from page text that has been decoded and cleaned."""
    title = record.title if record else None
    return _finish(text, lay_out(text, title=title), None, source, label, digest, on_issue, record)


def _finish(
    text: str, sections: tuple[Section, ...], page: pages.Page | None, source: str, label: str, digest: str,
    on_issue: OnIssue, record: Record | None,
) -> Report | None:  # fmt: skip
    if not text.strip():
        on_issue(Issue("empty", "there is no text in it", source))
        return None
    body = "\n".join(s.span.of(text) for s in sections if s.role in (Role.BODY, Role.HEADING, Role.CAPTION))
    found = language(body[: 2 * SAMPLE] if body.strip() else text)
    lang = found or (record and record.lang) or "en"
    lang = re.split(r"[-_]", lang.lower())[0][:8] or "en"
    if lang != "en":
        on_issue(
            Issue("not-english", f"the report is in another language ({lang}); stored, no claims are read", source)
        )

    def first(*values: object) -> str | None:
        return next((value for value in values if isinstance(value, str) and value), None)

    return Report(
        label=label,
        text=text,
        sections=sections,
        title=first(record and record.title, title_of(text, sections), page and one_line(page.title or "")),
        outlet=first(record and record.outlet, page and page.outlet, outlet_of(text, sections)),
        url=first(record and record.url, page and page.url),
        lang=lang,
        stated_date=first(record and record.published, page and page.date),
        raw_hash=digest,
        source=source,
    )


def _too_large(source: str, size: int) -> Issue:
    message = (
        f"{size / 1e6:.0f} MB are too much for one report (at most {MAX_TEXT // 1_000_000} MB of text) and are "
        "not read; split it into one file a report, or one record a line as .jsonl"
    )
    return Issue("too-large", message, source, severity=Severity.ERROR)


def _refused(source: str, error: OSError) -> Issue:
    if isinstance(error, PermissionError) or error.errno == errno.EACCES:
        return Issue("no-permission", "no permission to read it; check its rights", source, severity=Severity.ERROR)
    return Issue("unreadable", f"cannot be read ({error.strerror or error})", source, severity=Severity.ERROR)


def _read_some(stream: BinaryIO, number: int) -> bytes:
    """Up to `number` bytes; fewer only at the end of the stream (a pipe hands out what it has)."""
    parts: list[bytes] = []
    while number > 0 and (part := stream.read(min(number, 1 << 20))):
        parts.append(part)
        number -= len(part)
    return b"".join(parts)


class _Joined(io.RawIOBase):
    """What was read ahead, then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(part) :]
        buffer[: len(part)] = part
        return len(part)
