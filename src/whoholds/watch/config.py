"""The file that says what to watch (docs/watch.md)."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, field_validator, model_validator

from whoholds import settings
from whoholds.errors import InputError
from whoholds.settings import Strict
from whoholds.sources.inputs import is_address
from whoholds.sources.records import web_address

_LENGTH = re.compile(r"(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)", re.I)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def length(value: Any) -> timedelta:
    """ "90 s", "15 min", "1 h", "3 days" as a length of time. Raises ValueError."""
    match = _LENGTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if not match or not int(match[1]):
        raise ValueError(f"{value!r} is not a length of time; write for example 15 min, 1 h or 3 days")
    return timedelta(**{_UNITS[match[2][0].lower()]: int(match[1])})


Length = Annotated[timedelta, BeforeValidator(length)]


class Source(Strict):
    """One thing to watch: a web address or a path, never both."""

    url: str | None = None
    path: Path | None = None
    every: Length | None = None
    most: int = Field(default=50, ge=1, le=5_000)
    """Pages of a feed or sitemap fetched in one round."""

    @model_validator(mode="after")
    def _one(self) -> Source:
        if (self.url is None) == (self.path is None):
            raise ValueError("give either url or path")
        if self.url is not None and not (is_address(self.url) and web_address(self.url)):
            raise ValueError(f"{self.url!r} is not a web address")
        return self

    @property
    def name(self) -> str:
        return self.url or str(self.path)


class Share(Strict):
    """A map for others, written after each round, of what was known some time before."""

    map: Path
    delay: Length


class Config(Strict):
    """The whole file. Paths in it are taken from where the file is."""

    ledger: Path | str = Path("whoholds.db")
    """A file, or the address of a shared ledger (docs/ledger.md)."""
    every: Length = timedelta(minutes=15)
    private_network: bool = False
    sources: tuple[Source, ...] = Field(min_length=1)
    share: Share | None = None

    @field_validator("ledger")
    @classmethod
    def _place(cls, ledger: Path | str) -> Path | str:
        """An address stays one; a path, of which YAML makes a string, becomes a path."""
        return ledger if "://" in str(ledger) else Path(ledger)

    def interval(self, source: Source) -> timedelta:
        return source.every or self.every


def load(path: Path) -> Config:
    """The settings of a file; the folder of the shared map is made. Raises InputError naming the file and the place."""
    config = settings.load(path, Config, "the file that says what to watch (docs/watch.md shows a whole one)")
    config = _from_here(config, path.resolve().parent)
    if config.share:
        try:
            config.share.map.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"{path}: share, map: {config.share.map.parent} cannot be made ({error.strerror})"
            ) from error
    return config


def _from_here(config: Config, folder: Path) -> Config:
    sources = tuple(s.model_copy(update={"path": folder / s.path}) if s.path else s for s in config.sources)
    share = config.share and config.share.model_copy(update={"map": folder / config.share.map})
    ledger = folder / config.ledger if isinstance(config.ledger, Path) else config.ledger
    return config.model_copy(update={"ledger": ledger, "sources": sources, "share": share})
