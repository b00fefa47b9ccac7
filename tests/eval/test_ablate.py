"""What each condition is worth: read through a switch, the same is read; with one condition off, its rule is gone."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import Any

import pytest

import ablate

SOURCE = """
def signs(words: list[str]) -> bool:
    return bool(words) and words[0] == "taken"

def read(words: list[str]) -> list[str]:
    found = [w for w in words if w.istitle()]
    if signs(words):
        found.append("gains")
    elif not found:
        return ["nothing"]
    return found
"""
TEXTS = (["taken", "Bol"], ["held", "Bol"], ["rain"])


def _module(switch: ablate.Switch, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], list[str]]:
    monkeypatch.setattr(builtins, ablate.ASK, switch.ask, raising=False)
    space: dict[str, Any] = {}
    exec(compile(ablate.instrumented(SOURCE, "sample", switch), "sample", "exec"), space)
    read: Callable[[list[str]], list[str]] = space["read"]
    return read


def _plain() -> Callable[[list[str]], list[str]]:
    space: dict[str, Any] = {}
    exec(compile(ast.parse(SOURCE), "sample", "exec"), space)
    read: Callable[[list[str]], list[str]] = space["read"]
    return read


def test_with_nothing_off_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    read, plain = _module(ablate.Switch(), monkeypatch), _plain()
    assert [read(words) for words in TEXTS] == [plain(words) for words in TEXTS]


def test_every_condition_is_a_point_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    switch = ablate.Switch()
    _module(switch, monkeypatch)
    assert [(p.line, p.says) for p in switch.points] == [
        (3, "bool(words) and words[0] == 'taken'"),
        (6, "w.istitle()"),
        (7, "signs(words)"),
        (9, "not found"),
    ]


@pytest.mark.parametrize(
    ("off", "wanted"),
    [
        (0, [["Bol"], ["Bol"], ["nothing"]]),
        (1, [["gains"], ["nothing"], ["nothing"]]),
        (2, [["Bol"], ["Bol"], ["nothing"]]),
        (3, [["Bol", "gains"], ["Bol"], []]),
    ],
)
def test_a_condition_that_is_off_never_holds(
    off: int, wanted: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    switch = ablate.Switch()
    read = _module(switch, monkeypatch)
    switch.off = off
    assert [read(words) for words in TEXTS] == wanted


def test_only_conditions_that_change_a_report_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    switch = ablate.Switch()
    read = _module(switch, monkeypatch)
    gold = ({"Bol", "gains"}, {"Bol", "gains"}, {"nothing"})

    def count(number: int) -> tuple[int, int]:
        found = set(read(TEXTS[number]))
        return len(found & gold[number]), len(found - gold[number])

    assert [line.split("\t")[:4] for line in ablate.ablate(switch, count, len(TEXTS), most=9)] == [
        ["-1", "+0", "1", "sample:3:11"],
        ["-2", "+1", "2", "sample:6:33"],
        ["-1", "+0", "1", "sample:7:7"],
        ["-1", "+0", "1", "sample:9:9"],
    ]


def test_a_condition_without_which_there_is_no_end_is_left_out() -> None:
    assert ablate.in_a_child(lambda: 1) == 1
    assert ablate.in_a_child(lambda: [x for x in iter(int, 1) if x], limit=1) is None
