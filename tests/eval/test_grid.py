"""Constructions filled with wars: how they are filled and compared, and that they stay as right as they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import grid
from whoholds.pipeline import Reader

CAST: dict[str, Any] = {
    "A": {"id": "rsf", "the": "the RSF", "men": "RSF fighters", "adj": "RSF"},
    "B": {"id": "gov:SDN", "the": "the Sudanese forces", "men": "Sudanese soldiers", "adj": "Sudanese"},
    "towns": ["Bara", "En Nahud", "Babanusa"],
}
FILES = sorted(p for p in grid.FOLDER.glob("*.yml") if p.stem != "casts")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def case(text: str, claims: str) -> grid.Case:
    return grid.Case("own", "own", grid.filled(text, CAST), "2023-06-14", tuple(grid.wanted(claims, CAST)))


def test_slots_are_filled_and_sentences_begin_with_a_capital() -> None:
    filled = grid.filled("{A} took {P}. {B.s} commander fled. {B.men} left {A.s} {Q} base.", CAST)
    assert (
        filled
        == "The RSF took Bara. The Sudanese forces' commander fled. Sudanese soldiers left the RSF's En Nahud base."
    )


def test_a_slot_that_no_cast_has_is_a_fault() -> None:
    with pytest.raises(KeyError):
        grid.filled("{C} took {P}.", CAST)


def test_a_cast_fills_a_text_when_it_has_all_that_the_slots_ask_for() -> None:
    assert grid.can_fill("{A.men} took {P} and {A.s} {Q} base from {B}.", CAST)
    assert not grid.can_fill("{A.leader} took {P}.", CAST)
    assert not grid.can_fill("{C} took {P}.", CAST)


def test_what_is_wanted_says_sides_mode_days_and_what_may_be_left_out() -> None:
    first, second = grid.wanted("gains A P vs B @ 2023-06-13; ?holds - Q denied", CAST)
    assert first == grid.Wanted("gains", "rsf", "Bara", "asserted", "gov:SDN", "2023-06-13", False)
    assert second == grid.Wanted("holds", None, "En Nahud", "denied", None, None, True)


@pytest.mark.parametrize(
    ("claims", "right"),
    [
        ("gains A P", True),
        ("gains A P vs B @ 2023-06-13", True),
        ("gains A P; ?holds B Q", True),
        ("gains A P; holds B Q", False),
        ("gains A P vs m23", False),
        ("gains A P @ 2023-06-12", False),
        ("gains B P", False),
        ("gains A Q", False),
        ("gains A P denied", False),
        ("gains|contests A P possible|asserted", True),
        ("contests|holds A P", False),
        ("gains A P by B", False),
    ],
)
def test_a_case_is_right_when_just_what_is_wanted_is_read(reader: Reader, claims: str, right: bool) -> None:
    one = case("{A.men} captured {P} from {B} on Tuesday.", claims)
    assert grid.is_right(one, grid.read(reader, one)) is right


@pytest.mark.parametrize(("said", "right"), [("by A", True), ("by B", False), ("by -", False)])
def test_whose_voice_it_is_can_be_asked_for(reader: Reader, said: str, right: bool) -> None:
    one = case("{A} said its men had captured {P}.", f"gains A P {said}")
    assert grid.is_right(one, grid.read(reader, one)) is right


def test_a_claim_too_much_is_wrong(reader: Reader) -> None:
    one = case("{A.men} captured {P} from {B}.", "")
    assert not grid.is_right(one, grid.read(reader, one))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.stem))
def test_a_construction_stands_once_and_says_what_it_wants(path: Path) -> None:
    named = [(c.construction, c.text) for c in grid.cases([path], 1)]
    assert len(named) == len(set(named)) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.stem))
def test_no_file_falls_below_its_floor(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert grid.main([str(path), "--gate"]) == 0, capsys.readouterr().out


def test_every_file_has_a_floor() -> None:
    floors = json.loads(grid.FLOORS.read_text(encoding="utf-8"))
    assert set(floors) >= {path.stem for path in FILES}
    assert all(0 < floor <= 1 for floor in floors.values())


def test_groups_that_nobody_writes_about_are_read_like_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    assert grid.main(["--gate", "--drawn"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no list of constructions"),
        ("- construction: own\n", "no list of constructions"),
        ("- construction: own\n  claims: holds A P\n  texts: ['{A} hold {Nowhere}.']\n", "no cast fills it"),
        ("- construction: own\n  claims: seizes A P\n  texts: ['{A} seized {P}.']\n", "'seizes A P' is no claim"),
        ("- construction: own\n  claims: holds A\n  texts: ['{A} hold {P}.']\n", "'holds A' is no claim"),
        ("- construction: [own\n", "no list of constructions"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_what_is_wrong_in_it(
    tmp_path: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "own.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        grid.main([str(path)])
    printed = capsys.readouterr().err
    assert stopped.value.code == 2
    assert "own.yml" in printed
    assert said in printed


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        grid.main([str(tmp_path / "none.yml")])
    assert stopped.value.code == 2
    assert "none.yml" in capsys.readouterr().err
