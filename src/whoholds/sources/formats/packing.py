"""HTTP bodies as they were sent → as they were meant, never more than asked for."""

from __future__ import annotations

import zlib


class PackingError(Exception):
    """A body that cannot be unpacked; the message says why."""


def unpack(raw: bytes, encoding: str, most: int, *, whole: bool = True) -> bytes:
    """`raw` without its content encoding, at most `most` bytes and one more: a small body may hold a terabyte of zeros.

    `whole`: a body that ends before what was packed does is damaged; without, what there is of it is given. Raises
    `PackingError` for an encoding that is not known, or a damaged body.
    """
    encoding = encoding.strip().lower()
    if not raw or encoding in ("", "identity", "none", "utf-8"):
        return raw
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise PackingError(f"packed as {encoding[:20]!r}, which is not read")
    if encoding != "deflate" and not raw.startswith(b"\x1f\x8b"):
        return raw  # stored unpacked, with the header as it came
    for bits in (31,) if encoding != "deflate" else (15, -15):
        try:
            unpacker = zlib.decompressobj(bits)
            found = unpacker.decompress(raw, most + 1)
        except zlib.error:
            continue
        if whole and not unpacker.eof and len(found) <= most:
            raise PackingError(f"its {encoding} is cut off")
        return found
    raise PackingError(f"its {encoding} is damaged")
