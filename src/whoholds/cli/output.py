"""Writing to people and to programs. What comes from reports is hostile: it must not steer a terminal or a spreadsheet.

Results go to standard output; everything else (progress, issues, errors) goes to standard error.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from whoholds.cli.options import Format
from whoholds.exports.text import clean, safe_cell, to_json

if TYPE_CHECKING:
    from rich.console import Console


def one_line(text: str) -> str:
    return " ".join(clean(text).split())


def say(message: str) -> None:
    """A message for people, on standard error."""
    print(clean(message), file=sys.stderr)


def console() -> Console:
    """Standard output for people. Reports' words go in as rich.text.Text, never as markup."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def write_records(records: Iterable[Mapping[str, object]], form: Format, out: TextIO | None = None) -> None:
    """Records as JSON, JSON lines or CSV, always in UTF-8. JSON lines and CSV are written as they come."""
    out = out or sys.stdout
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8", newline="\n")
    if form is Format.CSV:
        _write_csv(records, out)
    elif form is Format.JSONL:
        for record in records:
            out.write(to_json(record) + "\n")
            out.flush()
    else:
        out.write("[" + "".join(f"{',' if n else ''}\n  {to_json(record)}" for n, record in enumerate(records)))
        out.write("\n]\n")


def write_json(value: object, out: TextIO | None = None) -> None:
    (out or sys.stdout).write(to_json(value, indent=2) + "\n")


def _write_csv(records: Iterable[Mapping[str, object]], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    for number, record in enumerate(records):
        if not number:
            writer.writerow(record)
        writer.writerow([_cell(value) for value in record.values()])


def _cell(value: Any) -> object:
    """A cell that no spreadsheet takes for a formula; what has parts is JSON."""
    return safe_cell(value if value is None or isinstance(value, str | int | float) else to_json(value))
