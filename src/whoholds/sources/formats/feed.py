"""RSS and Atom, as files. Each entry is a report as far as the feed holds it; nothing is fetched."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import narrow
from whoholds.sources.formats import Format, Origin
from whoholds.sources.records import Record, one_line, web_address
from whoholds.sources.stated import as_stated

LARGEST = 20_000_000
ENTRIES = 5_000
_ROOT = re.compile(rb"<((?:\w{1,40}:)?(?:rss|feed|rdf))[\s>]", re.I)
_BARE = re.compile(rb"&(?![A-Za-z_][\w.-]{0,60};|#[0-9]{1,8};|#x[0-9a-f]{1,8};)", re.I)
"""An ampersand that begins no entity."""


def _read(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    yield from read_feed(file.read(LARGEST + 1), origin, on_issue)


def read_feed(raw: bytes, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    """The entries of a feed that have words of their own; `url` is where the whole of each is published."""
    if not raw.strip():
        on_issue(Issue("empty", "the file is empty", origin.source))
        return
    import feedparser

    # HTML is escaped where it is shown; cleaned here it would lose what tells furniture from text.
    feed = feedparser.parse(_mended(raw), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        why = str(feed.get("bozo_exception") or "no entry in it")[:120]
        on_issue(Issue("bad-feed", f"not a feed that can be read ({why})", origin.source, severity=Severity.ERROR))
        return
    if len(feed.entries) > ENTRIES:
        message = f"only its first {ENTRIES:,} entries of {len(feed.entries):,} are read"
        on_issue(Issue("cut-short", message, origin.source, f"entry {ENTRIES + 1}"))
    outlet = one_line(html.unescape(str(feed.feed.get("title") or "")))
    for number, entry in enumerate(feed.entries[:ENTRIES], 1):
        record = _entry(entry, number, origin, outlet)
        if record is None:
            on_issue(Issue("empty", "this entry has no words; passed over", origin.source, f"entry {number}"))
        else:
            yield record
    if _is_cut_off(raw):
        message = "the feed ends in the middle: its last entry may not be whole, and what stood behind it is missing"
        on_issue(Issue("cut-off", message, origin.source, f"after entry {len(feed.entries)}"))


def _mended(raw: bytes) -> bytes:
    """Ampersands that begin no entity ("AT&T") escaped, outside of CDATA: feedparser would take a name for one."""
    if narrow(raw) is not raw:  # in UTF-16; a byte put between would break it
        return raw
    first, *others = raw.split(b"<![CDATA[")
    parts = [_BARE.sub(b"&amp;", first)]
    for other in others:
        inside, end, after = other.partition(b"]]>")
        parts += [b"<![CDATA[", inside, end, _BARE.sub(b"&amp;", after)]
    return b"".join(parts)


def _is_cut_off(raw: bytes) -> bool:
    """Whether the element around everything is never closed. What feedparser calls ill-formed is mostly harmless."""
    raw = narrow(raw)
    root = _ROOT.search(raw[:100_000])
    return root is not None and not re.search(rb"</" + re.escape(root[1]) + rb"\s{0,10}>", raw)


def _entry(entry: Any, number: int, origin: Origin, outlet: str | None) -> Record | None:
    bodies = [str(part.get("value") or "") for part in entry.get("content") or ()]
    body = max([*bodies, str(entry.get("summary") or "")], key=len)
    title = one_line(html.unescape(str(entry.get("title") or "")))
    if not body.strip() and not title:
        return None
    address = web_address(str(entry.get("link") or ""))
    label = one_line(str(entry.get("id") or "")) or address or f"{origin.name}:{number}"
    head = f"<h1>{html.escape(title)}</h1>" if title else ""
    return Record(
        source=origin.at(f"entry {number}"),
        label=label,
        raw_hash=hashlib.sha256(f"{label}\x1f{title}\x1f{body}".encode("utf-8", "surrogatepass")).hexdigest(),
        text=None,
        html=f"<html><body><article>{head}<div>{body}</div></article></body></html>",
        title=title,
        published=_day(entry),
        outlet=one_line(str((entry.get("source") or {}).get("title") or "")) or outlet,
        url=address,
        lang=None,
    )


def _day(entry: Any) -> str | None:
    """When an entry was published, else when it was changed, as it is written.

    Not as feedparser reads it: it gives the day of UTC, and makes days of what is none.
    """
    # Asked for what is not there, feedparser gives the other with a warning.
    written = dict.get(entry, "published") or dict.get(entry, "updated")
    return as_stated(one_line(str(written or "")))


FORMAT = Format("a feed", (".rss", ".atom", ".xml"), _read, many=True, largest=LARGEST)
