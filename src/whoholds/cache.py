"""The folder for what can be made again, and small files of data in it.

What is found there is never trusted further than its hash, and is data (JSON), never code.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.whole import written_whole

ENVIRONMENT = "WHOHOLDS_CACHE"
"""Environment variable with the path of another folder."""
FORM = b"1"
"""Raised when the same source would be kept in another form."""


def cache_folder() -> Path:
    """The folder that WHOHOLDS_CACHE names, else the user's cache folder of this system, else a temporary one."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    import platformdirs

    folder = platformdirs.user_cache_path("whoholds", appauthor=False)
    # Without HOME and an entry in the user database "~" stays as it is; no such folder should appear here.
    return folder if folder.is_absolute() else temporary_folder()


def temporary_folder() -> Path:
    """A folder of our own among the temporary files, kept between runs where nobody else made it first.

    Raises OSError where none can be made.
    """
    user = getattr(os, "getuid", lambda: "user")()
    folder = Path(tempfile.gettempdir()) / f"whoholds-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and (folder.is_symlink() or folder.stat().st_uid != os.getuid()):
        return Path(tempfile.mkdtemp(prefix="whoholds-"))
    return folder


def kept(name: str, source: bytes, make: Callable[[], Any]) -> Any:
    """What `make` makes of `source`, kept as `name` in the cache folder and made again where `source` has changed.

    For plain data: dicts with text keys, lists, text, numbers, days. The file begins with the hash of its source and
    of itself, and is replaced whole. Where it cannot be read or written, `make` is called; nothing is said of it.
    """
    key = hashlib.sha256(FORM + b"\0" + source).hexdigest().encode()
    path = None
    with contextlib.suppress(OSError, ValueError):
        path = cache_folder() / name
        found, itself, content = path.read_bytes().split(b"\n", 2)
        if found == key and itself == _digest(content):
            return json.loads(content, object_hook=_day)
    made = make()
    if path is not None:
        with contextlib.suppress(OSError, TypeError, ValueError):
            _write(path, key, json.dumps(made, default=_plain, separators=(",", ":")).encode())
    return made


def _write(path: Path, key: bytes, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as part:
        part.write_bytes(b"\n".join((key, _digest(content), content)))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _plain(value: object) -> dict[str, str]:
    if type(value) is date:
        return {"day": value.isoformat()}
    raise TypeError(f"{type(value).__name__} is no plain data")


def _day(value: dict[str, Any]) -> Any:
    return date.fromisoformat(value["day"]) if value.keys() == {"day"} else value
