"""`whoholds claims --to`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.model import Report
from whoholds.pool import Pool
from whoholds.tasks import Task


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_reader: Any) -> Path:
    """Three pages, and a pool that reads them in this process."""

    def each(_pool: Pool, task: Task[Any, Any], items: Any) -> Any:
        for item in items:
            dies = isinstance(item, Report) and item.text.strip() == "die"
            yield task.lost(item, "crashed", -11) if dies else task.do(fake_reader(), item)

    monkeypatch.setattr(fake_reader, "__init__", lambda *_, **__: None)
    monkeypatch.setattr(Pool, "each", each)
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    pages.mkdir()
    for n, line in enumerate(("gains gov:IRQ Ramadi 2016-02-09", "holds islamic-state Rutba 2016-02-10", "die")):
        (pages / f"{n}.txt").write_text(line)
    return tmp_path


def test_in_parts_and_into_a_ledger() -> None:
    made = run("claims", "pages", "--to", "parts")
    assert made.exit_code == 0, made.output
    assert "parts: 2 reports with 2 claims in 1 parts; 0 copies, 1 set aside" in made.output
    assert run("claims", "pages", "--to", "parts").output == made.output
    loaded = run("read", "parts", "--as", "readings", "--format", "json")
    assert loaded.exit_code == 0, loaded.output
    told = json.loads(loaded.stdout)
    assert (told["reports_new"], told["claims"]) == (2, 2)
    assert "reader-crashed" in [issue["code"] for issue in told["issues"]]
    claims = run("read", "parts", "--as", "claims", "--ledger", "claims.db", "--format", "json")
    assert json.loads(claims.stdout)["claims"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("claims", "pages", "--engine", "dask"), "need --to FOLDER"),
        (("claims", "pages", "--scheduler", "tcp://x:1"), "need --to FOLDER"),
        (("claims", "-", "--to", "parts"), "only files can be read in parts"),
        (("claims", "pages", "--to", "pages"), "other files in this folder"),
        (("read", "pages", "--as", "readings"), "nothing to load"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2, done.output
    assert words in done.output
    assert "Traceback" not in done.output
