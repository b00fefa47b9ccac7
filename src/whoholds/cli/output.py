"""Writing to people and to programs. What comes from reports is hostile: it must not steer a terminal or a spreadsheet.

Results go to standard output; everything else (progress, issues, errors) goes to standard error.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from whoholds.cli.options import Format

if TYPE_CHECKING:
    from rich.console import Console

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters of both sets (escape sequences begin with one), and the signs that turn the reading direction."""
_SURROGATES = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(r"\s*[=+\-@\t\r]")


def clean(text: str) -> str:
    """`text` without anything that moves a cursor, sets a colour or hides other text; line ends and tabs stay."""
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


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
            out.write(_json(record) + "\n")
            out.flush()
    else:
        out.write("[" + "".join(f"{',' if n else ''}\n  {_json(record)}" for n, record in enumerate(records)))
        out.write("\n]\n")


def write_json(value: object, out: TextIO | None = None) -> None:
    (out or sys.stdout).write(_json(value, indent=2) + "\n")


def _json(value: object, indent: int | None = None) -> str:
    """JSON in which unsafe characters are escaped: the data are whole, and a terminal shows them as text."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _SURROGATES.sub(
        "\ufffd", re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}" if match[0] != "\n" else "\n", text)
    )


def _write_csv(records: Iterable[Mapping[str, object]], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    for number, record in enumerate(records):
        if not number:
            writer.writerow(record)
        writer.writerow([_cell(value) for value in record.values()])


def _cell(value: Any) -> object:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front (OWASP, CSV injection)."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return value
    text = clean(value if isinstance(value, str) else _json(value))
    return f"'{text}" if _FORMULA.match(text) else text
