"""Kills at random moments of a read, a few of them; `benchmarks/kills.py` does a hundred."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import postgres_server

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_read_that_is_killed_and_goes_on_ends_as_one_that_was_not(tmp_path: Path) -> None:
    for n in range(25):
        town = ("Gao", "Kidal", "Timbuktu")[n % 3]
        text = (
            f"Mali, {n % 28 + 1} March 2013\n\nThe rebels captured {town} from Army units on Monday, report {n} says.\n"
        )
        (tmp_path / f"{n:02}.txt").write_text(text)
    into = ["sqlite", *(["postgres"] if postgres_server.programs() else [])]
    code = [str(ROOT / "benchmarks/kills.py"), "--kills", "4", "--inputs", str(tmp_path), "--into", *into]
    done = subprocess.run([sys.executable, *code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("4 kills") == len(into)
    assert done.stdout.count("all equal") == len(into)
