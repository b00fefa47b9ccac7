"""What is read, divided into parts: the same inputs give the same parts, whoever reads them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from whoholds.errors import InputError
from whoholds.model import Issue
from whoholds.sources.inputs import STDIN, find, is_address
from whoholds.sources.windows import WHOLE, Window, windows
from whoholds.whole import written_whole

LARGEST, SMALLEST = 64_000_000, 250_000
"""Bytes of a part, about."""
PARTS = 64
"""As many parts as there are, at the least, unless they would be smaller than `SMALLEST`."""
FILES = 2_000
"""Files in one part, at the most."""
PLAN, MANIFEST = "plan.json", "manifest.json"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a window of one."""

    path: str
    """Absolute: another machine works in another folder."""
    name: str
    """As the user named it: what is stored of where a report came from."""
    window: Window = WHOLE


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """All that a part depends on beside its pieces."""

    folder: str
    """Where the results go; every machine reaches it under this path."""
    made_by: str
    """Version of program, cues, lexicon, gazetteer and weights (`pipeline.Reader.made_by`)."""
    columns: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    key: str = ""
    """Hash of the plan."""


@dataclass(frozen=True, slots=True)
class Plan:
    job: Job
    parts: tuple[Part, ...]
    issues: tuple[Issue, ...]
    """What was passed over in the inputs themselves."""


def plan(inputs: Sequence[str], job: Job, size: int | None = None) -> Plan:
    """The parts of about `size` bytes each, in the order of the inputs; `job` gets its key.

    Raises InputError where an input does not exist, or is no file: standard input and the web are in one place only.
    """
    found = find(inputs)
    if elsewhere := [path for path in found.paths if path == STDIN or is_address(path)]:
        raise InputError(f"{elsewhere[0]}: only files can be read in parts. Save it first, or leave out --to.")
    sizes = [(path, _size(path)) for path in found.paths]
    total = sum(number for _, number in sizes)
    wanted = size or min(max(total // PARTS, SMALLEST), LARGEST)
    parts: list[Part] = []
    pieces: list[Piece] = []
    room = wanted
    for path, number in sizes:
        for window in _windows(path, wanted):
            end = number if window.end is None else window.end
            if pieces and (room < end - window.start or len(pieces) >= FILES):
                parts.append(_part(parts, pieces))
                pieces, room = [], wanted
            pieces.append(Piece(str(Path(path).absolute()), path, window))
            room -= end - window.start
    if pieces:
        parts.append(_part(parts, pieces))
    made = Plan(job, tuple(parts), tuple(found.issues))
    key = hashlib.sha256(json.dumps(record(made), sort_keys=True).encode()).hexdigest()[:16]
    return Plan(Job(job.folder, job.made_by, job.columns, job.today, key), made.parts, made.issues)


def record(made: Plan) -> dict[str, Any]:
    """What the folder remembers of a plan."""
    return {
        "program": f"whoholds {version('whoholds')}",
        "made_by": made.job.made_by,
        "columns": dict(made.job.columns),
        "today": made.job.today.isoformat() if made.job.today else None,
        "parts": [
            {
                "name": part.name,
                "pieces": [
                    [p.path, p.name, _size(p.path), p.window.start, p.window.end, p.window.first] for p in part.pieces
                ],
            }
            for part in made.parts
        ],
        "issues": [asdict(issue) for issue in made.issues],
    }


def keep(made: Plan) -> None:
    """Write the plan into its folder, or see that it is the one that is there.

    Raises InputError where the folder is of another plan, or cannot be written to.
    """
    folder = Path(made.job.folder)
    path = folder / PLAN
    text = json.dumps(record(made), indent=1, ensure_ascii=True) + "\n"
    try:
        if path.exists():
            if path.read_text(encoding="utf-8") == text:
                return
            raise InputError(
                f"{folder}: this folder holds other inputs, or what another version read. Name a new folder with --to."
            )
        if folder.exists() and any(folder.iterdir()):
            raise InputError(f"{folder}: there are other files in this folder. Name a new one with --to.")
        folder.mkdir(parents=True, exist_ok=True)
        with written_whole(path) as part:
            part.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{folder} cannot be written to ({error.strerror}). Name another folder with --to.") from error


def _part(parts: list[Part], pieces: list[Piece]) -> Part:
    return Part(f"part-{len(parts):05}", tuple(pieces))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0  # whoever reads it says what is wrong


def _windows(path: str, size: int) -> list[Window]:
    try:
        return windows(path, size)
    except OSError:
        return [WHOLE]
