"""Readers side by side: the same readings in the same order, whatever single reports do to them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from whoholds import pool
from whoholds.alone import Alone
from whoholds.errors import WeightsError, WhoholdsError
from whoholds.model import Report
from whoholds.pipeline import Reading
from whoholds.pool import Pool, readers
from whoholds.sources import reports
from whoholds.sources.formats import Format
from whoholds.sources.found import Page, Unopened
from whoholds.sources.records import Record
from whoholds.tasks import Patience, Task


class Odd:
    """Stands in for the reader: does what the report's text says."""

    made_by = "odd"

    today = None

    def __init__(self, *, sift: bool = True) -> None:
        self.sift = sift

    def load(self) -> None:
        pass

    def read(self, report: Report) -> Reading:
        if report.text == "crash":
            raise RuntimeError("a fault")
        if report.text == "die":
            os._exit(9)
        if report.text == "stall":
            time.sleep(60)
        if report.text == "wait":
            time.sleep(0.5)
        while report.text == "loop":
            pass
        if report.text == "memory":
            bytes(2 * pool.MEMORY)
        if report.text == "weights":
            raise WeightsError("no weights")
        return Reading(report, made_by=self.made_by)


class Numbered(Odd):
    """Says in which process it reads."""

    def read(self, report: Report) -> Reading:
        return Reading(report, made_by=str(os.getpid()))


class NoWeights(Odd):
    def __init__(self, *, sift: bool = True) -> None:  # noqa: ARG002
        raise WeightsError("no weights")


@pytest.fixture(autouse=True)
def odd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Reader", Odd)


def texts(*odd: str, number: int = 40) -> Iterator[Report]:
    return (Report(str(n), odd[n % number] if n % number < len(odd) else f"text {n}") for n in range(number))


def codes(readings: list[Reading]) -> list[str]:
    return [issue.code for reading in readings for issue in reading.issues]


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_the_same_in_the_same_order(processes: int) -> None:
    with Pool(processes) as workers:
        found = list(workers.read(texts()))
    assert [r.report.label for r in found] == [str(n) for n in range(40)]
    assert codes(found) == []


def test_pages_are_taken_apart_while_others_are_read(tmp_path: Path) -> None:
    for n in range(60):
        (tmp_path / f"{n:02}.html").write_text(f"<html><body><p>{f'Page {n} of the bulletin. ' * 30}</p></body></html>")
    (tmp_path / "30.html").write_text("<html><body></body></html>")
    issues: list[str] = []
    with Pool(2) as workers:
        found = workers.read(reports([str(tmp_path)], lambda issue: issues.append(str(issue)), opener=workers.open))
        side_by_side = [reading.report for reading in found]
    alone_issues: list[str] = []
    assert side_by_side == list(reports([str(tmp_path)], lambda issue: alone_issues.append(str(issue))))
    assert len(side_by_side) == 59
    assert issues == alone_issues
    assert len(issues) == 1


def kill(_: object, text: str) -> str:
    if text == "die":
        os._exit(3)
    return text.upper()


def lost(text: str, why: str, code: int | None) -> str:
    return f"{text} {why} {code}"


def test_whatever_is_done_a_process_that_ends_costs_one_thing() -> None:
    task = Task(kill, len, lost)
    with Pool(2) as workers:
        assert list(workers.each(task, ["a", "die", "b", "die"])) == ["A", "die crashed 3", "B", "die crashed 3"]


def stall(*_: object) -> Iterator[Record]:
    time.sleep(60)
    yield from ()


def die(*_: object) -> Iterator[Record]:
    os._exit(3)


def odd_files() -> Iterator[Unopened]:
    """Two PDFs of the kind that their library does not survive, and a page."""
    for name, does in (("stalls.pdf", stall), ("dies.pdf", die)):
        yield Unopened(Page(b"%PDF-", name, name, kind=Format("a PDF", (".pdf",), does)))
    yield Unopened(Page(b"The market of the town was open.", "a.txt", "a.txt"))


def test_a_file_that_breaks_its_library_costs_itself_alone() -> None:
    with Pool(1, patience=Patience(1.0, slack=1.0)) as workers:
        stalled, died, read = workers.open(odd_files())
    assert [i.code for one in (stalled, died) for i in one.issues] == ["reader-stalled", "reader-crashed"]
    assert read.report
    alone = Alone(Odd(), Patience(0.2, slack=1.0)).open(one for n, one in enumerate(odd_files()) if n != 1)  # type: ignore[arg-type]
    stalled, read = alone
    assert [(i.code, i.source) for i in stalled.issues] == [("reader-stalled", "stalls.pdf")]
    assert read.report


