"""`whoholds voices` and `whoholds persons`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.ledger import Ledger
from whoholds.model import Voice
from whoholds.resolve.origins import sourced
from whoholds.sources.outlets import Publisher


@pytest.fixture
def ledger(tmp_path: Path, factory: Any) -> Path:
    path = tmp_path / "voices.db"
    with Ledger.open(path) as store:
        for number, name in enumerate(("Yahya Rasool", "Yahya Rasul", "Eve \x1b[31mRed")):
            claim = factory.claim(voices=(Voice(name, "spokesman", side="gov:IRQ"),), label=f"{number}.txt")
            store.add(factory.reading(sourced(claim, Publisher(None))))
    return path


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_speakers_of_a_ledger(ledger: Path) -> None:
    result = run("voices", "--ledger", ledger)
    assert result.exit_code == 0
    assert "Yahya Rasool" in result.stdout
    assert "\x1b" not in result.stdout
    narrow = CliRunner().invoke(app, ["voices", "--ledger", str(ledger)], env={"COLUMNS": "40"}).stdout
    assert "  Role: spokesman\n" in narrow, "no word is broken"
    (record,) = json.loads(run("voices", "Yahya Rasul", "--format", "json", "--ledger", ledger).stdout)
    assert (record["names"], record["sides"], record["claims"]) == (["Yahya Rasul"], ["gov:IRQ"], 1)


def test_joined_listed_and_taken_back(ledger: Path) -> None:
    pair = ("Yahya Rasool", "Yahya Rasul", "--ledger", ledger)
    assert run("persons", "join", *pair, "--because", "one office", "--by", "A. Reader").exit_code == 0
    (record,) = json.loads(run("voices", "Yahya Rasul", "--format", "json", "--ledger", ledger).stdout)
    assert sorted(record["names"]) == ["Yahya Rasool", "Yahya Rasul"]
    (judged,) = json.loads(run("persons", "list", "--format", "json", "--ledger", ledger).stdout)
    assert (judged["verdict"], judged["by"], judged["reason"]) == ("same", "A. Reader", "one office")
    assert run("persons", "undo", *pair, "--because", "no").exit_code == 0
    assert run("persons", "split", *pair, "--because", "brothers").exit_code == 0
    assert "Yahya Rasul" in run("voices", "--ledger", ledger).stdout
    assert len(run("persons", "list", "--ledger", ledger).stdout.splitlines()) == 3


def test_suggestions(ledger: Path) -> None:
    assert "two spellings of one name" in run("persons", "suggest", "--ledger", ledger).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("voices", "Nobody Here"),
        ("persons", "join", "Yahya Rasool", "Nobody Here", "--because", "x"),
        ("persons", "undo", "Yahya Rasool", "Yahya Rasul", "--because", "x"),
        ("persons", "join", "Yahya Rasool", "Yahya Rasul"),
    ],
)
def test_a_fault_of_the_caller_is_said(ledger: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--ledger", ledger)
    assert result.exit_code == 2
    assert result.stderr
    assert "Traceback" not in result.stderr
