"""Text of reports in files for others: nothing in it may steer a terminal or a spreadsheet."""

from __future__ import annotations

import html
import json
import re

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters of both sets (escape sequences begin with one), and the signs that turn the reading direction."""
SURROGATES = re.compile("[\ud800-\udfff]")
FORMULA = re.compile(r"\s*[=+\-@\t\r]")


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
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return value
    text = clean(value)
    # Letters and digits first, as nearly always, are no formula.
    return f"'{text}" if not text[:1].isalnum() and FORMULA.match(text) else text


def to_json(value: object, indent: int | None = None) -> str:
    """JSON in which unsafe characters are escaped: the data are whole, and a terminal shows them as text."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return SURROGATES.sub(
        "\ufffd", re.sub(UNSAFE, lambda match: f"\\u{ord(match[0]):04x}" if match[0] != "\n" else "\n", text)
    )
