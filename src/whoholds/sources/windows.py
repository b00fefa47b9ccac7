"""Windows of files of many records, so that several can read one file: from one record's beginning to another's."""

from __future__ import annotations

import io
import os
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
    """What readers take for a file of its own; fastwarc also asks where in it it is."""

    def __init__(self, file: BinaryIO, start: int, end: int | None) -> None:
        self._file, self._start = file, start
        self._length = (file.seek(0, os.SEEK_END) if end is None else end) - start
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._length}[whence]
        self._at = min(max(base + offset, 0), self._length)
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._start + self._at)
        part = self._file.read(min(len(buffer), self._length - self._at))
        buffer[: len(part)] = part
        self._at += len(part)
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
        counted = 0
        while (cut := block.find(b"\n", max(wanted - at - 1, 0)) + 1) and at + cut >= wanted:
            line, counted = line + block.count(b"\n", counted, cut), cut
            yield at + cut, line
            wanted = at + cut + size
        at, line = at + len(block), line + block.count(b"\n", counted)


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
