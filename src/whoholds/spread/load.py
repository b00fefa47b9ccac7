"""What was read in parts → readings, as the reader gave them: a ledger of them equals one that did the reading."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from whoholds.errors import InputError, WhoholdsError
from whoholds.ledger.codec import claim_from_json, decode
from whoholds.model import Issue, Report
from whoholds.pipeline import Reading
from whoholds.sources.labels import Labels
from whoholds.spread.part import ISSUES_IN, READINGS_IN
from whoholds.spread.plan import MANIFEST, PLAN

ROWS = 64
"""Rows in memory at a time; each has the text of a report."""


def readings(folder: Path, on_issue: Callable[[Issue], None]) -> Iterator[Reading]:
    """Every reading of a finished folder, in the order of the inputs; the faults of the inputs go to `on_issue`.

    Raises InputError where the folder holds none, or not all of its parts.
    """
    manifest, labels = _manifest(folder), Labels(on_issue)
    plan = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    for issue in plan["issues"]:
        on_issue(decode(Issue, issue))
    for part in manifest["parts"]:
        for name, file in part["files"].items():
            if not (folder / name).is_file() or (folder / name).stat().st_size != file["bytes"]:
                raise InputError(f"{folder}: {name} is missing or not whole. Read the inputs into this folder again.")
        for reading in _rows(folder / READINGS_IN / f"{part['part']}.parquet"):
            labels.note(reading.report)
            yield reading
        lines = (folder / ISSUES_IN / f"{part['part']}.jsonl").read_text(encoding="utf-8").splitlines()
        for line in lines:
            on_issue(decode(Issue, json.loads(line)))


def is_folder(path: Path) -> bool:
    """Whether a folder was written by `run`, finished or not."""
    return (path / PLAN).is_file()


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        why = "it is not finished; give the command that wrote it again" if is_folder(folder) else "it has no manifest"
        raise InputError(f"{folder}: there is nothing to load from it: {why}.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{folder}: its {MANIFEST} cannot be read ({error}).") from error
    return found


def _rows(path: Path) -> Iterator[Reading]:
    try:
        from pyarrow import parquet
    except ImportError:
        raise WhoholdsError("Parquet needs pyarrow. Install it with: pip install 'whoholds[tables]'") from None
    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(ROWS):
            for row in batch.to_pylist():
                yield Reading(
                    replace(decode(Report, json.loads(row["report"])), text=row["text"]),
                    tuple(claim_from_json(line) for line in row["claims"]),
                    issues=tuple(decode(Issue, issue) for issue in json.loads(row["issues"])),
                    made_by=row["made_by"],
                )
