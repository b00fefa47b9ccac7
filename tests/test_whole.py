"""Files that are written whole or not at all, and what is no file."""

from __future__ import annotations

import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.whole import is_stream, written_whole


def test_a_new_file_takes_its_name_at_the_end_alone(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("before")
    path.chmod(0o640)
    (tmp_path / "link").symlink_to(path)
    with suppress(InterruptedError), written_whole(path) as part:
        part.write_text("half")
        raise InterruptedError
    assert path.read_text() == "before"
    with written_whole(tmp_path / "link", ".csv") as part:
        assert part.suffix == ".csv"
        part.write_text("after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(one.name for one in tmp_path.iterdir()) == ["link", "page.html"]


def test_a_pipe_gets_the_content_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    with written_whole(pipe) as part:
        part.write_text("a page")
    reader.join(10)
    assert got == [b"a page"]
    assert is_stream(pipe)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [one.name for one in tmp_path.iterdir()] == ["pipe"]


def test_a_reader_that_has_enough_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with written_whole(Path(f"/dev/fd/{writing}")) as part:
        part.write_text("a page")
    os.close(writing)


def test_an_open_file_is_added_to(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_text("before, ")
    with path.open("a") as file:
        assert is_stream(Path(f"/dev/fd/{file.fileno()}"))
        with written_whole(Path(f"/dev/fd/{file.fileno()}")) as part:
            part.write_text("after")
    assert path.read_text() == "before, after"


def test_a_table_goes_where_the_caller_has_opened_a_file(tmp_path: Path) -> None:
    ledger = ["--ledger", str(tmp_path / "w.db")]
    (tmp_path / "a.txt").write_text("The army took Ramadi on 9 February 2016, a spokesman said.")
    runner = CliRunner()
    assert runner.invoke(app, ["read", str(tmp_path / "a.txt"), *ledger]).exit_code == 0
    with (tmp_path / "out").open("wb") as file:
        to = ["-o", f"/dev/fd/{file.fileno()}"]
        done = runner.invoke(app, ["export", "claims", "--format", "csv", *to, *ledger])
    assert done.exit_code == 0, done.output
    assert "has no place there" in done.stderr
    assert "Ramadi" in (tmp_path / "out").read_text()
    assert not list(Path("/dev").glob("**/*.about.json"))


@pytest.mark.parametrize("command", [["export", "claims", "--format", "json"], ["map"]])
def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    ledger = ["--ledger", str(tmp_path / "w.db")]
    (tmp_path / "a.txt").write_text("The army took Ramadi on 9 February 2016, a spokesman said.")
    runner = CliRunner()
    runner.invoke(app, ["read", str(tmp_path / "a.txt"), *ledger])
    before = os.dup(1)
    try:
        with (tmp_path / "out").open("wb") as file:
            os.dup2(file.fileno(), 1)
            done = runner.invoke(app, [*command, "-o", "-", *ledger])
    finally:
        os.dup2(before, 1)
        os.close(before)
    assert done.exit_code == 0, done.output
    assert "Ramadi" in (tmp_path / "out").read_text("utf-8")
    assert not (tmp_path / "-").exists()
