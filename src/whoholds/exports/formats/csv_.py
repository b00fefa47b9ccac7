"""CSV that a spreadsheet opens safely: UTF-8, text that looks like a formula with an apostrophe in front."""

from __future__ import annotations

import csv
from pathlib import Path

from whoholds.exports.formats import Format
from whoholds.exports.tables import Table, joined
from whoholds.exports.text import safe_cell


def _write(table: Table, path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        for row in table.rows:
            writer.writerow([safe_cell(joined(row[column.name])) for column in table.columns])
            number += 1
    return number


FORMAT = Format("csv", ".csv", _write)
