"""The modules of eval/ by their short names, and what the reader reads in all corpora, once for all tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval"))

import corpora
import reading


@pytest.fixture(scope="session")
def read_all() -> dict[str, list[reading.Read]]:
    """What is read in every corpus that is present, by its name."""
    present = [*corpora.chosen(), *corpora.apart()]
    found: dict[str, list[reading.Read]] = {c.name: [] for c in present}
    for one in reading.read_corpora(present):
        found[one.corpus].append(one)
    return found
