"""No claim and no date depends on the machine: neither on its clock nor on its time zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.model import Report, Role, Section, Span
from whoholds.pipeline import Reader
from whoholds.resolve.dates import report_date
from whoholds.sources import reports

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
READ = (
    "bulletins.jsonl",
    "croatia-1995-knin.txt",
    "iraq-2016-fallujah.html",
    "mali-2013-gao.html",
    "sudan-2023-wad-madani.txt",
    "ukraine-2022-kherson.txt",
)
ZONES = ("UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu")
CLOCKS = (datetime(1999, 12, 31, 23, 30, tzinfo=UTC), datetime(2031, 7, 1, 0, 30, tzinfo=UTC))


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def everything(reader: Reader) -> list[str]:
    """All claims, dates and issues of the sample reports, and of a text without a year."""
    found = [repr(reader.read(one)) for name in READ for one in reports([str(EXAMPLES / name)], lambda _: None)]
    return [*found, *map(repr, (report_date(undated()), reader.read(undated())))]


def undated() -> Report:
    text = "Troops entered Bama on Sunday (30 August), four days after it fell to Boko Haram, which took it in 2014."
    return Report("undated.txt", text, (Section(Span(0, len(text)), Role.BODY),), stated_date=None)


def test_two_clocks_and_four_zones_read_alike(zone: pytest.MonkeyPatch) -> None:
    reader = Reader()
    first: list[str] | None = None
    for name in ZONES:
        zone.setenv("TZ", name)
        time.tzset()
        for clock in CLOCKS:
            with time_machine.travel(clock, tick=False):
                assert date.today().year in (1999, 2000, 2031)
                found = everything(reader)
            first = first or found
            assert found == first, f"{name} at {clock}"


def answers(folder: Path, runner: CliRunner) -> list[str]:
    """What the commands print and write, with the day of reading given."""
    folder.mkdir()
    ledger, report = folder / "l.db", folder / "undated.txt"
    report.write_text(undated().text, "utf-8")
    today = ("--today", "2021-03-01")
    commands: tuple[tuple[str, ...], ...] = (
        ("read", str(report), str(EXAMPLES / "sudan-2023-wad-madani.txt"), "--ledger", str(ledger), *today),
        ("claims", str(report), "--format", "jsonl", *today),
        ("annotate", str(report), *today),
        ("who", "--ledger", str(ledger), "--format", "json", *today),
        ("timeline", "Bama", "--ledger", str(ledger), "--format", "json", *today),
        ("map", "--ledger", str(ledger), "-o", str(folder / "map.html"), *today),
        ("export", "states", "--ledger", str(ledger), "-o", str(folder / "states.csv"), *today),
        ("why", "Bama", "--ledger", str(ledger), *today),
    )
    said = []
    for command in commands:
        done = runner.invoke(app, command)
        assert done.exit_code == 0, f"{command}: {done.output}"
        said.append(done.output.replace(str(folder), ""))
    return [*said, *((folder / name).read_text("utf-8") for name in ("map.html", "states.csv"))]


def test_answers_of_a_given_day_are_the_same_under_two_clocks_and_four_zones(
    zone: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first: list[str] | None = None
    for name in ZONES:
        zone.setenv("TZ", name)
        time.tzset()
        for number, clock in enumerate(CLOCKS):
            with time_machine.travel(clock, tick=False):
                found = answers(tmp_path / f"{name.replace('/', '-')}-{number}", CliRunner())
            first = first or found
            assert found == first, f"{name} at {clock}"


def test_the_day_of_reading_bounds_a_year_that_is_not_stated() -> None:
    """30 August is a Sunday in 2015 and in 2020."""
    text = "Troops entered Bama on Sunday (30 August). The town had been taken twice."
    report = Report("undated.txt", text, (Section(Span(0, len(text)), Role.BODY),))
    assert report_date(report) == (None, [])
    for today, year in ((date(2018, 1, 1), 2015), (date(2021, 1, 1), 2020)):
        published = Reader(sift=False, today=today).read(report).report.published
        assert published is not None
        assert published.start == date(year, 8, 30)


def test_the_day_of_reading_is_part_of_what_made_a_claim() -> None:
    assert Reader(today=date(2018, 1, 1)).made_by != Reader().made_by
