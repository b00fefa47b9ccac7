"""Telegram's export of a channel (`result.json`): each message with words is a report."""

from __future__ import annotations

import hashlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Any, BinaryIO

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean
from whoholds.sources.formats import Format, Origin
from whoholds.sources.records import Record, one_line

MAX_WORDS = 5_000_000
DEPTH = 50
# Where the chats of a full export stand, and the messages and names in those or in an export of one.
_LISTED = (["chats", "list", ""], ["left_chats", "list", ""])
_CHATS = (["messages"], *([*chat, "messages"] for chat in _LISTED))
_NAMES = (["name"], *([*chat, "name"] for chat in _LISTED))
_VALUES = ("null", "boolean", "number", "string")


def _read(file: BinaryIO, origin: Origin, on_issue: OnIssue) -> Iterator[Record]:
    import ijson

    name: str | None = None
    number = words = none = 0
    if file.read(len(BOM_UTF8)) != BOM_UTF8:
        file.seek(0)
    try:
        for found, value in _parts(file):
            if found == "name":
                name = one_line(value) if value else None
                continue
            number += 1
            if not _readable(value):
                none += 1
                message = "not a message that can be read; passed over"
                on_issue(Issue("bad-record", message, origin.source, f"message {number}", Severity.ERROR))
                continue
            record = _message(value, number, name, origin)
            if record:
                words += 1
                yield record
    except (ijson.JSONError, UnicodeDecodeError, RecursionError, ValueError) as error:
        message = f"not JSON that can be read ({str(error).splitlines()[0][:100]})"
        where = f"after message {number}" if number else ""
        on_issue(Issue("bad-json", message, origin.source, where, Severity.ERROR))
        return
    if not number:
        message = "no messages in it: of JSON files only Telegram's exports are read; give one record a line, as .jsonl"
        on_issue(Issue("bad-json", message, origin.source, severity=Severity.ERROR))
    elif words < number:
        message = f"{number:,} messages: {words:,} with words, {number - words - none:,} without (pictures, notices)"
        message += f", {none:,} not readable" if none else ""
        on_issue(Issue("archive", message, origin.source, severity=Severity.NOTE))


def _parts(file: BinaryIO) -> Iterator[tuple[str, Any]]:
    """The channel's name, and its messages one at a time, however large the file; of a full export, every chat's.

    A chat begins with the name None: not all have one, and what is said in it is not the channel's before. What stands
    among the messages and is no object is given as it is.

    Raises ValueError on what is nested deeper than any message: ijson's own paths would take memory by its square.
    """
    import ijson
    from ijson.common import ObjectBuilder

    builder: ObjectBuilder | None = None
    path: list[str] = []  # the key of each object around, "" for a list
    for event, value in ijson.basic_parse(file, use_float=True):
        if event == "map_key" and path:
            path[-1] = value
        elif event in ("start_map", "start_array"):
            if builder is None and path in _LISTED:
                yield "name", None
            if builder is None and path[:-1] in _CHATS and path[-1:] == [""]:
                if event == "start_map":
                    builder = ObjectBuilder()
                else:
                    yield "message", None
            path.append("")
            if len(path) > DEPTH:
                raise ValueError(f"nested deeper than {DEPTH} levels")
        if builder is not None:
            builder.event(event, value)
        elif event == "string" and path in _NAMES:
            yield "name", value
        elif event in _VALUES and path[:-1] in _CHATS and not path[-1]:
            yield "message", value
        if event in ("end_map", "end_array"):
            path.pop()
            if builder is not None and path[:-1] in _CHATS:
                yield "message", builder.value
                builder = None


def _readable(message: Any) -> bool:
    """Whether it is a message at all, and its text one: a string or a list."""
    return isinstance(message, dict) and isinstance(message.get("text"), str | list | None)


def _message(message: dict[str, Any], number: int, channel: str | None, origin: Origin) -> Record | None:
    if message.get("type") != "message":
        return None
    text = _words(message.get("text")).strip()
    if not text:
        return None
    key = message.get("id")
    label = f"{channel or origin.name}/{key}" if isinstance(key, int | str) else f"{origin.name}:{number}"
    sender = message.get("forwarded_from") or message.get("from") or channel
    day = message.get("date")
    return Record(
        source=origin.at(f"message {number}"),
        label=one_line(label) or f"{origin.name}:{number}",
        raw_hash=hashlib.sha256(f"{label}\x1f{day}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest(),
        text=clean(text[:MAX_WORDS], origin.source, _ignore),
        html=None,
        title=None,
        published=None if day is None else one_line(str(day)[:10]),
        outlet=one_line(str(sender or "")),
        url=None,
        lang=None,
    )


def _words(value: Any) -> str:
    """Text is a string, or a list of strings and of stretches with a style."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return ""
    return "".join(part if isinstance(part, str) else str(part.get("text") or "")
                   for part in value if isinstance(part, str | dict))  # fmt: skip


def _ignore(issue: Issue) -> None:
    """Control characters in a message are not worth a line each."""


FORMAT = Format("a Telegram export", (".json",), _read, many=True)
