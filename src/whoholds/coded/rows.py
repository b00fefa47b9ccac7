"""Rows of a table of coded events, one at a time: CSV, TSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whoholds.errors import InputError

LONGEST = 1_000_000
"""Characters of a cell."""
BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: its columns, and its rows with their places ("line 3", "row 3"). Every cell is text, stripped."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[str, dict[str, str] | str]]
    """In place of a row that does not fit the columns, what is wrong with it."""


def read(path: Path) -> Rows:
    """The rows of a file. Raises InputError, now or while they are gone through, where it is no such table."""
    kind = path.suffix.casefold()
    if kind == ".parquet":
        return _parquet(path)
    if kind not in (".csv", ".tsv", ".txt"):
        raise InputError(f"{path}: coded events are read from .csv, .tsv and .parquet files. Unpack or rename it.")
    rows = _csv(path)
    _, head = next(rows, ("", {}))
    if not head:
        raise InputError(f"{path}: the file is empty; its first line must name the columns.")
    return Rows(tuple(head), rows)


def _csv(path: Path) -> Iterator[tuple[str, dict[str, str] | str]]:
    """First the columns, as a row; then the rows."""
    csv.field_size_limit(LONGEST)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline(LONGEST)
            separator = max(",;\t|", key=first.count)
            file.seek(0)
            rows = csv.reader(file, delimiter=separator)
            names = [name.strip() for name in next(rows, [])]
            yield "line 1", dict.fromkeys(names, "")
            for row in rows:
                cells = [cell.strip() for cell in row]
                if any(cells):
                    # Empty cells at the end are how a spreadsheet pads its lines.
                    fits = len(cells) >= len(names) and not any(cells[len(names) :])
                    wrong = f"it has {len(cells)} cells, the first line has {len(names)}"
                    yield f"line {rows.line_num}", dict(zip(names, cells, strict=False)) if fits else wrong
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}). Check the path.") from error
    except csv.Error as error:
        raise InputError(f"{path}: cannot be read ({error}).") from error


def _parquet(path: Path) -> Rows:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(f"{path}: reading Parquet needs pyarrow: pip install 'whoholds[tables]'") from None
    try:
        table = parquet.ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{path}: not Parquet that can be read ({str(error).splitlines()[0][:150]})") from error

    def rows() -> Iterator[tuple[str, dict[str, str] | str]]:
        number = 0
        for batch in table.iter_batches(BATCH):
            for row in batch.to_pylist():
                number += 1
                yield f"row {number}", {name: _cell(value) for name, value in row.items()}

    return Rows(tuple(table.schema_arrow.names), rows())


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # Numbers of a column with gaps are floats: 1.0 is the code 1.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
