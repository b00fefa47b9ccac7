"""Messages (EML) and pages saved by a browser as one file (MHTML): the same envelope."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage, Message
from itertools import islice
from typing import BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean, decode
from whoholds.sources.formats import Format, Origin
from whoholds.sources.records import Record, one_line, web_address
from whoholds.sources.stated import as_stated

LARGEST = 40_000_000
"""Bytes; pictures travel inside and are passed over."""
PARTS = 1_000
MESSAGES = 100
"""Messages inside one message that are read, however deep."""
_NAMED = 10
"""Attachments that are named."""
_BODIES = ("text/plain", "text/html")
_MESSAGE = "message/rfc822"
_HOLDS_MESSAGES = re.compile(rb"message/rfc822|multipart/digest", re.I)
# The standard library raises all of these on headers and parts that break the rules.
_BROKEN = (ValueError, LookupError, RecursionError, AttributeError, TypeError)


def _read(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    raw = file.read(LARGEST + 1)
    if not raw.strip():
        on_issue(Issue("empty", "the file is empty", origin.source))
        return
    try:
        message = message_from_bytes(raw, policy=policy.default)
        parts = list(islice(_parts(message), PARTS))
        plain, html = _bodies(parts)
    except _BROKEN as error:
        text = f"not a message that can be taken apart ({type(error).__name__}); save it as text or HTML"
        on_issue(Issue("bad-message", text, origin.source, severity=Severity.ERROR))
        return
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in parts for defect in part.defects):
        cut = "it ends in the middle: its last part may not be whole, and what stood behind it is missing"
        on_issue(Issue("cut-off", cut, origin.source))
    address = _header(message, "Snapshot-Content-Location") or (_header(message, "Content-Location") if html else None)
    saved_page = address is not None
    if not saved_page:
        _attachments(parts, origin, on_issue)
    if plain is None and html is None:
        if not any(part.get_content_type() == _MESSAGE for part in parts):
            message_text = "a message without text or HTML in it; nothing to read"
            on_issue(Issue("empty", message_text, origin.source))
        return
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


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a message in their order, messages inside it as a whole: what they say is theirs."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        yield part
        if part.get_content_maintype() != "message":
            waiting += reversed(_within(part))


def _within(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _is_body(part: Message) -> bool:
    disposition = part.get_content_disposition()
    return part.get_content_type() in _BODIES and disposition != "attachment" and not part.get_filename()


def _bodies(parts: list[Message]) -> tuple[bytes | None, bytes | None]:
    """The plain text and the first HTML, as UTF-8 where the part's own character set is known.

    Text may come in several parts, with the pictures that it tells of between them.
    """
    texts: list[bytes] = []
    html: bytes | None = None
    for part in filter(_is_body, parts):
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        body = _utf8(payload, part.get_content_charset())
        if part.get_content_subtype() == "plain":
            texts.append(body)
        elif html is None:
            html = body
    return b"\n\n".join(texts) or None, html


def _attachments(parts: list[Message], origin: Origin, on_issue: OnIssue) -> None:
    """Say which parts of a message are not read."""
    names: list[str] = []
    pages = 0
    for part in parts:
        kind = part.get_content_type()
        if kind == _MESSAGE or part.get_content_maintype() == "multipart":
            continue
        if _is_body(part):
            pages += kind == "text/html"
            if kind != "text/html" or pages == 1:
                continue
        names.append(one_line(part.get_filename() or "", 60) or kind)
    if names:
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        message = f"not read of this message: {', '.join(names[:_NAMED])}{more}"
        on_issue(Issue("attachments", message, origin.source, severity=Severity.NOTE))


def _inside(raw: bytes, origin: Origin, on_issue: OnIssue) -> Iterator[bytes]:
    """The messages that a message was sent with, at any depth: each is a report with its own date."""
    if not _HOLDS_MESSAGES.search(raw):
        return
    number, size = 0, 0
    try:
        # The older policy looks into no header that it is not asked for, and writes them as they were.
        message = message_from_bytes(raw, policy=policy.compat32)
        for inner in (x for part in message.walk() if part.get_content_type() == _MESSAGE for x in _within(part)):
            found = inner.as_bytes()
            size += len(found)  # one inside the other counts again
            if number == MESSAGES or size > LARGEST:
                on_issue(Issue("cut-short", f"only {number} of the messages inside it are read", origin.source))
                return
            number += 1
            yield found
    except _BROKEN as error:
        text = f"the messages inside it cannot be taken apart ({type(error).__name__}); save them as files"
        on_issue(Issue("bad-message", text, origin.source, f"after message {number}", Severity.ERROR))


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


FORMAT = Format("a message or saved page", (".eml", ".mht", ".mhtml"), _read, largest=LARGEST, inside=_inside)
