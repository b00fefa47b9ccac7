"""Tables of the record in every format: the same rows, opened by programs that are not ours."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree

from whoholds.cli.app import app
from whoholds.errors import WhoholdsError
from whoholds.exports.formats import by_path, known
from whoholds.exports.tables.what import What, table_of
from whoholds.exports.text import clean, safe_cell, unguarded
from whoholds.exports.write import write_table
from whoholds.ledger import Ledger
from whoholds.views import Question
from whoholds.views.panel import Period

ATTACK = "=cmd|' /C calc'!A0"


@pytest.fixture
def ledger(tmp_path: Path, factory: Any) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "w.db") as store:
        factory.store(
            store,
            factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", against="islamic-state", quote="took Ramadi"),
            factory.claim("contests", "islamic-state", "Ramadi", "2016-02-20", quote="fought in Ramadi"),
            factory.claim("gains", "islamic-state", "Hit", "2016-01-05", quote=ATTACK),
        )
        yield store


def rows(ledger: Ledger, what: What, **kwargs: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in table_of(ledger, what, Question(), **kwargs).rows]


@pytest.mark.parametrize("what", list(What))
def test_every_row_has_every_column_and_nothing_else(ledger: Ledger, what: What) -> None:
    table = table_of(ledger, what, Question())
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    found = list(table.rows)
    assert found
    assert all(sorted(row) == sorted(names) for row in found)
    assert all(column.says for column in table.columns)


def test_every_row_leads_back_to_its_claims(ledger: Ledger) -> None:
    ids = {row["id"] for row in rows(ledger, What.CLAIMS)}
    spells = rows(ledger, What.SPELLS)
    assert {name for row in spells for name in row["claims_for"]} <= ids
    assert all(row["claims"] for row in rows(ledger, What.EVENTS))


def test_events_are_changes_and_fights(ledger: Ledger) -> None:
    found = {(row["place"], row["event"]): row for row in rows(ledger, What.EVENTS)}
    taken = found["Ramadi", "taken"]
    assert (taken["first_day"], taken["after"], taken["actors"]) == (
        "2016-02-09",
        ["gov:IRQ"],
        ["gov:IRQ", "islamic-state"],
    )
    assert ("Ramadi", "fighting") in found
    assert ("Hit", "taken") in found


def test_a_day_by_which_it_was_so_is_told_from_the_day_itself(tmp_path: Path, factory: Any) -> None:
    with Ledger.open(tmp_path / "by.db") as store:
        factory.store(
            store,
            factory.claim("gains", "gov:IRQ", "Ramadi", ("2016-02-01", "2016-02-29"), published="2016-03-01"),
            factory.claim("gains", "gov:IRQ", "Rutba", "2016-02-09", published="2016-02-10", label="b.txt"),
        )
        exact = {"Ramadi": False, "Rutba": True}
        assert {row["place"]: row["since_exact"] for row in rows(store, What.STATES)} == exact
        assert {row["place"]: row["start_exact"] for row in rows(store, What.SPELLS)} == exact
        event = next(row for row in rows(store, What.EVENTS) if row["place"] == "Ramadi")
        assert (event["first_day"], event["last_day"]) == ("2016-02-01", "2016-02-29")


def test_what_is_only_known_to_have_been_fought_over_rests_on_words_too(tmp_path: Path, factory: Any) -> None:
    with Ledger.open(tmp_path / "fought.db") as store:
        fight = factory.claim("contests", "islamic-state", "Ramadi", "2016-02-20", published="2016-02-21")
        factory.store(store, fight)
        for what in (What.STATES, What.SPELLS, What.PANEL):
            found = rows(store, what)
            assert found
            assert all(row["claims_for"] == [fight.id] for row in found), what
        assert [row["since"] for row in rows(store, What.STATES)] == [None]


def test_the_day_that_ages_count_to_is_in_what_was_asked(ledger: Ledger) -> None:
    asked = [
        table_of(ledger, What.STATES, question).about()["asked"]
        for question in (Question(today=date(2020, 1, 1)), Question(date(2016, 3, 1), today=date(2020, 1, 1)))
    ]
    assert [one["today"] for one in asked if isinstance(one, dict)] == ["2020-01-01", None]


def test_the_panel_counts_weeks_from_monday_and_months(ledger: Ledger) -> None:
    weeks = [row for row in rows(ledger, What.PANEL, every=Period.WEEK) if row["place"] == "Ramadi"]
    taken = next(row for row in weeks if row["holders"] == ["gov:IRQ"])
    assert (taken["first_day"], taken["last_day"]) == ("2016-02-08", "2016-02-14")
    months = [row for row in rows(ledger, What.PANEL, every=Period.MONTH) if row["place"] == "Ramadi"]
    february = next(row for row in months if row["first_day"] == "2016-02-01")
    assert (february["fighting"], february["fighting_days"] >= 1) == (True, True)


def test_a_period_ends_before_the_next() -> None:
    assert Period.MONTH.last(date(2023, 12, 1)) == date(2023, 12, 31)
    assert Period.MONTH.last(date(2024, 2, 1)) == date(2024, 2, 29)
    assert Period.WEEK.first(date(2024, 1, 7)) == date(2024, 1, 1)
    assert Period.WEEK.last(date(2024, 1, 1)) == date(2024, 1, 7)
    assert Period.WEEK.last(Period.WEEK.first(date.max)) == date.max


def write(ledger: Ledger, what: What, path: Path) -> int:
    form = by_path(path)
    assert form is not None
    return write_table(table_of(ledger, what, Question()), form, path)


def test_csv_is_safe_in_a_spreadsheet_and_has_its_word_beside_it(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    assert write(ledger, What.CLAIMS, path) == 3
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["quote"] for row in found if "calc" in row["quote"]] == [f"'{ATTACK}"]
    about = json.loads((tmp_path / "claims.csv.about.json").read_text("utf-8"))
    assert "Not for targeting" in about["disclaimer"]
    assert about["coverage"]["reports"] == len({row["report_id"] for row in found})
    assert about["asked"]["clock"] == "in hindsight"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " \n=1", "\r-1", "＝1+1", "'=1", "''+1", "\u202e=1", "\x1b=1"]
)
def test_no_cell_is_a_formula_and_the_text_comes_back(text: str) -> None:
    cell = safe_cell(text)
    assert str(cell).startswith("'")
    assert unguarded(str(cell)) == clean(text)


@pytest.mark.parametrize("text", ["took Hit", "'twas", "5 = 5", "Al-Qaim", "", "3 - 1", "الرمادي"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert unguarded(str(safe_cell(text))) == safe_cell(text) == text


@pytest.mark.parametrize("form", sorted(known()))
def test_all_formats_hold_the_same_rows_and_the_same_bytes_again(ledger: Ledger, tmp_path: Path, form: str) -> None:
    chosen, spells = known()[form], rows(ledger, What.SPELLS)
    expected = [row for row in spells if row["lat"] is not None or form not in ("kml", "flatgeobuf")]
    one, two = tmp_path / f"a{chosen.suffix}", tmp_path / f"b{chosen.suffix}"
    for path in (one, two):
        assert write_table(table_of(ledger, What.SPELLS, Question()), chosen, path) == len(expected)
    assert one.read_bytes() == two.read_bytes()


def test_geojson_and_json_carry_the_disclaimer(ledger: Ledger, tmp_path: Path) -> None:
    write(ledger, What.SPELLS, tmp_path / "s.geojson")
    found = json.loads((tmp_path / "s.geojson").read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    assert {"type": "Point", "coordinates": [43.31, 33.42]} in [
        {**f["geometry"], "coordinates": [round(x, 2) for x in f["geometry"]["coordinates"]]}
        for f in found["features"]
        if f["geometry"]
    ]
    assert "disclaimer" in found["about"]


def test_kml_is_well_formed_and_attacks_stay_text(ledger: Ledger, tmp_path: Path, factory: Any) -> None:
    factory.store(
        ledger, factory.claim("holds", "gov:IRQ", "Ramadi", "2016-03-01", quote="</value><script>\x01\x1b[31m")
    )
    write(ledger, What.CLAIMS, tmp_path / "c.kml")
    tree = etree.parse(tmp_path / "c.kml")
    space = "{http://www.opengis.net/kml/2.2}"
    assert len(list(tree.iter(f"{space}Placemark"))) == sum(row["lat"] is not None for row in rows(ledger, What.CLAIMS))
    assert not list(tree.iter(f"{space}script"))


def test_parquet_by_arrow_and_geopackage_by_gdal(ledger: Ledger, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    pyogrio = pytest.importorskip("pyogrio")
    number = write(ledger, What.SPELLS, tmp_path / "s.geoparquet")
    placed = sum(row["lat"] is not None for row in rows(ledger, What.SPELLS))
    table = parquet.read_table(tmp_path / "s.geoparquet")
    assert table.num_rows == number
    assert {b"geo", b"whoholds"} <= set(parquet.ParquetFile(tmp_path / "s.geoparquet").metadata.metadata)
    for name, expected in (("s.gpkg", number), ("s.fgb", placed)):
        write(ledger, What.SPELLS, tmp_path / name)
        assert pyogrio.read_info(tmp_path / name)["features"] == expected


def test_reports_have_no_points(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(WhoholdsError, match="lat and lon"):
        write(ledger, What.REPORTS, tmp_path / "r.kml")
    assert not list(tmp_path.glob("*.kml"))
    assert write(ledger, What.REPORTS, tmp_path / "r.csv") == len(rows(ledger, What.REPORTS))


@pytest.mark.usefixtures("ledger")
def test_the_command(tmp_path: Path) -> None:
    def run(*arguments: object) -> Any:
        return CliRunner().invoke(app, ["export", *map(str, arguments), "--ledger", str(tmp_path / "w.db")])

    assert run("states", "-o", tmp_path / "s.csv", "--on", "2016-02-10").exit_code == 0
    assert "2016-02-10" in (tmp_path / "s.csv").read_text("utf-8")
    assert run("states", "-o", tmp_path / "s.xyz").exit_code == 2
    assert run("states", "-o", tmp_path / "none" / "s.csv").exit_code == 2
    assert run("states", "-o", tmp_path / "w.db", "--format", "csv").exit_code == 2
    assert run("tables", "-o", tmp_path / "s.csv").exit_code == 2
    assert not list(tmp_path.glob(".*.part"))


def test_the_page_of_the_exports_is_up_to_date() -> None:
    import runpy

    folder = Path(__file__).resolve().parents[2] / "docs"
    made = runpy.run_path(str(folder / "make_exports.py"))["page"]()
    assert (folder / "exports.md").read_text("utf-8") == made
