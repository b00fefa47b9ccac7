"""Spreadsheets (.xlsx): the table, a codebook of its columns, and what goes with it.

Claims get columns for judging by hand, with drop-downs where only some values may stand; `review.sheet` reads them
back.
Every text is written as text: nothing in a report becomes a formula or a link.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.errors import WhoholdsError
from whoholds.exports.formats import Format, missing
from whoholds.exports.tables import Column, Table, Type, Value, joined
from whoholds.exports.text import clean, to_json

if TYPE_CHECKING:
    import xlsxwriter

ROWS = 1_048_575
"""Of a sheet, below its head (Excel's limit)."""
CELL = 32_767
"""Characters of a cell (Excel's limit)."""
FIRST_YEAR = 1900
"""Days before it are no dates to a spreadsheet: they are written as text."""
WIDTHS = {Type.TEXT: 18, Type.LIST: 18, Type.DAY: 11, Type.INTEGER: 9, Type.NUMBER: 9, Type.BOOLEAN: 8}
WIDE = {"quote": 60, "notes": 60, "because": 24}
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def _write(table: Table, path: Path) -> int:
    try:
        import xlsxwriter
    except ImportError:
        raise missing("XlsxWriter", "sheets", "A spreadsheet") from None
    from whoholds.exports.tables.judging import JUDGING, judged

    columns = (*JUDGING, *table.columns) if table.name == "claims" else table.columns
    rows = judged(table) if table.name == "claims" else table.rows
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    # The same rows shall give the same file.
    book.set_properties({"created": datetime(2000, 1, 1), "title": f"whoholds: {table.name}"})  # noqa: DTZ001 - no zone
    head = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(2 if table.tags else 1, 0)
    for number, column in enumerate(columns):
        hidden = {"hidden": True} if column.name == "as_read" else {}
        sheet.set_column(number, number, WIDE.get(column.name, WIDTHS[column.type]), None, hidden)
        sheet.write_string(0, number, column.name, head)
    count = first = 1 if table.tags else 0
    for number, tag in enumerate(column.tag for column in columns if first):
        sheet.write_string(1, number, tag)
    for row in rows:
        count += 1
        if count > ROWS:
            raise WhoholdsError(f"A sheet holds {ROWS:,} rows, and {table.name} are more. Use csv or parquet.")
        for number, column in enumerate(columns):
            _cell(sheet, count, number, joined(row[column.name]), column, day)
    sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    for number, column in enumerate(columns):
        if column.choices:
            offered = {"validate": "list", "source": list(column.choices), "error_message": "One of the list, please."}
            sheet.data_validation(first + 1, number, max(count, first + 1), number, offered)
    _codebook(book, columns, head)
    _about(book, table, head)
    book.close()
    return count - first


def _cell(sheet: Any, row: int, number: int, value: Value, column: Column, day: Any) -> None:
    if value is None or value == "":
        return
    if column.type is Type.DAY and isinstance(value, str) and int(value[:4]) > FIRST_YEAR:
        sheet.write_datetime(row, number, date.fromisoformat(value), day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, number, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, number, value)
    else:
        text = clean(str(value))
        sheet.write_string(row, number, text if len(text) <= CELL else text[: CELL - 1] + "…")


def _codebook(book: xlsxwriter.Workbook, columns: tuple[Column, ...], head: Any) -> None:
    sheet = book.add_worksheet("codebook")
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 2, 90)
    for number, name in enumerate(("column", "type", "what stands in it")):
        sheet.write_string(0, number, name, head)
    for row, column in enumerate(columns, 1):
        for number, text in enumerate((column.name, str(column.type), column.says)):
            sheet.write_string(row, number, text)


def _about(book: xlsxwriter.Workbook, table: Table, head: Any) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 110)
    for row, (name, value) in enumerate(table.about().items()):
        sheet.write_string(row, 0, str(name), head)
        sheet.write_string(row, 1, clean(value if isinstance(value, str) else to_json(value))[:CELL])


FORMAT = Format("xlsx", ".xlsx", _write, own_about=True)
