"""JSON, whole or one object a line."""

from __future__ import annotations

from pathlib import Path

from whoholds.exports.formats import Format
from whoholds.exports.tables import Table
from whoholds.exports.text import to_json


def _json(table: Table, path: Path) -> int:
    number, cells = 0, table.cells
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"rows": [')
        for row in table.rows:
            file.write(f"{',' if number else ''}\n{to_json(dict(zip(names, cells(row), strict=True)))}")
            number += 1
        file.write(f'\n], "about": {to_json(table.about())}}}\n')
    return number


def _jsonl(table: Table, path: Path) -> int:
    number, cells = 0, table.cells
    names = [column.name for column in table.columns]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table.rows:
            file.write(to_json(dict(zip(names, cells(row), strict=True))) + "\n")
            number += 1
    return number


JSON = Format("json", ".json", _json, own_about=True)
JSONL = Format("jsonl", ".jsonl", _jsonl)
