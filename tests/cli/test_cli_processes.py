"""The commands as real processes: kills, Ctrl-C, closed pipes, full disks, terminals. The reader is a slow fake one."""

from __future__ import annotations

import json
import os
import pty
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from whoholds.ledger import Ledger

TESTS = Path(__file__).resolve().parents[1]
SCRIPT = """
import signal, sys
# A shell without job control starts what it puts in the background deaf to Ctrl-C, and that is inherited.
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.path.insert(0, {tests!r})
import conftest, whoholds.pipeline
conftest.FakeReader.pause_s = {pause}
whoholds.pipeline.Reader = conftest.FakeReader
{setup}
from whoholds.cli import main
sys.argv = ["whoholds", *{arguments!r}]
main()
"""
PAGES = 30


def command(*arguments: str, pause: float = 0.0, setup: str = "") -> list[str]:
    code = SCRIPT.format(tests=str(TESTS), pause=pause, setup=setup, arguments=list(arguments))
    return [sys.executable, "-c", code]


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with thirty short reports, each with one claim, and the current directory beside it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(PAGES):
        lines = f"Report number {number}\n\ngains gov:IRQ Ramadi 2016-02-{number % 28 + 1:02}\n"
        (folder / f"{number:02}.txt").write_text(
            lines + "The people of the town have left it, and it is quiet now.\n" * 3
        )
    return folder


def stored() -> dict[str, int]:
    with Ledger.open(Path("whoholds.db"), create=False) as ledger:
        return ledger.counts()


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until the condition holds; a process that ends before is a failure."""
    deadline = time.monotonic() + 30
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "nothing happened for 30 seconds"
        time.sleep(0.01)


def has_reports(number: int) -> bool:
    if not Path("whoholds.db").exists() or not Path("whoholds.db").stat().st_size:
        return False
    return stored()["reports"] >= number


@pytest.mark.usefixtures("pages")
def test_a_kill_in_the_middle_and_the_same_command_again() -> None:
    with subprocess.Popen(command("read", "pages", pause=0.03), stderr=subprocess.PIPE, text=True) as process:
        wait_for(lambda: has_reports(3), process)
        process.kill()
    after = stored()
    assert 3 <= after["reports"] < PAGES
    assert after["reports"] == after["readings"] == after["claims"]
    again = subprocess.run(command("read", "pages"), capture_output=True, text=True, check=True)
    assert f"{PAGES - after['reports']} new, {after['reports']} known before" in again.stdout
    assert stored()["reports"] == stored()["claims"] == PAGES


@pytest.mark.usefixtures("pages")
def test_ctrl_c_keeps_what_is_finished_and_says_how_to_go_on() -> None:
    with subprocess.Popen(
        command("read", "pages", pause=0.2), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for(lambda: has_reports(2), process)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Every finished report is in whoholds.db; give the same command again" in errors
    assert "Traceback" not in errors
    finished = stored()["reports"]
    assert 2 <= finished < PAGES
    assert f"Reports: {finished} new" in output


@pytest.mark.usefixtures("pages")
def test_a_reader_of_the_output_who_leaves_early_hears_nothing() -> None:
    # More than a pipe holds, so that the program is still writing when its reader has gone.
    big = """
import whoholds.exports.records as records
real = records.claim_record
records.claim_record = lambda claim: real(claim) | {"long": "x" * 9000}
"""
    with subprocess.Popen(
        command("claims", "pages", setup=big), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["place"] == "Ramadi"
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


@pytest.mark.usefixtures("pages")
def test_a_full_disk_keeps_what_is_finished() -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (110_000, 110_000))"
    full = subprocess.run(command("read", "pages", setup=limit), capture_output=True, text=True, check=False)
    assert full.returncode == 2
    assert "whoholds.db: the ledger cannot be written" in full.stderr
    assert "Traceback" not in full.stderr
    finished = stored()["reports"]
    assert 0 < finished < PAGES
    assert f"Reports: {finished} new" in full.stdout
    subprocess.run(command("read", "pages"), capture_output=True, check=True)
    assert stored()["reports"] == stored()["claims"] == PAGES


@pytest.mark.usefixtures("pages")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_output_to_a_full_disk_is_an_error() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command("claims", "pages"), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("pages")
def test_closed_outputs_are_no_fault() -> None:
    quoted = " ".join(shlex.quote(part) for part in command("read", "pages"))
    done = subprocess.run(["/bin/sh", "-c", f"{quoted} >&- 2>&-"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stored()["reports"] == PAGES


@pytest.mark.usefixtures("pages")
def test_no_progress_bar_where_nobody_watches() -> None:
    done = subprocess.run(command("read", "pages"), capture_output=True, text=True, check=True)
    assert done.stderr == ""


def on_a_terminal(arguments: list[str], environment: dict[str, str]) -> str:
    """What a terminal would show: standard output and standard error are one pseudo-terminal."""

    def chunks(side: int) -> Iterator[bytes]:
        while True:
            try:
                chunk = os.read(side, 65536)
            except OSError:  # Linux says so when the other side is closed
                return
            if not chunk:
                return
            yield chunk

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        arguments, stdout=theirs, stderr=theirs, stdin=theirs, env=os.environ | environment
    ) as process:
        os.close(theirs)
        shown = b"".join(chunks(ours))
    os.close(ours)
    assert process.returncode == 0, shown
    return shown.decode()


@pytest.mark.usefixtures("pages")
def test_a_progress_bar_on_a_terminal() -> None:
    shown = on_a_terminal(command("read", "pages", pause=0.02), {"TERM": "xterm", "COLUMNS": "80"})
    assert f"/{PAGES}" in shown
    assert f"Reports: {PAGES} new" in shown


@pytest.mark.usefixtures("pages")
def test_no_color_is_respected() -> None:
    subprocess.run(command("read", "pages"), capture_output=True, check=True)
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    assert "NO_COLOR" not in plain
    without = on_a_terminal(command("who"), {"TERM": "xterm-256color", "NO_COLOR": "1", "COLUMNS": "80"})
    assert "Ramadi" in without
    assert not any(f"\x1b[{code}m" in without for code in (*range(30, 38), *range(90, 98)))


@pytest.mark.usefixtures("pages")
def test_two_reads_at_once_share_one_ledger() -> None:
    both = [
        subprocess.Popen(
            command("read", "pages", pause=0.005), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    outputs = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert stored()["reports"] == stored()["readings"] == stored()["claims"] == PAGES
