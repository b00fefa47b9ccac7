"""Writes docs/exports.md and docs/shapes.md from the columns: python docs/make_exports.py"""

from __future__ import annotations

from pathlib import Path

from whoholds.exports.formats import known
from whoholds.exports.shapes import shapes
from whoholds.exports.tables import Column, columns

HEAD = """# Exports

`whoholds export WHAT -o FILE` writes a table of the record. The file's name says the format:
FORMATS;
`--format` says it where the name does not; `-o -` writes to standard output. Parquet needs
`pip install 'whoholds[tables]'`, GeoPackage and FlatGeobuf `whoholds[geo]`, spreadsheets `whoholds[sheets]`.

- The same ledger and question give the same file, to the byte. A million claims take some 45 seconds of processor time,
  as CSV, JSONL or Parquet, and 315 MB of memory at the most (`benchmarks/export.py --claims 1000000 --places 20000`).
- `--on`, `--known` and `--view` ask as in `whoholds who`.
- Every row has the ids of the claims that it rests on; `whoholds export claims` has their words.
- The disclaimer, the program's version, the question and what was read (reports by language and outlet, claims by the
  side of their speakers) are in the file, or beside it as `FILE.about.json`.
- Text that a spreadsheet would take for a formula gets an apostrophe in front of it in CSV.
- `--hxl`, for CSV and .xlsx, puts a row of hashtags of the Humanitarian Exchange Language (HXL 1.1) below the head, and
  columns at the end: `adm1_name`, `adm1_pcode`, `adm2_pcode` and `place_pcode`. P-codes are there where a list that was
  added to the gazetteer has them ([gazetteer.md](gazetteer.md)). [hxl.yml](../src/whoholds/data/hxl.yml) has all tags.
- Claims come back with `whoholds read --as claims`, from JSONL, CSV and Parquet alike, and give the same answers in
  a ledger of their own. Their quotes become reports and they get ids of their own: in the ledger that they came from
  they would count as further witnesses.
- `acled`, `ged` and `plover` are the events in the columns of other data sets: [shapes.md](shapes.md).
- A spreadsheet has a sheet with the codebook and one with what goes with the table. Claims have columns for judging by
  hand besides: write `accept` or `reject`, or put fields right, and `whoholds review sheet FILE.xlsx` takes it into the
  ledger as judgements of yours. What cannot be taken is listed with its row.
- Places that were not found have no point: KML and FlatGeobuf leave their rows out, the other formats keep them.

This page is made by `python docs/make_exports.py`.
"""
TABLES = (
    ("spells", "From when to when who held a place: one row for each stretch of days with one answer.", columns.SPELLS),
    ("states", "Who holds what, on a day or by the latest: one row for each place.", columns.STATES),
    (
        "panel",
        "One row for each place and day, week or month (`--every`, `--since`), to the last report.",
        columns.PANEL,
    ),
    (
        "events",
        "Changes of holder and stretches of fighting, merged over all reports that tell of them.",
        columns.EVENTS,
    ),
    ("claims", "What reports say, one row for each claim.", columns.CLAIMS),
    ("reports", "What was read; never the reports' text.", columns.REPORTS),
)

SHAPES = """# In the columns of the field's data sets

`whoholds export acled -o FILE`, `ged` and `plover` write the record's events in the columns of three data sets of the
field, for code and people that know those. What a column holds is said below: *filled* as the data set means it,
*derived* by a rule of ours, or *empty*, with the reason. The last four columns of each lead back to our own event, its
claims and its place.

None of these files is data of ACLED, UCDP or POLECAT, and their makers have no part in them. Names of actors are ours.

This page is made by `python docs/make_exports.py`.
"""


def section(name: str, says: str, its: tuple[Column, ...]) -> str:
    lines = "".join(f"| `{column.name}` | {column.type} | {column.says} |\n" for column in its)
    return f"\n## {name}\n\n{says}\n\n| column | type | what stands in it |\n|---|---|---|\n{lines}"


def page() -> str:
    names = {"gpkg": " (GeoPackage)", "fgb": " (FlatGeobuf)"}
    formats = [f"`{one.suffix}`{names.get(one.suffix[1:], '')}" for one in known().values()]
    return HEAD.replace("FORMATS", ", ".join(formats)) + "".join(section(*table) for table in TABLES)


def shapes_page() -> str:
    return SHAPES + "".join(section(shape.name, shape.says, shape.columns) for shape in shapes().values())


if __name__ == "__main__":
    folder = Path(__file__).parent
    (folder / "exports.md").write_text(page(), encoding="utf-8")
    (folder / "shapes.md").write_text(shapes_page(), encoding="utf-8")
