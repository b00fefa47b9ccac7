"""HTTP bodies as they were sent → as they were meant, never more than asked for."""

from __future__ import annotations

import zlib


class PackingError(Exception):
    """A body that cannot be unpacked; the message says why."""


def unpack(raw: bytes, encoding: str, most: int) -> bytes:
    """`raw` without its content encoding, at most `most` bytes and one more: a small body may hold a terabyte of zeros.

    Raises `PackingError` for an encoding that is not known, or a damaged body.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity", "none", "utf-8"):
        return raw
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise PackingError(f"packed as {encoding[:20]!r}, which is not read")
    if encoding != "deflate" and not raw.startswith(b"\x1f\x8b"):
        return raw  # stored unpacked, with the header as it came
    for bits in (31,) if encoding != "deflate" else (15, -15):
        try:
            return zlib.decompressobj(bits).decompress(raw, most + 1)
        except zlib.error:
            continue
    raise PackingError(f"its {encoding} is damaged")
