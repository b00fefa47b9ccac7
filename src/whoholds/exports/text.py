"""Text of reports in files for others: nothing in it may steer a terminal or a spreadsheet."""

from __future__ import annotations

import html
import json
import re

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters of both sets (escape sequences begin with one), and the signs that turn the reading direction."""
SURROGATES = re.compile("[\ud800-\udfff]")
FORMULA = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet may take for a formula, or what looks as if it had been guarded against that."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def clean(text: str) -> str:
    """`text` without anything that moves a cursor, sets a colour or hides other text; line ends and tabs stay."""
    if text.isascii() and text.isprintable():
        return text  # nearly every cell of a large table
    return SURROGATES.sub("\ufffd", UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def to_html(text: str) -> str:
    """One line of text between tags or in an attribute: cleaned and escaped."""
    return html.escape(" ".join(clean(text).split()))


def safe_cell(value: str | int | float | bool | None) -> str | int | float:
    """A cell that no spreadsheet takes for a formula: such text gets an apostrophe in front (OWASP, CSV injection)."""
    if isinstance(value, str):
        if value[:1].isalnum() and value.isascii() and value.isprintable():
            return value  # as nearly always
        text = clean(value)
        return f"'{text}" if FORMULA.match(text) else text
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def unguarded(cell: str) -> str:
    """The text that `safe_cell` made a cell of."""
    return cell[1:] if cell[:1] == "'" and FORMULA.match(cell[1:]) else cell


def to_json(value: object, indent: int | None = None) -> str:
    """JSON in which unsafe characters are escaped: the data are whole, and a terminal shows them as text."""
    text = (
        _ENCODER.encode(value)
        if indent is None
        else json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    )
    if text.isascii() and text.isprintable():
        return text  # nearly every record of a large table
    return SURROGATES.sub(
        "\ufffd", re.sub(UNSAFE, lambda match: f"\\u{ord(match[0]):04x}" if match[0] != "\n" else "\n", text)
    )
