"""Web archives: WARC, plain or gzipped, and WACZ. Read as a stream; only pages that came back whole are reports.

Every record is counted: a page, or not a page and why. The sum is told as an issue of the file.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean, decode
from whoholds.sources.formats import Format, Origin, archive
from whoholds.sources.formats.packing import PackingError, unpack
from whoholds.sources.records import Record, web_address

if TYPE_CHECKING:
    from fastwarc import WarcRecord

MAX_BODY = 20_000_000
"""Bytes of one page, unpacked."""
MEMBERS = 1_000
"""Archives in one WACZ."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_HTML = ("text/html", "application/xhtml+xml")


class _PassedOverError(Exception):
    """This record is no report; the message says why, in few words, for the count."""


class _BadError(_PassedOverError):
    """It should have been one, and cannot be read: told one by one too."""


def _warc(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    counts: Counter[str] = Counter()
    yield from _records(file, origin, on_issue, counts)
    _sum(counts, origin, on_issue)


def _sum(counts: Counter[str], origin: Origin, on_issue: OnIssue) -> None:
    total = counts.total()
    if not total:
        message = "no record could be read from it; is it a web archive?"
        on_issue(Issue("empty", message, origin.source, severity=Severity.ERROR))
        return
    parts = [f"{n:,} {what}" for what, n in sorted(counts.items(), key=lambda x: (x[0] != "pages", -x[1], x[0]))]
    on_issue(Issue("archive", f"{total:,} records: {', '.join(parts)}", origin.source, severity=Severity.NOTE))


def _records(file: BinaryIO, origin: Origin, on_issue: OnIssue, counts: Counter[str]) -> Iterator[Record]:
    number = origin.first - 1
    for record in archive.records(file):
        number += 1
        place = f"record {number}"
        try:
            if isinstance(record, archive.Damage):
                raise _BadError(f"damaged from byte {record.start:,} to {_byte(record.end)} ({record})")
            found = _page(record, origin, place)
        except _BadError as error:
            counts["not readable"] += 1
            on_issue(Issue("bad-record", f"{error}; not read", origin.source, place))
        except _PassedOverError as error:
            counts[str(error)] += 1
        else:
            counts["pages"] += 1
            yield found


def _byte(at: int | None) -> str:
    return "the end" if at is None else f"{at:,}"


def _page(record: WarcRecord, origin: Origin, place: str) -> Record:
    """The page of one record. Raises `_PassedOverError` where there is none in it."""
    kind = str(record.record_type)
    if kind not in ("response", "resource"):
        raise _PassedOverError(f"of the kind {kind}")
    headers = record.http_headers
    if kind == "response":
        if headers is None:
            raise _PassedOverError("not HTTP")
        if headers.status_code != 200:
            raise _PassedOverError(f"with status {headers.status_code or 'unknown'}")
    stated = (record.http_content_type if headers is not None else record.headers.get("Content-Type")) or ""
    mime = stated.partition(";")[0].strip().lower()
    if mime not in (*_HTML, "text/plain"):
        raise _PassedOverError("not pages")
    length = record.content_length
    try:
        raw = record.reader.read(MAX_BODY + 1)
    except BaseException as error:
        if not archive.is_fault(error):
            raise
        raise _BadError(f"damaged ({type(error).__name__}: {str(error)[:80]})") from error
    if len(raw) < min(length, MAX_BODY + 1):
        raise _BadError(f"cut off after {len(raw):,} of {length:,} bytes")
    if headers is not None:
        raw = _unchunked(raw) if "chunked" in _value(headers, "Transfer-Encoding") else raw
        try:
            raw = unpack(raw, _value(headers, "Content-Encoding"), MAX_BODY)
        except PackingError as error:
            raise _BadError(str(error)) from error
    if len(raw) > MAX_BODY:
        raise _BadError(f"a page of more than {MAX_BODY // 1_000_000} MB")
    if not raw.strip():
        raise _PassedOverError("empty pages")
    address = web_address((record.headers.get("WARC-Target-URI") or "").strip("<>"))
    text = _text(raw, record.http_charset if headers is not None else None, stated)
    return Record(
        source=origin.at(place),
        label=(address or f"{origin.name}:{place.rpartition(' ')[2]}")[:500],
        raw_hash=hashlib.sha256(raw).hexdigest(),
        text=clean(text, "", _ignore) if mime == "text/plain" else None,
        html=text if mime in _HTML else None,
        title=None,
        published=None,  # the day it was fetched says only that it was published by then
        outlet=None,
        url=address,
        lang=None,
    )


def _text(raw: bytes, http_charset: str | None, stated: str) -> str:
    from whoholds.sources.html import declared_encoding

    named = _CHARSET.search(stated)
    # What the server says goes before what the page says of itself (HTML standard).
    return decode(raw, "", _ignore, declared=http_charset or (named[1] if named else None) or declared_encoding(raw))


def _value(headers: Any, name: str) -> str:
    value = headers.get(name)
    return (value or "").strip().lower()


def _unchunked(raw: bytes) -> bytes:
    """The body of a chunked message; as it is where it is not chunked after all (many archives store it joined)."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = raw.find(b"\r\n", at, at + 40)
        size = raw[at:end].split(b";")[0].strip() if end > 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(parts) if parts else raw
        if length <= 0:
            return b"".join(parts)
        parts.append(raw[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
        if at >= len(raw):
            return b"".join(parts)


def _wacz(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    try:
        members = zipfile.ZipFile(file)
        inside = [m for m in members.infolist() if m.filename.lower().endswith((".warc", ".warc.gz"))]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        message = f"not a WACZ that can be read ({str(error)[:80]})"
        on_issue(Issue("bad-archive", message, origin.source, severity=Severity.ERROR))
        return
    counts: Counter[str] = Counter()
    for member in inside[:MEMBERS]:
        path = Origin(f"{origin.source}, {member.filename[:200]}", origin.name)
        try:
            with members.open(member) as stream:
                yield from _records(cast("BinaryIO", stream), path, on_issue, counts)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
            message = f"a part of it cannot be read ({str(error)[:80]}); the others are"
            on_issue(Issue("bad-archive", message, path.source, severity=Severity.ERROR))
    _sum(counts, origin, on_issue)


def _ignore(issue: Issue) -> None:
    """Web pages of a crawl have small faults of encoding by the thousand; none is worth a line."""


FORMAT = Format("a WARC archive", (".warc", ".warc.gz"), _warc, many=True)
WACZ = Format("a WACZ archive", (".wacz",), _wacz, many=True)
