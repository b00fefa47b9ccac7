"""The library: its tutorial runs as it stands, and its tables are those of the exports."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import whoholds
from whoholds.control.selection import ViewError
from whoholds.errors import InputError, LedgerError, WhoholdsError
from whoholds.gazetteer.added import Added, Source
from whoholds.ledger import Ledger
from whoholds.model import Report
from whoholds.pipeline import Reading

pyarrow = pytest.importorskip("pyarrow")
ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.M | re.S)


def test_the_tutorial_runs_from_top_to_bottom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    blocks = BLOCK.findall((ROOT / "docs" / "library.md").read_text("utf-8"))
    assert len(blocks) > 6
    names: dict[str, Any] = {}
    for number, block in enumerate(blocks, 1):
        exec(compile(block, f"library.md, block {number}", "exec"), names)
    assert (tmp_path / "tutorial.html").stat().st_size > 100_000


@pytest.fixture
def ledger(tmp_path: Path, factory: Any) -> Any:
    with Ledger.open(tmp_path / "w.db") as store:
        factory.store(
            store,
            factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", against="islamic-state"),
            factory.claim("holds", "islamic-state", "Rutba", "2016-01-05"),
        )
        yield store


def test_tables_have_types_and_say_what_they_are(ledger: Ledger) -> None:
    spells = whoholds.arrow(ledger, "spells", on=date(2016, 3, 1), view="without:Nobody")
    assert spells.schema.field("start").type == pyarrow.date32()
    assert spells.schema.field("holders").type == pyarrow.list_(pyarrow.string())
    assert spells.schema.field("support").metadata[b"says"]
    about = json.loads(spells.schema.metadata[b"whoholds"])
    assert about["asked"]["on"] == "2016-03-01"
    assert {row["place"] for row in spells.to_pylist()} == {"Ramadi", "Rutba"}


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "e.db") as empty:
        for what in ("spells", "states", "panel", "events", "claims", "reports", "acled"):
            table = whoholds.arrow(empty, what)  # type: ignore[arg-type]
            assert table.num_rows == 0
            assert table.num_columns > 5


def test_the_panel_counts_from_the_day_that_is_asked_for(ledger: Ledger) -> None:
    months = whoholds.panel(ledger, every="month", since=date(2016, 2, 1), on=date(2016, 3, 31)).to_pylist()
    ramadi = [(str(row["first_day"]), row["holders"]) for row in months if row["place"] == "Ramadi"]
    assert ramadi == [("2016-02-01", ["gov:IRQ"]), ("2016-03-01", ["gov:IRQ"])]


def test_reading_counts_and_lists_what_is_wrong(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("13 March 2016\n\nThe Islamic State left Rutba on Sunday, residents said.", "utf-8")
    (pages / "empty.txt").touch()
    told: list[str] = []
    done = whoholds.read(pages, tmp_path / "w.db", progress=lambda report: told.append(report.label))
    assert (done.new, done.known, told) == (1, 0, ["a.txt"])
    assert done.claims >= 1
    assert [issue.code for issue in done.issues if "empty.txt" in issue.source] == ["empty"]
    again = whoholds.read([pages], tmp_path / "w.db", processes=2)
    assert (again.new, again.known) == (0, 1)
    with pytest.raises(InputError):
        whoholds.read(tmp_path / "none", tmp_path / "w.db")


def test_inputs_that_are_none_are_named(tmp_path: Path) -> None:
    with pytest.raises(WhoholdsError, match="b'pages'"):
        whoholds.read(b"pages", tmp_path / "w.db")  # type: ignore[arg-type]
    with pytest.raises(InputError, match=r"none does not exist"):
        list(whoholds.reports(str(tmp_path / "none"), print))
    assert not (tmp_path / "w.db").exists()


@pytest.mark.parametrize("day", [date(2016, 3, 1), datetime(2016, 3, 1, 14, 30, tzinfo=UTC), "2016-03-01"])
def test_a_day_may_be_a_date_a_time_or_text(ledger: Ledger, day: Any) -> None:
    (state,) = whoholds.who(ledger, "Ramadi", on=day)
    assert state == whoholds.who(ledger, "Ramadi", on=date(2016, 3, 1))[0]
    assert whoholds.timeline(ledger, "Ramadi", known=day) == whoholds.timeline(ledger, "Ramadi", date(2016, 3, 1))
    assert whoholds.panel(ledger, on=day, since=day).num_rows == 2
    assert whoholds.map_data(ledger, on=day)["made"]["asked"]["on"] == "2016-03-01"
    assert whoholds.Reader(today=day).made_by == whoholds.Reader(today=date(2016, 3, 1)).made_by


@pytest.mark.parametrize("day", [20160301, "1 March 2016", "2016-02-30", b"2016-03-01"])
def test_what_is_no_day_is_named(ledger: Ledger, day: Any) -> None:
    said = re.escape(f"is {day!r}, no day")
    for ask in (whoholds.who, whoholds.panel, whoholds.map_data):
        with pytest.raises(WhoholdsError, match=f"on {said}"):
            ask(ledger, on=day)
    with pytest.raises(WhoholdsError, match=f"known {said}"):
        whoholds.who(ledger, known=day)
    with pytest.raises(WhoholdsError, match=f"today {said}"):
        whoholds.Reader(today=day)


def test_the_panel_ends_with_the_calendar(ledger: Ledger) -> None:
    rows = whoholds.panel(ledger, "month", since=date(9999, 11, 5), on=date.max).to_pylist()
    assert {str(row["last_day"]) for row in rows} == {"9999-11-30", "9999-12-31"}


def test_a_view_may_be_written_wherever_one_is_taken(ledger: Ledger) -> None:
    by_none = {"view": "side:gov:SYR"}
    assert whoholds.who(ledger, **by_none) == []
    assert whoholds.map_data(ledger, **by_none)["places"] == []
    assert whoholds.timeline(ledger, "Ramadi", **by_none).states == ()
    assert whoholds.arrow(ledger, "states", **by_none).num_rows == 0
    for ask in (whoholds.who, whoholds.map_data):
        with pytest.raises(ViewError):
            ask(ledger, view="their side")


def test_a_table_and_a_period_that_are_none_are_named_with_those_there_are(ledger: Ledger) -> None:
    with pytest.raises(WhoholdsError, match=r"'Spells', none of: spells, states, "):
        whoholds.arrow(ledger, "Spells")  # type: ignore[arg-type]
    with pytest.raises(WhoholdsError, match=r"'year', none of: day, week, month"):
        whoholds.panel(ledger, "year")  # type: ignore[arg-type]


def test_a_map_has_a_colour_for_each_holder(ledger: Ledger, tmp_path: Path) -> None:
    data = whoholds.map_data(ledger)
    first, second = (data["actors"][holder]["colour"] for holder in ("gov:IRQ", "islamic-state"))
    assert first != second
    whoholds.write_map(str(tmp_path / "map.html"), data)
    assert first in (tmp_path / "map.html").read_text("utf-8")


def test_a_closed_ledger_says_so(tmp_path: Path) -> None:
    ledger = Ledger.open(tmp_path / "w.db")
    ledger.close()
    ledger.close()
    with pytest.raises(LedgerError, match=r"w\.db: the ledger is closed"):
        whoholds.who(ledger)


def test_a_gazetteer_that_is_added_counts_from_the_next_text_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Any] = []
    monkeypatch.setattr("whoholds.pipeline.Reader", lambda **_: made.append(Silent()) or made[-1])
    lists = [Added(tmp_path), Added(tmp_path), Added(tmp_path, (Source("own", "0" * 64, "own.csv", "2026-11-24"),))]
    monkeypatch.setattr(Added, "load", lambda: lists.pop(0))
    for readers in (1, 1, 2):
        assert whoholds.claims_in("The army took Ramadi.") == []
        assert len(made) == readers


class Silent:
    """Reads nothing."""

    def read(self, report: Report) -> Reading:
        return Reading(report)


def test_the_date_of_a_text_comes_from_beside_it() -> None:
    (claim,) = whoholds.claims_in("The Islamic State left Rutba on Sunday.", published="2016-03-14")
    assert str(claim.when.start) == "2016-03-13"
    assert whoholds.claims_in("") == []
    assert whoholds.claims_in("It rained.") == []


def test_a_report_that_was_set_aside_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from whoholds.pipeline import Reader

    page = tmp_path / "a.txt"
    page.write_text("13 March 2016\n\nThe Islamic State left Rutba on Sunday, residents said.", "utf-8")

    def fail(*_: object) -> None:
        raise RuntimeError("no luck")

    with monkeypatch.context() as broken:
        broken.setattr(Reader, "read", fail)
        done = whoholds.read(page, tmp_path / "w.db")
    assert (done.new, [issue.code for issue in done.issues]) == (0, ["reader-failed"])
    assert whoholds.read(page, tmp_path / "w.db").new == 1
