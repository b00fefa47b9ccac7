"""The library: its tutorial runs as it stands, and its tables are those of the exports."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import whoholds
from whoholds.errors import InputError
from whoholds.ledger import Ledger

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
