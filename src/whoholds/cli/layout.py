"""Text in columns for people, as wide as the terminal. What comes from reports is cleaned and printed as text.

A few lines of our own in place of rich's tables: those take a tenth of a second for two hundred rows, and as much again
to be imported.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from whoholds.cli.output import one_line

UNKNOWN_WIDTH = 100
"""Columns where no terminal says how wide it is."""
GAP = 2

Line = tuple[str, str]
"""Text and its style: "", "bold" or "dim"."""


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    share: float = 0.0
    """Of the width that the others leave over, against the other columns'."""
    fixed: int = 0
    """Cells, whatever the width; then it takes no share."""


def width() -> int:
    """Columns of the terminal: COLUMNS, or that of any of the three streams that is one."""
    if not os.environ.get("COLUMNS", "").isdigit():
        for stream in (1, 2, 0):
            try:
                return max(os.get_terminal_size(stream).columns, 20)
            except OSError:
                continue
    return max(shutil.get_terminal_size((UNKNOWN_WIDTH, 24)).columns, 20)


def show(text: str = "", style: str = "", indent: int = 0) -> None:
    """One paragraph, wrapped and indented."""
    for line in wrap(text, width() - indent) or [""]:
        click.echo((" " * indent + _styled(line, style)).rstrip())


def show_lines(lines: Iterable[Line], indent: int = 0) -> None:
    for text, style in lines:
        show(text, style, indent)


def show_head(columns: Sequence[Column]) -> None:
    show_row([[(column.title, "bold")] for column in columns], columns)


def show_row(cells: Sequence[Sequence[Line]], columns: Sequence[Column]) -> None:
    """One row, each cell a list of paragraphs, wrapped to its column."""
    widths = _widths(columns)
    wrapped = [
        [(line, style) for text, style in cell for line in wrap(text, columns)]
        for cell, columns in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, wrapped))):
        parts = []
        for cell, columns_wide in zip(wrapped, widths, strict=True):
            text, style = cell[number] if number < len(cell) else ("", "")
            parts.append(_styled(text, style) + " " * (columns_wide - cells_of(text) + GAP))
        click.echo("".join(parts).rstrip())


def wrap(text: str, columns: int) -> list[str]:
    """`text`, cleaned, as lines of at most `columns` cells; words that are longer are cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in one_line(text).split(" "):
        size = cells_of(word)
        if used and used + 1 + size <= columns:
            line, used = f"{line} {word}", used + 1 + size
            continue
        if used:
            lines.append(line)
        while size > columns:
            head = _head(word, columns)
            lines.append(head)
            word = word[len(head) :]
            size = cells_of(word)
        line, used = word, size
    return [*lines, line] if line else lines


def cells_of(text: str) -> int:
    """How many columns a terminal takes for it: two for a wide sign, none for a combining one."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _head(word: str, columns: int) -> str:
    """The start of a word that fits; at least one sign, so that it comes to an end."""
    end = 1
    while end < len(word) and cells_of(word[: end + 1]) <= columns:
        end += 1
    return word[:end]


def _widths(columns: Sequence[Column]) -> list[int]:
    room = width() - GAP * (len(columns) - 1) - sum(column.fixed for column in columns)
    total = sum(column.share for column in columns)
    return [column.fixed or max(int(room * column.share / total), 4) for column in columns]


def _styled(text: str, style: str) -> str:
    if not text or not style or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return text
    return click.style(text, bold=style == "bold" or None, dim=style == "dim" or None)
