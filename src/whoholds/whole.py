"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_OPEN = re.compile(r"/dev/(?:std(in|out|err)|fd/(\d+))|/proc/self/fd/(\d+)")


@contextmanager
def written_whole(path: Path, suffix: str = ".part") -> Iterator[Path]:
    """A new, empty file, which takes the name `path` once the block ends without an error.

    Until then, what stood at `path` stays; its permissions are kept. A link is followed, so that the file it points
    to is replaced. A pipe, a device and a file that the caller has open (`is_stream`) get the content instead: they
    must stay what they are. `suffix` is the new file's, for writers that go by it. Raises OSError where the folder
    cannot be written to.
    """
    if is_stream(path):
        with tempfile.TemporaryDirectory() as folder:
            part = Path(folder) / f"whole{suffix}"
            part.touch()
            yield part
            _pour(part, path)
        return
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


def is_stream(path: Path) -> bool:
    """Whether it is a pipe, a terminal or another device, or one of the caller's open files, such as /dev/stdout."""
    return _opened(path) is not None or (path.exists() and not path.is_file() and not path.is_dir())


def _opened(path: Path) -> int | None:
    found = _OPEN.fullmatch(str(path))
    if not found:
        return None
    name, *numbers = found.groups()
    return ("in", "out", "err").index(name) if name else int(next(filter(None, numbers)))


def _pour(part: Path, path: Path) -> None:
    opened = _opened(path)
    # Opened by its name, a file would be cut to nothing, and what `>>` shall add to would be gone.
    out = path.open("wb") if opened is None else os.fdopen(os.dup(opened), "wb")
    with suppress(BrokenPipeError), out, part.open("rb") as made:  # a reader that has enough is no error
        shutil.copyfileobj(made, out)


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
