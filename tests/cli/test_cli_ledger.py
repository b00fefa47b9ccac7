"""`whoholds ledger` as it is typed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from postgres_server import Server
from whoholds.cli.app import app
from whoholds.ledger import Ledger


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, factory: Any) -> Path:
    """The current folder, with a ledger of two reports in it."""
    monkeypatch.chdir(tmp_path)
    with Ledger.open("whoholds.db") as store:
        factory.store(store, factory.claim(label="one"), factory.claim(label="two", place="Rutba"))
    return tmp_path


def test_there_and_back_again(postgres: Server) -> None:
    address = postgres.ledger()
    there = run("ledger", "copy", "whoholds.db", address)
    assert there.exit_code == 0, there.output
    assert "2 reports with 2 claims copied from whoholds.db" in there.output
    assert run("who", "Ramadi", "--ledger", address).output == run("who", "Ramadi").output
    assert run("ledger", "copy", address, "back.db").exit_code == 0
    assert run("ledger", "backup", address, "backup.db").exit_code == 0
    hashes = {
        json.loads(run("ledger", "verify", where, "--format", "json").output)["content"]
        for where in ("whoholds.db", address, "back.db", "backup.db")
    }
    assert len(hashes) == 1


def test_a_sound_ledger_says_so_and_a_damaged_one_what_is_wrong() -> None:
    sound = run("ledger", "verify")
    assert sound.exit_code == 0
    assert "2 reports, 2 readings, 2 claims" in sound.output
    assert sound.output.endswith("Sound.\n")
    with sqlite3.connect("whoholds.db") as connection:
        connection.execute("UPDATE claims SET kind = 'loses' WHERE reading_id = 1")
    connection.close()
    damaged = run("ledger", "verify")
    assert damaged.exit_code == 2
    assert "kind differ from the claim itself" in damaged.output
    assert "Damaged. Restore a backup" in damaged.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("copy", "none.db", "new.db"), "there is no ledger"),
        (("copy", "whoholds.db", "whoholds.db"), "there is something in this ledger"),
        (("verify", "none.db"), "there is no ledger"),
        (("backup", "whoholds.db", "whoholds.db"), "replaces nothing"),
        (("copy", "whoholds.db", "mysql://me@db/x"), "in PostgreSQL, not in mysql"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], words: str) -> None:
    done = run("ledger", *arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert "Traceback" not in done.output
    assert run("ledger", "verify").exit_code == 0
