"""Compiling: once, whole or not at all, again when the sources change or the file is damaged."""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from whoholds.errors import GazetteerError
from whoholds.gazetteer import Gazetteer, sources
from whoholds.gazetteer.compile import stored_fingerprint
from whoholds.gazetteer.sources import City


def test_compiles_once_and_then_only_opens(few_towns: list[int], tmp_path: Path) -> None:
    path = tmp_path / "new" / "gazetteer.sqlite"
    for _ in range(3):
        with Gazetteer.open(path) as opened:
            assert opened.fingerprint == sources.fingerprint()
    assert len(few_towns) == 1


def test_compiles_again_when_the_sources_change(
    few_towns: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gazetteer.sqlite"
    with Gazetteer.open(path) as opened:
        before = opened.fingerprint
    monkeypatch.setattr(sources, "SCHEMA", "another")
    with Gazetteer.open(path) as opened:
        assert opened.fingerprint != before
    assert len(few_towns) == 2


@pytest.mark.parametrize("damage", ["cut", "garbage", "empty", "no table"])
def test_a_damaged_file_is_rebuilt(few_towns: list[int], tmp_path: Path, damage: str) -> None:
    path = tmp_path / "gazetteer.sqlite"
    Gazetteer.open(path).close()
    whole = path.read_bytes()
    if damage == "no table":
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE other (a)")
        connection.close()
    else:
        path.write_bytes({"cut": whole[: len(whole) // 2], "garbage": os.urandom(4096), "empty": b""}[damage])
    with Gazetteer.open(path) as opened:
        assert opened.candidates("Ramadi")[0].country == "IRQ"
    assert len(few_towns) == 2


def test_damage_found_only_on_reading_is_repaired(few_towns: list[int], tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    Gazetteer.open(path).close()
    whole = bytearray(path.read_bytes())
    with sqlite3.connect(path) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'name'").fetchone()[0]
    connection.close()
    whole[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(whole)
    assert stored_fingerprint(path) == sources.fingerprint()
    with Gazetteer.open(path) as opened:
        assert opened.candidates("Ramadi")[0].country == "IRQ"
    assert len(few_towns) == 2


@pytest.mark.usefixtures("few_towns")
def test_a_compile_that_dies_leaves_nothing_that_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(_progress: Callable[[float], None]) -> Iterator[City]:
        yield City(1, "Ramadi", 33.42, 43.31, "IRQ", "01", 1, ())
        raise KeyboardInterrupt

    path = tmp_path / "gazetteer.sqlite"
    with monkeypatch.context() as patched:
        patched.setattr(sources, "cities", dies)
        with pytest.raises(KeyboardInterrupt):
            Gazetteer.open(path)
    assert not path.exists()
    assert not list(tmp_path.glob("*.part*"))
    (tmp_path / "gazetteer.sqlite.99999999.part").write_bytes(b"what a killed process left")
    with Gazetteer.open(path) as opened:
        assert opened.is_known("Ramadi")
    assert not list(tmp_path.glob("*.part*"))


def test_two_that_start_at_once_share_one_compile(few_towns: list[int], tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    found: list[str] = []

    def start() -> None:
        with Gazetteer.open(path) as opened:
            found.append(opened.candidates("Rutba")[0].place_id)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == ["geonames:1"] * 4
    assert len(few_towns) == 1


@pytest.mark.usefixtures("few_towns")
def test_progress_goes_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[float] = []
    Gazetteer.open(tmp_path / "gazetteer.sqlite", progress=lambda share, _what: told.append(share)).close()
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.usefixtures("few_towns")
def test_the_cache_folder_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    with Gazetteer.open() as opened:
        assert opened.path.parent == tmp_path / "cache"
        assert opened.warning is None


@pytest.mark.usefixtures("few_towns")
def test_without_a_cache_folder_a_temporary_one_is_used_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    spare = tmp_path / "tmp"
    spare.mkdir()
    monkeypatch.setenv("WHOHOLDS_CACHE", str(blocked))
    monkeypatch.setattr(tempfile, "tempdir", str(spare))
    with Gazetteer.open() as opened:
        assert spare in opened.path.parents
        assert "WHOHOLDS_CACHE" in (opened.warning or "")
        assert stat.S_IMODE(opened.path.parent.stat().st_mode) == 0o700
        assert opened.is_known("Ramadi")


@pytest.mark.usefixtures("few_towns")
def test_a_named_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(GazetteerError, match="name another file"):
        Gazetteer.open(blocked / "gazetteer.sqlite")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name,lat\nX,1\n", "columns"),
        ("HEAD\nX,95,1,settlement,IRQ,,,a map,\n", "line 2"),
        ("HEAD\nX,5,1,hamlet,IRQ,,,a map,\n", "line 2"),
        ("HEAD\nX,5,1,settlement,IRQ,,,,\n", "source"),
        ("HEAD\nX,5,1\n", "cells"),
    ],
)
def test_a_bad_line_of_the_supplement_is_named(table: str, message: str) -> None:
    head = "name,lat,lon,type,country,admin,aliases,source,note"
    with pytest.raises(GazetteerError, match=message):
        sources.supplement(table.replace("HEAD", head))
