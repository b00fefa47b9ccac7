"""CSV that a spreadsheet opens safely: UTF-8, text that looks like a formula with an apostrophe in front."""

from __future__ import annotations

import csv
from pathlib import Path

from whoholds.exports.formats import Format
from whoholds.exports.tables import Table, joined
from whoholds.exports.text import safe_cell


def _write(table: Table, path: Path) -> int:
    number, cells = 0, table.cells
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        if table.tags:
            writer.writerow(table.tags)
        for row in table.rows:
            writer.writerow([None if value is None else safe_cell(joined(value)) for value in cells(row)])
            number += 1
    return number


FORMAT = Format("csv", ".csv", _write)
