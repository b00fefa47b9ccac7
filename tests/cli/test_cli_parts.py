"""`whoholds claims --to`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.model import Issue
from whoholds.pipeline import Reading
from whoholds.pool import Pool


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, arguments)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_reader: Any) -> Path:
    """Three pages, and a pool that reads them in this process."""

    def read(_pool: Pool, reports: Any) -> Any:
        for report in reports:
            yield (
                fake_reader().read(report)
                if report.text.strip() != "die"
                else Reading(report, issues=(Issue("reader-crashed", "it ended the process", report.source),))
            )

    monkeypatch.setattr(fake_reader, "__init__", lambda *_, **__: None)
    monkeypatch.setattr(Pool, "read", read)
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
