"""JSONL: one record a line → raw records. A broken line is an issue and costs only itself."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean, decode
from whoholds.sources.stated import as_stated

MAX_LINE = 12_000_000
"""Bytes of one line: 5 MB of text, escaped, with its other fields."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line of a JSONL file, its fields checked."""

    source: str
    label: str
    raw_hash: str
    text: str | None
    html: str | None
    title: str | None
    published: str | None
    outlet: str | None
    url: str | None
    lang: str | None


def read_records(stream: BinaryIO, source: str, name: str, on_issue: OnIssue, *, first: int = 1) -> Iterator[Record]:
    """The records of a JSONL stream, line by line in bounded memory; `first` is the number of its first line.

    Blank lines are allowed, and a byte-order mark. `name` labels records that have no `id` ("reports.jsonl:7").
    """
    number = first - 1
    while line := stream.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            message = f"the line is longer than {MAX_LINE // 1_000_000} MB and is not read; one record a line"
            on_issue(Issue("too-large", message, source, f"line {number}", Severity.ERROR))
            while line and not line.endswith(b"\n"):
                line = stream.readline(1 << 20)
            continue
        line = line.rstrip(b"\r\n")
        if number == 1 and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            message = "the file is in UTF-16; save it as UTF-8"
            on_issue(Issue("old-encoding", message, source, severity=Severity.ERROR))
            return
        record = _parse(line, source, name, number, on_issue)
        if record:
            yield record


def _parse(line: bytes, source: str, name: str, number: int, on_issue: OnIssue) -> Record | None:
    here, label = f"{source}, line {number}", f"{name}:{number}"

    def refuse(code: str, message: str) -> None:
        on_issue(Issue(code, message, source, f"line {number}", Severity.ERROR))

    def note(issue: Issue) -> None:
        on_issue(Issue(issue.code, issue.message, source, f"line {number}", issue.severity))

    if not line.strip(b" \t\x00\xef\xbb\xbf"):
        return None
    try:
        data = json.loads(decode(line, source, note), parse_constant=lambda word: word)
    except json.JSONDecodeError as error:
        refuse("bad-json", f"not valid JSON (character {error.pos + 1}: {error.msg}); this record is not read")
        return None
    except (RecursionError, ValueError):  # nested thousands deep, or a number of thousands of digits
        refuse("bad-json", "JSON that is nested too deeply or has too long a number; this record is not read")
        return None
    if not isinstance(data, dict):
        refuse("bad-json", "not a JSON object; each line must be {…} with at least `text`")
        return None
    text, html = data.get("text"), data.get("html")
    for key, value in (("text", text), ("html", html)):
        if value is not None and not isinstance(value, str):
            refuse("bad-record", f"`{key}` is not a string; this record is not read")
            return None
    if text is None and html is None:
        refuse("bad-record", "neither `text` nor `html`; this record is not read")
        return None
    fields = {key: _string(data, key, note, source) for key in ("title", "published", "outlet", "url", "lang")}
    return Record(
        source=here,
        label=_label(data, note, source) or label,
        raw_hash=hashlib.sha256(line).hexdigest(),
        text=None if text is None else clean(text, source, note),
        html=html,
        title=fields["title"],
        published=as_stated(fields["published"]),
        outlet=fields["outlet"],
        url=web_address(fields["url"]),
        lang=fields["lang"],
    )


def _string(data: dict[str, Any], key: str, note: OnIssue, source: str) -> str | None:
    value = data.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        note(Issue("bad-field", f"`{key}` is not a string and is passed over", source))
        return None
    return one_line(value)


def _label(data: dict[str, Any], note: OnIssue, source: str) -> str | None:
    value = data.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(data, "id", note, source)


def one_line(value: str, limit: int = 500) -> str | None:
    """A metadata value as one line without control characters, at most `limit` characters; None where empty."""
    return " ".join(clean(value[: limit * 4], "", _ignore).split())[:limit] or None


def web_address(value: str | None) -> str | None:
    """`value` where it is an http or https address with a host, else None: nothing else may become a link."""
    if not value or any(ch.isspace() for ch in value):
        return None
    try:
        parts = urlsplit(value)
        return value if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _ignore(issue: Issue) -> None:
    """For values in which nothing that was repaired is worth a word."""
