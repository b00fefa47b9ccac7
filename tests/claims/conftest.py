"""One reader for all tests of claims: loading it takes longer than any of them."""

from __future__ import annotations

import pytest

from whoholds.pipeline import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader()