def test_what_is_hard_is_done_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.tasks.HARD", 4)
    pages = [one for n, one in enumerate(odd_files()) if n != 0]
    with readers(Odd(), 1) as alone:  # type: ignore[arg-type]
        died, read = alone.open(pages)
        assert [reading.report.label for reading in alone.read(texts(number=3))] == ["0", "1", "2"]
    assert [(i.code, i.source) for i in died.issues] == [("reader-crashed", "dies.pdf")]
    assert read.report


SCRIPT = """
import whoholds.tasks
whoholds.tasks.HARD = 4
print("begun")
from whoholds.pipeline import Reader
from whoholds.pool import readers
from whoholds.sources.found import Page, Unopened
page = Unopened(Page(b"<p>The market of the town was open.", "a.html", "a.html", is_html=True))
with readers(Reader(), 1) as them:
    (opened,) = them.open([page])
print(opened.report.text)
"""
"""With no `if __name__ == "__main__"`, as most scripts are."""


@pytest.mark.parametrize("way", ["file", "input"])
def test_a_script_runs_once_though_other_processes_are_started_for_it(tmp_path: Path, way: str) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, "utf-8")
    command = [sys.executable, str(script)] if way == "file" else [sys.executable, "-"]
    done = subprocess.run(command, input=SCRIPT, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.split("\n")[:2] == ["begun", "The market of the town was open."], done.stderr


def childless(processes: int) -> list[str]:
    """What a worker of Python's own pool gets, that may have no processes of its own."""
    try:
        with readers(Odd(), processes) as them:  # type: ignore[arg-type]
            return [one.report.text for one in them.open([page_of_markup()]) if one.report]
    except WhoholdsError as error:
        return [str(error)]


def page_of_markup() -> Unopened:
    return Unopened(Page(b"<p>" + b"The market of the town was open. " * 9_000, "a.html", "a.html", is_html=True))


def test_where_no_process_may_be_started_all_is_done_in_this_one() -> None:
    with multiprocessing.get_context("spawn").Pool(1) as workers:
        (text,) = workers.apply(childless, (1,))
        assert text.startswith("The market of the town was open.")
        assert "may not start processes of its own" in workers.apply(childless, (2,))[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_timer_of_the_caller_goes_on_and_rings() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        found = list(Alone(Odd(), Patience(0.4, slack=1.0)).read(texts("wait", number=3)))  # type: ignore[arg-type]
        assert rung == [True]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert codes(found) == []


def test_processes_are_replaced_after_so_many_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "Reader", Numbered)
    monkeypatch.setattr(pool, "LIFE", 16)
    with Pool(2) as workers:
        found = list(workers.read(texts(number=80)))
    assert [r.report.label for r in found] == [str(n) for n in range(80)]
    assert len({r.made_by for r in found}) >= 4


def test_nothing_to_read() -> None:
    with Pool(2) as workers:
        assert list(workers.read(iter(()))) == []


def test_what_a_report_does_to_its_reader_costs_that_report_alone() -> None:
    with Pool(2, patience=Patience(1.0, slack=1.0)) as workers:
        found = list(workers.read(texts("crash", "fine", "die", "stall", "die", number=20)))
    assert [r.report.label for r in found] == [str(n) for n in range(20)]
    assert codes(found) == ["reader-failed", "reader-crashed", "reader-stalled", "reader-crashed"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process so")
def test_a_report_that_needs_too_much_memory_fails_alone() -> None:
    with Pool(1) as workers:
        found = list(workers.read(texts("fine", "memory", number=4)))
    assert codes(found) == ["reader-failed"]
    assert "MemoryError" in str(found[1].issues[0])


def test_a_missing_part_of_the_reader_stops_all(monkeypatch: pytest.MonkeyPatch) -> None:
    with Pool(2) as workers, pytest.raises(WeightsError):
        list(workers.read(texts("weights")))
    monkeypatch.setattr(pool, "Reader", NoWeights)
    with Pool(2) as workers, pytest.raises(WeightsError):
        list(workers.read(texts()))


def test_in_one_process_a_report_that_takes_too_long_is_set_aside() -> None:
    alone = Alone(Odd(), Patience(0.2, slack=1.0))  # type: ignore[arg-type]
    found = list(alone.read(texts("stall", "crash", number=4)))
    assert codes(found) == ["reader-stalled", "reader-failed"]
    assert len(found) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("processes", [1, 2])
def test_time_is_counted_that_a_report_keeps_a_processor(processes: int) -> None:
    patience = Patience(0.2, slack=1_000.0)
    with Pool(processes, patience=patience) as workers:
        one = Alone(Odd(), patience) if processes == 1 else workers  # type: ignore[arg-type]
        found = list(one.read(texts("wait", "loop", number=4)))
    assert codes(found) == ["reader-stalled"]
    assert found[1].issues
