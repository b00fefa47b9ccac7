"""JSON, whole or one object a line."""

from __future__ import annotations

from pathlib import Path

from whoholds.exports.formats import Format
from whoholds.exports.tables import Table
from whoholds.exports.text import to_json


def _json(table: Table, path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"rows": [')
        for row in table.rows:
            file.write(f"{',' if number else ''}\n{to_json({c.name: row[c.name] for c in table.columns})}")
            number += 1
        file.write(f'\n], "about": {to_json(table.about())}}}\n')
    return number


def _jsonl(table: Table, path: Path) -> int:
    number = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in table.rows:
            file.write(to_json({c.name: row[c.name] for c in table.columns}) + "\n")
            number += 1
    return number


JSON = Format("json", ".json", _json, own_about=True)
JSONL = Format("jsonl", ".jsonl", _jsonl)
