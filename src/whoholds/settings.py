"""Files in YAML that a user writes, read into typed settings: every fault is told with its file and its place in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from whoholds.errors import InputError

LARGEST = 1_000_000
"""Bytes of such a file."""
MOST_FAULTS = 20
"""Faults that are told at once."""


class Strict(BaseModel):
    """Settings in which a name that is not known is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Settings = TypeVar("Settings", bound=BaseModel)


def load(path: Path, kind: type[Settings], what: str) -> Settings:
    """The settings of a file. `what`: for people, what the file is and where that is told.

    Raises InputError naming the file, the place in it and what to do.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); give {what}") from error
    if len(raw) > LARGEST:
        raise InputError(f"{path}: too large for a file of settings (at most 1 MB)")
    return parse(raw, str(path), kind, what)


def parse(raw: bytes | str, name: str, kind: type[Settings], what: str) -> Settings:
    """As `load`, of what stands in a file."""
    try:
        data = yaml.safe_load(raw)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise InputError(f"{name}{where}: not YAML ({getattr(error, 'problem', None) or error})") from error
    if not isinstance(data, dict):
        raise InputError(f"{name}: expected settings, names with values; give {what}")
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        lines = [f"{name}: {_where(e['loc'])}{_words(e)}" for e in error.errors()[:MOST_FAULTS]]
        raise InputError("\n".join(lines)) from error


def _where(place: tuple[int | str, ...]) -> str:
    """ "sources, entry 2, url: " """
    parts = [f"entry {part + 1}" if isinstance(part, int) else part for part in place]
    return f"{', '.join(parts)}: " if parts else ""


def _words(error: Any) -> str:
    known = {
        "extra_forbidden": "there is no such setting; check its name",
        "missing": "is missing",
        "too_short": "give at least one",
        "tuple_type": "give a list",
        "list_type": "give a list",
    }
    message = str(error["msg"]).removeprefix("Value error, ")
    return known.get(error["type"], message[:1].lower() + message[1:])
