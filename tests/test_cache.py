"""Small files that can be made again: kept whole, made anew when their source changes, and never needed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.cache import cache_folder, kept

DATA = {"rows": [{"id": "a", "from": date(2016, 3, 13), "n": 1, "none": None, "text": "Ḥajin"}]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Maker:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Any:
        self.times += 1
        return DATA


def test_it_is_made_once_and_comes_back_equal(folder: Path) -> None:
    make = Maker()
    assert kept("x.json", b"source", make) == DATA
    assert kept("x.json", b"source", make) == DATA
    assert make.times == 1
    assert [path.name for path in folder.iterdir()] == ["x.json"]


def test_another_source_makes_it_anew(folder: Path) -> None:  # noqa: ARG001
    make = Maker()
    kept("x.json", b"source", make)
    kept("x.json", b"another", make)
    assert make.times == 2


@pytest.mark.parametrize("damage", [b"", b"x", b"a\nb\n{}", None])
def test_a_damaged_file_is_made_anew(folder: Path, damage: bytes | None) -> None:
    make = Maker()
    kept("x.json", b"source", make)
    path = folder / "x.json"
    path.write_bytes(path.read_bytes()[:-4] + b"]]]}" if damage is None else damage)
    assert kept("x.json", b"source", make) == DATA
    assert make.times == 2
    assert kept("x.json", b"source", make) == DATA
    assert make.times == 2


def test_without_a_folder_it_is_simply_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WHOHOLDS_CACHE", str(tmp_path / "file" / "below"))
    make = Maker()
    assert kept("x.json", b"source", make) == DATA == kept("x.json", b"source", make)
    assert make.times == 2


def test_what_is_no_plain_data_is_not_kept(folder: Path) -> None:
    value = {"x": object()}
    assert kept("x.json", b"source", lambda: value) is value
    assert not (folder / "x.json").exists()


def test_no_folder_appears_where_there_is_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOHOLDS_CACHE", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_args, **_more: Path("~/.cache/whoholds"))
    assert cache_folder().is_absolute()
    assert list(tmp_path.iterdir()) == []


def test_the_lexicon_from_the_cache_is_the_lexicon(folder: Path) -> None:
    first, second = Lexicon.load(), Lexicon.load()
    assert {path.name for path in folder.iterdir()} == {"actors.json", "countries.json"}
    assert first == second
    assert first.hash == second.hash


def test_a_lexicon_of_ones_own_is_never_kept(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    data = Path(__file__).resolve().parents[1] / "src/whoholds/data"
    for name in ("actors.yml", "countries.yml"):
        (own / name).write_bytes((data / name).read_bytes())
    assert Lexicon.load(own).actors == Lexicon.load().actors
    kept_files = json.dumps(sorted(path.name for path in folder.iterdir()))
    assert kept_files == '["actors.json", "countries.json"]', "made by the second, not by the first"
