"""The records of a web archive, one after the other, also past places that are damaged.

A record whose length is wrong, or whose gzip member is broken, makes everything behind it unreadable to a reader that
only goes forward; here the next record that begins is looked for, and it goes on from there.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from whoholds.sources.windows import Window

if TYPE_CHECKING:
    from fastwarc import WarcRecord

_BLOCK = 1 << 20
_GZIP, _PLAIN = b"\x1f\x8b\x08", b"\nWARC/1."
_HEAD = 2_048
"""Packed bytes of a gzip member from which it shows whether a record begins in it."""


class Damage(Exception):  # noqa: N818 (yielded, not raised)
    """A place that cannot be read, from the byte `start` up to `end` (None: to the end of the file)."""

    def __init__(self, start: int, end: int | None, reason: str) -> None:
        super().__init__(reason)
        self.start, self.end = start, end


def records(file: BinaryIO) -> Iterator[WarcRecord | Damage]:
    """Every record of a stream of an archive, and each damaged place between them."""
    from fastwarc import ArchiveIterator

    start, last, hurt = 0, -1, ""
    while True:
        # A stream of its own each time; fastwarc has read ahead in the one before.
        stream = Window(start).of(file)
        iterator = iter(ArchiveIterator(cast("Any", stream), parse_http=True))
        error = ""
        while True:
            try:
                record = next(iterator)
            except StopIteration:
                break
            except BaseException as fault:
                if not is_fault(fault):
                    raise
                error = f"{type(fault).__name__}: {str(fault)[:80]}"
                break
            if hurt:
                yield Damage(last + 1, start, hurt)
                hurt = ""
            last = start + record.stream_pos
            yield record
        hurt = hurt or error
        after = max(last, start if error and last < start else -1) + 1
        found = _beginning(file, after) if error or _is_packed(file) else None
        if found is None:
            if hurt:
                yield Damage(last + 1, None, hurt)
            return
        hurt = hurt or "the archive seemed to end here"
        start = found


def is_fault(error: BaseException) -> bool:
    """Whether an error is one of the archive. What goes wrong inside fastwarc may come as a panic of its language."""
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def _is_packed(file: BinaryIO) -> bool:
    if not file.seekable():
        return False
    file.seek(0)
    return file.read(len(_GZIP)) == _GZIP


def _beginning(file: BinaryIO, after: int) -> int | None:
    """Where the next record begins, at `after` or behind it."""
    if not file.seekable():
        return None
    sign = _GZIP if _is_packed(file) else _PLAIN
    at = max(after - 1, 0)
    file.seek(at)
    kept = b""
    while block := file.read(_BLOCK):
        held = kept + block
        base, found = at - len(kept), held.find(sign)
        while found >= 0:
            place = base + found + (1 if sign is _PLAIN else 0)
            if place >= after and (sign is _PLAIN or _holds_record(file, place)):
                return place
            found = held.find(sign, found + 1)
        at += len(block)
        file.seek(at)
        kept = held[-(len(sign) - 1) :]
    return None


def _holds_record(file: BinaryIO, place: int) -> bool:
    file.seek(place)
    try:
        return zlib.decompressobj(31).decompress(file.read(_HEAD), 16).startswith(b"WARC/")
    except zlib.error:
        return False
