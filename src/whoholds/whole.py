"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path, suffix: str = ".part") -> Iterator[Path]:
    """A new, empty file beside `path`, which takes its name once the block ends without an error.

    Until then, what stood at `path` stays; its permissions are kept. A link is followed, so that the file it points
    to is replaced. `suffix` is the new file's, for writers that go by it. Raises OSError where the folder cannot be
    written to.
    """
    path = path.resolve()
    # A name may have 255 bytes, and characters have up to four each.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=suffix)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
