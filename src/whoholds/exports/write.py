"""A table into a file, whole or not at all, with what must go with it inside or beside it."""

from __future__ import annotations

from pathlib import Path

from whoholds.errors import WhoholdsError
from whoholds.exports.formats import Format
from whoholds.exports.tables import Table
from whoholds.exports.text import to_json
from whoholds.whole import is_stream, written_whole


def write_table(table: Table, form: Format, path: Path) -> int:
    """Write a table and return how many rows. What stood there before stays until the new file is complete.

    Where the format has no room for it, the disclaimer, the question and the coverage stand in `PATH.about.json`;
    beside a pipe or a device there is no place for them.
    Raises WhoholdsError where it cannot be written, or the format needs points and the table has none.
    """
    if form.points and not table.has_points:
        raise WhoholdsError(
            f"{table.name}: {form.name} needs the columns lat and lon. Use csv, json, jsonl or parquet."
        )
    try:
        with written_whole(path, form.suffix) as part:
            if form.name in ("gpkg", "flatgeobuf"):
                part.unlink()  # GDAL adds to a file that is there
            number = form.write(table, part)
        if not form.own_about and not is_stream(path):
            about = path.with_name(path.name + ".about.json")
            about.write_text(to_json(table.about(), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        message = f"Cannot write to {path}: {error.strerror or error}. Name another file with -o."
        raise WhoholdsError(message) from error
    return number
