"""Bad files, full disks, kills and company: what only the SQLite store can meet."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from whoholds.errors import LedgerError
from whoholds.ledger import Ledger


def test_a_missing_ledger_is_not_made_by_a_question(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"none\.db: there is no ledger.*whoholds read"):
        Ledger.open(tmp_path / "none.db", create=False)
    assert not (tmp_path / "none.db").exists()


def test_an_empty_file_is_an_empty_ledger(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "x.db"
    path.touch()
    with pytest.raises(LedgerError, match=r"x\.db: the ledger is empty"):
        Ledger.open(path, create=False)
    with Ledger.open(path) as store:
        factory.store(store, factory.claim())
        assert store.counts()["claims"] == 1


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but long enough to be looked at. " * 50)
    with pytest.raises(LedgerError, match=r"notes\.txt: this file is no ledger.*--ledger"):
        Ledger.open(path)
    assert path.read_text().startswith("Not a database")


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="another program"):
        Ledger.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("value", "words"), [("999", "newer whoholds"), ("many", "damaged")])
def test_a_schema_that_is_not_known(tmp_path: Path, value: str, words: str) -> None:
    path = tmp_path / "x.db"
    Ledger.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE whoholds_ledger SET value = ? WHERE name = 'schema'", (value,))
    connection.close()
    with pytest.raises(LedgerError, match=rf"x\.db.*{words}"):
        Ledger.open(path)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="this is a folder"):
        Ledger.open(tmp_path)
    with pytest.raises(LedgerError, match=r"the folder .*nowhere does not exist"):
        Ledger.open(tmp_path / "nowhere" / "x.db")


def test_a_path_with_signs_that_mean_something_in_a_uri(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "a b?mode=ro#%20é.db"
    with Ledger.open(path) as store:
        factory.store(store, factory.claim())
    assert path.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_ledger_answers_and_refuses_to_grow(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "x.db"
    with Ledger.open(path) as store:
        factory.store(store, factory.claim())
    path.chmod(0o444)
    with Ledger.open(path, create=False) as store:
        assert store.counts()["claims"] == 1
        with pytest.raises(LedgerError, match="read-only"):
            factory.store(store, factory.claim(label="another"))


def test_a_write_to_a_read_only_store_says_so(tmp_path: Path, factory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.db"
    Ledger.open(path).close()
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda name, **k: real(name.replace("mode=rw", "mode=ro"), **k))
    with Ledger.open(path, create=False) as store, pytest.raises(LedgerError, match=r"x\.db: the ledger is read-only"):
        factory.store(store, factory.claim())


def test_a_writer_waits_for_another(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "x.db"
    with Ledger.open(path) as store:
        blocker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        blocker.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, lambda: blocker.execute("COMMIT"))
        timer.start()
        factory.store(store, factory.claim())
        timer.join()
        blocker.close()
        assert store.counts()["claims"] == 1


def test_a_writer_does_not_wait_for_ever(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "x.db"
    with Ledger.open(path, wait_s=0.05) as store:
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(LedgerError, match=r"x\.db: another program has been writing"):
            factory.store(store, factory.claim())
        blocker.close()
        factory.store(store, factory.claim())
        assert store.counts()["claims"] == 1


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import Factory
from whoholds.ledger import Ledger
{setup}
factory = Factory()
with Ledger.open(Path({path!r})) as store:
    for number in range({first}, {last}):
        factory.store(store, *[factory.claim(label=f"report {{number}}", place=f"P{{n}}", of=of)
                               for of in [factory.report(f"text {{number}} " * 200)] for n in range(20)])
        print(number, flush=True)
"""


def script(path: Path, first: int, last: int, setup: str = "") -> list[str]:
    tests = str(Path(__file__).resolve().parents[1])
    return [sys.executable, "-c", SCRIPT.format(tests=tests, path=str(path), first=first, last=last, setup=setup)]


def test_a_full_disk_keeps_what_is_finished(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    done = subprocess.run(script(path, 0, 100, limit), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "LedgerError" in done.stderr
    assert f"{path}: the ledger cannot be written" in done.stderr
    finished = len(done.stdout.split())
    assert 0 < finished < 100
    again = subprocess.run(script(path, 0, finished + 3), capture_output=True, text=True, check=False)
    assert again.returncode == 0
    with Ledger.open(path) as store:
        assert store.counts()["reports"] == finished + 3
        assert store.counts()["claims"] == 20 * (finished + 3)


def test_a_full_device_is_named_as_such(tmp_path: Path, factory: Any) -> None:
    path = tmp_path / "x.db"
    with Ledger.open(path) as store:
        factory.store(store, factory.claim())
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        big = factory.report("x" * 100_000)
        with pytest.raises(LedgerError, match=r"the disk is full.*finished reports are kept"):
            factory.store(store, factory.claim(of=big))
        assert store.counts()["reports"] == 1
