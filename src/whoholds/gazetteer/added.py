"""The gazetteers that a user added: copies of their files in the user's data folder, and the list of them.

The copies are kept as they came, so that another version of the program can read them anew. What was compiled from
them is in the cache folder and can be made again; this folder cannot.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from whoholds.errors import GazetteerError
from whoholds.gazetteer.names import slug_of
from whoholds.whole import written_whole

ENVIRONMENT = "WHOHOLDS_DATA"
"""Environment variable with the path of another folder."""
LIST = "gazetteers.json"
FORM = 1
_BLOCK = 1 << 20
_NAME = re.compile(r"[\w-]{1,60}\Z")
_TAKEN = ("geonames", "supplement", "country", "province", "region", "name")
"""What ids of other places begin with."""
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
MERGING = "2"
"""Raise it when what is taken from users' files changes: they are then read anew."""
SHORT = 12
"""Characters of a hash that stand in a file's name."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was added."""

    name: str
    """What the user calls it; part of the ids of its places where it is a list."""
    sha256: str
    """Of the file as it came."""
    origin: str
    """The name that the file had."""
    added: str
    """The day, as an ISO date."""
    country: str = ""
    """The country (alpha-3) that the user said all its rows are in; empty where not said."""

    @property
    def file(self) -> str:
        """The copy's name in the folder."""
        return f"{self.name}.{self.sha256[:SHORT]}"


@dataclass(frozen=True, slots=True)
class Added:
    """All that was added, in that order: an earlier source keeps its place where a later one has it too."""

    folder: Path | None
    """None where the user has no folder for data."""
    sources: tuple[Source, ...] = field(default=())

    @classmethod
    def load(cls, folder: Path | None = None) -> Added:
        """Reads the list in `folder`; the default is `data_folder()`. Raises GazetteerError where it is damaged."""
        folder = folder or data_folder()
        if folder is None:
            return cls(folder)
        path = folder / LIST
        try:
            if not path.is_file():
                return cls(folder)
            found = json.loads(path.read_text(encoding="utf-8"))
            if found["form"] != FORM:
                raise GazetteerError(f"{path} is of another version of whoholds: update the program")
            rows = tuple(Source(**row) for row in found["sources"])
            if not all(_NAME.match(row.name) and _SHA256.match(row.sha256) for row in rows):
                raise ValueError("a name or hash has an unknown form")
        except PermissionError as error:
            raise GazetteerError(f"{path} cannot be read ({error.strerror}): whose is the folder?") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise GazetteerError(
                f"{path} is damaged ({error}): delete it, then add the gazetteers that you need again"
            ) from error
        return cls(folder, rows)

    def chain(self, default: str) -> tuple[str, ...]:
        """Fingerprints of the default alone, of it with the first source, and so on to all of them."""
        found = [default]
        for source in self.sources:
            parts = (found[-1], source.name, source.sha256, source.country, MERGING)
            found.append(hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32])
        return tuple(found)

    def find(self, name: str) -> Source | None:
        return next((source for source in self.sources if source.name == name), None)

    def with_source(self, source: Source) -> Added:
        """This, with one more; it takes the place of one of the same name."""
        if self.find(source.name):
            return replace(self, sources=tuple(source if s.name == source.name else s for s in self.sources))
        return replace(self, sources=(*self.sources, source))

    def without(self, name: str) -> Added:
        return replace(self, sources=tuple(source for source in self.sources if source.name != name))

    def path(self, source: Source) -> Path:
        """Where the copy of a source lies."""
        return self._folder() / source.file

    def stage(
        self, path: Path, name: str = "", country: str = "", progress: Callable[[float], None] = lambda _: None
    ) -> Source:
        """Copies a file into the folder, whole or not at all. It is not listed yet: see `save`.

        `name` is the file's own, without what follows its first dot, where it is empty. Raises GazetteerError where
        the file cannot be read, or nothing can be written.
        """
        name = name or slug_of(path.name.partition(".")[0])
        if not _NAME.match(name) or name in _TAKEN:
            raise GazetteerError(
                f"{name!r} cannot be a gazetteer's name: give another (--name), of letters, digits, '-' and '_'"
            )
        folder = self._folder()
        part = None
        try:
            size = max(1, path.stat().st_size)
            with path.open("rb") as stream:
                folder.mkdir(parents=True, exist_ok=True)
                handle, part = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
                digest, done = hashlib.sha256(), 0
                with os.fdopen(handle, "wb") as copy:
                    while block := stream.read(_BLOCK):
                        digest.update(block)
                        copy.write(block)
                        done += len(block)
                        progress(min(1.0, done / size))
            source = Source(name, digest.hexdigest(), path.name, date.today().isoformat(), country)
            Path(part).replace(folder / source.file)
        except OSError as error:
            raise GazetteerError(f"{error.filename or path} cannot be copied: {error.strerror or error}") from error
        finally:
            if part is not None:
                Path(part).unlink(missing_ok=True)
        return source

    def save(self) -> None:
        """Writes the list, whole or not at all, and removes the copies that are not on it.

        Raises GazetteerError where that cannot be done.
        """
        folder = self._folder()
        content = {"form": FORM, "sources": [asdict(source) for source in self.sources]}
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with written_whole(folder / LIST) as part:
                part.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        except OSError as error:
            raise GazetteerError(f"{folder} cannot be written ({error}): set {ENVIRONMENT} to a folder") from error
        self.drop_unlisted()

    def drop_unlisted(self) -> None:
        """Removes copies that are on no list: of what was replaced, removed or refused."""
        kept = {source.file for source in self.sources}
        with contextlib.suppress(OSError):
            for path in self._folder().iterdir():
                name, _, ending = path.name.rpartition(".")
                if name and len(ending) == SHORT and _SHA256.match(ending.ljust(64, "0")) and path.name not in kept:
                    path.unlink(missing_ok=True)

    def _folder(self) -> Path:
        if self.folder is None:
            raise GazetteerError(f"you have no folder for data here: set {ENVIRONMENT} to one")
        return self.folder


def data_folder() -> Path | None:
    """The folder that WHOHOLDS_DATA names, else the user's data folder of this system; None where there is none."""
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    import platformdirs

    folder = platformdirs.user_data_path("whoholds", appauthor=False)
    return folder if folder.is_absolute() else None
