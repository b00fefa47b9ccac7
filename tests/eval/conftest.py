"""The modules of eval/ by their short names, and what the reader reads in all corpora, once for all tests."""

from __future__ import annotations

import fcntl
import os
import pickle
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval"))

import corpora
import reading


class ReadOnce(dict[str, list[reading.Read]]):
    """What is read in a corpus, by its name: when it is first asked for, by one of the processes that run tests."""

    def __init__(self, folder: Path, processes: int | None) -> None:
        super().__init__()
        self._folder, self._processes = folder, processes

    def __missing__(self, name: str) -> list[reading.Read]:
        kept = self._folder / f"read-{name}.pickle"
        with kept.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not kept.exists():
                (corpus,) = (c for c in (*corpora.chosen(), *corpora.apart()) if c.name == name)
                found = reading.read_corpora([corpus], processes=self._processes)
                unfinished = kept.with_suffix(".part")
                unfinished.write_bytes(pickle.dumps(found))
                unfinished.replace(kept)
        self[name] = pickle.loads(kept.read_bytes())
        return self[name]


@pytest.fixture(scope="session")
def read_all(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[reading.Read]]:
    """What is read in every corpus that is present, by its name."""
    own = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        return ReadOnce(own.parent, 1)
    return ReadOnce(own, None)
