"""The made-up archive of the benchmark, small: every record of it is accounted for."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("archive_bench", BENCHMARKS / "archive.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "archive_bench", module)
    spec.loader.exec_module(module)
    return module


def test_every_record_is_a_report_a_copy_no_report_or_an_issue(archive: ModuleType, tmp_path: Path) -> None:
    counts, pages = archive.make(tmp_path / "made.warc.gz", 200, seed=4)
    assert sum(counts.values()) == 200
    assert counts["not readable"] > 2
    assert pages["copy"] > 2
    found = archive.read(tmp_path / "made.warc.gz", tmp_path / "made.db", 1)
    assert archive.differences(counts, pages, found) == []
