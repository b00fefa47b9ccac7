"""Windows of files of many records, so that several can read one file: from one record's beginning to another's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

JSONL = (".jsonl", ".ndjson")
WARC = (".warc", ".warc.gz")
_BLOCK = 1 << 20
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_BEGINNINGS = (b"\x1f\x8b", b"WARC")


@dataclass(frozen=True, slots=True)
class Window:
    """From the byte `start` up to `end` (None: to the end of the file); `first` is the number of its first record."""

    start: int = 0
    end: int | None = None
    first: int = 1

    def of(self, file: BinaryIO) -> BinaryIO:
        """The window of an open file; the file itself where it is the whole."""
        if self.end is None and not self.start:
            return file
        return cast("BinaryIO", io.BufferedReader(_Stream(file, self.start, self.end), _BLOCK))


WHOLE = Window()


class _Stream(io.RawIOBase):
    def __init__(self, file: BinaryIO, start: int, end: int | None) -> None:
        self._file, self._left = file, None if end is None else end - start
        file.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        part = self._file.read(len(buffer) if self._left is None else min(len(buffer), self._left))
        buffer[: len(part)] = part
        if self._left is not None:
            self._left -= len(part)
        return len(part)


def windows(path: str, size: int) -> list[Window]:
    """A file in windows of about `size` bytes; one for the whole where it is smaller or cannot be cut.

    JSON lines are cut at line ends; web archives between records, where each is packed by itself as the standard asks.
    Raises OSError.
    """
    name = path.lower()
    if not name.endswith((*JSONL, *WARC)) or Path(path).stat().st_size <= size * 1.5:
        return [WHOLE]
    with Path(path).open("rb") as file:
        cuts = list(_lines(file, size) if name.endswith(JSONL) else _records(file, size))
    starts = [(0, 1), *cuts]
    ends: list[int | None] = [*(start for start, _ in cuts), None]
    return [Window(start, end, first) for (start, first), end in zip(starts, ends, strict=True)]


def _lines(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Where windows begin, and the number of the line there."""
    if file.read(2) in _WIDE:
        return
    file.seek(0)
    at, line, wanted = 0, 1, size
    while block := file.read(_BLOCK):
        end = block.find(b"\n", max(wanted - at, 0)) + 1 if wanted < at + len(block) else 0
        if end and at + end >= wanted:
            yield at + end, line + block.count(b"\n", 0, end)
            wanted = at + end + size
        at, line = at + len(block), line + block.count(b"\n")


def _records(file: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Where windows begin, and the number of the record there. What follows a damaged place is one window with it."""
    from fastwarc import ArchiveIterator

    wanted = size
    with Path(file.name).open("rb") as look:
        records = enumerate(ArchiveIterator(cast("Any", file), parse_http=False), 1)
        while True:
            try:
                number, record = next(records)
            except Exception:  # also StopIteration; what is damaged is told of when it is read
                return
            at = record.stream_pos
            if at < wanted:
                continue
            look.seek(at)
            if look.read(4).startswith(_BEGINNINGS):
                yield at, number
                wanted = at + size
