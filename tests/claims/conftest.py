"""One reader for all tests of claims: loading it takes longer than any of them."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from whoholds.pipeline import Reader, Reading
from whoholds.sources import reports

# eval/voices.py says what a passage of the table of voices must give.
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval"))


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def page(reader: Reader, tmp_path: Path) -> Callable[[str], Reading]:
    """Read a page's text as a user would: from a file."""

    def read_page(text: str) -> Reading:
        path = tmp_path / "page.txt"
        path.write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
        (report,) = reports([str(path)], lambda issue: pytest.fail(str(issue)))
        return reader.read(report)

    return read_page
