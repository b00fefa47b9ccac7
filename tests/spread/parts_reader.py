"""A reader for the processes of a pool: `FakeReader` of the tests' own conftest with what a pool asks of one."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

# By its path: there is more than one conftest, and the processes of a pool have none.
_spec = importlib.util.spec_from_file_location("tests_conftest", Path(__file__).resolve().parents[1] / "conftest.py")
assert _spec
assert _spec.loader
_conftest = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_conftest)
FakeReader: Any = _conftest.FakeReader


class PartsReader(FakeReader):
    def __init__(self, *, sift: bool = True) -> None:
        super().__init__()
        self.sift = sift

    def load(self) -> None:
        pass
