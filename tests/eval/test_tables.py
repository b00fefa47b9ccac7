"""The accuracy tables of the documents."""

from __future__ import annotations

from datetime import date

import pytest

import tables
from run import Result
from score import Figures


def result(name: str, held: int) -> Result:
    rings = {ring: Figures(3, 1, 2) for ring in tables.RINGS}
    return Result(name, 10, rings, rings, {ring: Figures(1, 1, 1) for ring in tables.RINGS}, held)


def test_a_row_for_each_corpus_with_its_figures() -> None:
    text = tables.table([result("wp", 4), result("seeds", 0)], date(2026, 11, 21))
    assert "| `wp`: encyclopedia passages | 10 | 0.67 | 0.67 | 0.67 | 0.67 | 0.50 (4) |" in text
    assert text.splitlines()[4].endswith("| 0.67 |  |"), "nothing is held out of the seeds"
    assert "2026-11-21" in text.splitlines()[0]


def test_only_what_stands_between_the_marks_is_replaced() -> None:
    old = "before\n<!-- accuracy: old -->\n| \\1 |\n<!-- /accuracy -->\nafter\n"
    new = tables.filled(old, tables.table([result("wp", 4)], date(2026, 11, 21)))
    assert new.startswith("before\n<!-- accuracy: written")
    assert new.endswith("<!-- /accuracy -->\nafter\n")
    assert tables.filled(new, "<!-- accuracy: -->x<!-- /accuracy -->") == (
        "before\n<!-- accuracy: -->x<!-- /accuracy -->\nafter\n"
    )


def test_a_page_without_a_table_is_refused() -> None:
    with pytest.raises(ValueError, match="no accuracy table"):
        tables.filled("nothing here", "")


def test_both_pages_hold_the_same_table() -> None:
    first, second = (tables.TABLE.search(path.read_text(encoding="utf-8")) for path in tables.PAGES)
    assert first is not None
    assert second is not None
    assert first.group() == second.group()
    assert "| all |" in first.group()
