"""Files of places, zipped or not, as lines of bytes. What they say of themselves is not trusted: all is bounded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from whoholds.errors import GazetteerError
from whoholds.sources.decode import kind_of_binary

MAX_LINE = 1 << 16
"""Bytes. GeoNames' longest lines have 12,000."""
MAX_UNPACKED = 16 << 30
"""Bytes: ten times the largest file of GeoNames."""
MAX_RATIO = 40
"""Unpacked over packed, for archives that unpack to more than `FREE`. Lists of places reach 5."""
FREE = 64 << 20
_HEAD = 4096
_ZIP = b"PK\x03\x04"
_TEXT = (".txt", ".csv", ".tsv")


class Lines:
    """The lines of a file, or of the one text in a ZIP archive. Use it as a context manager.

    Iterating gives (number from 1, bytes without the line's end), and None for a line of more than MAX_LINE bytes.
    Raises GazetteerError where the file is no such file, or not to be trusted.
    """

    def __init__(self, path: Path, origin: str) -> None:
        """`origin` is the file's name for messages."""
        self._origin = origin
        self._archive: zipfile.ZipFile | None = None
        self._done = 0
        try:
            with path.open("rb") as stream:
                zipped = stream.read(len(_ZIP)) == _ZIP
            raw = self._member(path) if zipped else path.open("rb")
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise GazetteerError(f"{origin} cannot be read: {error}") from error
        except GazetteerError:
            if self._archive:
                self._archive.close()
            raise
        self._size = self._unpacked if zipped else max(1, path.stat().st_size)
        self._stream = (
            io.BufferedReader(cast("io.RawIOBase", raw), 1 << 20) if zipped else cast("io.BufferedReader", raw)
        )

    def _member(self, path: Path) -> IO[bytes]:
        self._archive = zipfile.ZipFile(path)
        texts = [
            entry
            for entry in self._archive.infolist()
            if entry.filename.lower().endswith(_TEXT) and "readme" not in entry.filename.lower()
        ]
        if len(texts) != 1:
            found = ", ".join(entry.filename for entry in texts[:5]) or "none"
            raise GazetteerError(f"{self._origin}: one .txt or .csv file is wanted in the archive, found: {found}")
        (entry,) = texts
        if entry.flag_bits & 1:
            raise GazetteerError(f"{self._origin} is locked with a password: unpack it first")
        self._unpacked = max(1, entry.file_size)
        packed = max(1, entry.compress_size)
        if self._unpacked > MAX_UNPACKED or (self._unpacked > FREE and self._unpacked > MAX_RATIO * packed):
            raise GazetteerError(
                f"{self._origin} is refused: it unpacks from {packed:,} to {self._unpacked:,} bytes, as no list of"
                " places does"
            )
        # Reading stops at the size that the archive states, even where it lies.
        return self._archive.open(entry)

    def __enter__(self) -> Self:
        try:
            self._check_head()
        except GazetteerError:
            self.close()
            raise
        return self

    def _check_head(self) -> None:
        try:
            head = self._stream.peek(_HEAD)[:_HEAD]
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            raise GazetteerError(f"{self._origin} is damaged: {error}") from error
        if not head.strip():
            raise GazetteerError(f"{self._origin} is empty")
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise GazetteerError(f"{self._origin} is in UTF-16: save it as UTF-8")
        kind = kind_of_binary(head)
        if kind or head.count(0) > len(head) // 100:
            raise GazetteerError(f"{self._origin} is {kind or 'not a text'}: a text file is wanted")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._stream.close()
        if self._archive:
            self._archive.close()

    @property
    def share(self) -> float:
        """How much has been read, 0 to 1."""
        return min(1.0, self._done / self._size)

    def head(self) -> bytes:
        """The start of the file, without reading on."""
        return self._stream.peek(_HEAD)

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        number = 0
        try:
            while line := self._stream.readline(MAX_LINE):
                number += 1
                self._done += len(line)
                if len(line) < MAX_LINE or line.endswith(b"\n"):
                    yield number, line.rstrip(b"\r\n")
                    continue
                while line and not line.endswith(b"\n"):
                    line = self._stream.readline(MAX_LINE)
                    self._done += len(line)
                yield number, None
        except (OSError, zipfile.BadZipFile, EOFError, ValueError) as error:
            # A truncated archive or a wrong checksum; ValueError comes of zlib's.
            raise GazetteerError(f"{self._origin} is damaged at line {number + 1}: {error}") from error


def text_of(line: bytes | None) -> str | None:
    """The line as text; None where it is too long, holds NUL bytes or is not UTF-8 (see `fault_of`)."""
    if line is None or b"\0" in line:
        return None
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return None


def fault_of(line: bytes | None) -> tuple[str, str]:
    """Code and message for a line that `text_of` gives no text for."""
    if line is None:
        return "long-line", f"longer than {MAX_LINE:,} bytes"
    if b"\0" in line:
        return "nul", "holds NUL bytes"
    return "encoding", "is not UTF-8"
