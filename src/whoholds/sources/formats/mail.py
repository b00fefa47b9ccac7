"""Messages (EML) and pages saved by a browser as one file (MHTML): the same envelope."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean, decode
from whoholds.sources.formats import Format, Origin
from whoholds.sources.records import Record, one_line, web_address
from whoholds.sources.stated import as_stated

LARGEST = 40_000_000
"""Bytes; pictures travel inside and are passed over."""
PARTS = 1_000


def _read(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    raw = file.read(LARGEST + 1)
    if not raw.strip():
        on_issue(Issue("empty", "the file is empty", origin.source))
        return
    try:
        message = message_from_bytes(raw, policy=policy.default)
        plain, html = _bodies(message)
    except (ValueError, LookupError, RecursionError, AttributeError, IndexError, TypeError) as error:
        # The standard library raises all of these on headers and parts that break the rules.
        text = f"not a message that can be taken apart ({type(error).__name__}); save it as text or HTML"
        on_issue(Issue("bad-message", text, origin.source, severity=Severity.ERROR))
        return
    if plain is None and html is None:
        message_text = "a message without text or HTML in it; nothing to read"
        on_issue(Issue("empty", message_text, origin.source))
        return
    address = _header(message, "Snapshot-Content-Location") or (_header(message, "Content-Location") if html else None)
    saved_page = address is not None
    yield Record(
        source=origin.source,
        label=origin.name,
        raw_hash=hashlib.sha256(raw).hexdigest(),
        # A message says the same in both; what was written to be read as text needs no guessing.
        text=None if plain is None or saved_page else clean(decode(plain, origin.source, on_issue), "", _ignore),
        html=decode(html, origin.source, on_issue) if html is not None and (plain is None or saved_page) else None,
        title=one_line(_header(message, "Subject") or ""),
        # The day a page was saved says nothing of when it was published.
        published=None if saved_page else as_stated(one_line(_header(message, "Date") or "")),
        outlet=None,
        url=web_address(address),
        lang=None,
    )


def _bodies(message: Message) -> tuple[bytes | None, bytes | None]:
    """The first plain text and the first HTML, as UTF-8 where the part's own character set is known."""
    found: dict[str, bytes] = {}
    for number, part in enumerate(message.walk()):
        if number > PARTS:
            break
        kind = part.get_content_type()
        if kind not in ("text/plain", "text/html") or kind in found or part.get_filename():
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            found[kind] = _utf8(payload, part.get_content_charset())
    return found.get("text/plain"), found.get("text/html")


def _utf8(payload: bytes, charset: str | None) -> bytes:
    try:
        return payload.decode(charset or "utf-8").encode("utf-8", "surrogatepass")
    except (LookupError, ValueError):
        return payload


def _header(message: Message, name: str) -> str | None:
    assert isinstance(message, EmailMessage)
    value = message.get(name)
    return str(value) if value is not None else None


def _ignore(issue: Issue) -> None:
    """`decode` has said what it assumed."""


FORMAT = Format("a message or saved page", (".eml", ".mht", ".mhtml"), _read, largest=LARGEST)
