"""Tables with HXL hashtags: read and checked by libhxl, with P-codes where the gazetteer has them."""

from __future__ import annotations

import csv
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.exports.hxl import CODES, tagged
from whoholds.exports.tables.what import What, table_of
from whoholds.gazetteer import Gazetteer
from whoholds.gazetteer.pcodes import NONE, Pcodes
from whoholds.ledger import Ledger
from whoholds.model import Place
from whoholds.plain import is_tags
from whoholds.views import Question

CORE = {
    "#access", "#activity", "#adm1", "#adm2", "#adm3", "#adm4", "#adm5", "#affected", "#beneficiary", "#capacity",
    "#cause", "#channel", "#contact", "#country", "#crisis", "#currency", "#date", "#delivery", "#description",
    "#event", "#frequency", "#geo", "#group", "#impact", "#indicator", "#inneed", "#item", "#loc", "#meta",
    "#modality", "#need", "#operations", "#org", "#output", "#population", "#reached", "#region", "#respondee",
    "#sector", "#service", "#severity", "#status", "#subsector", "#targeted", "#value",
}  # fmt: skip
"""The core hashtags of HXL 1.1."""
RAMADI = Place("Ramadi", place_id="geonames:98717", lat=33.42, lon=43.31, country="IRQ", basis="gazetteer")
NEAR = Place("12 km west of Ramadi", place_id="geonames:98717/near", lat=33.4, lon=43.2, country="IRQ", basis="offset")


@pytest.fixture
def ledger(tmp_path: Path, factory: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger, and a gazetteer in which Ramadi has P-codes."""
    codes = {"geonames:98717": Pcodes("IQG01Q0603", "IQG01", "IQG01Q06")}
    monkeypatch.setattr(Gazetteer, "pcodes", lambda _, place_id: codes.get(place_id, NONE))
    with Ledger.open(tmp_path / "w.db") as store:
        factory.store(
            store,
            factory.claim("gains", "gov:IRQ", RAMADI, "2016-02-09", against="islamic-state", quote="took  Ramadi"),
            factory.claim("contests", "islamic-state", RAMADI, ("2016-02-10", "2016-02-20"), label="b.txt"),
            factory.claim("holds", "gov:IRQ", NEAR, "2016-02-20", label="c.txt"),
            factory.claim("holds", "gov:SYR", "Ghnayman", "2016-02-20", label="d.txt"),
        )
    return tmp_path / "w.db"


def export(ledger: Path, what: str, name: str, *more: str) -> Path:
    path = ledger.parent / name
    done = CliRunner().invoke(app, ["export", str(what), "-o", str(path), "--ledger", str(ledger), *more])
    assert done.exit_code == 0, done.output
    return path


def opened(path: Path) -> Any:
    """The file as libhxl reads it; by its bytes, as libhxl leaves a file open."""
    hxl = pytest.importorskip("hxl")
    return hxl.data(BytesIO(path.read_bytes()))


@pytest.mark.parametrize("what", list(What))
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_libhxl_reads_every_table_and_finds_no_error(ledger: Path, what: What, suffix: str) -> None:
    hxl = pytest.importorskip("hxl")
    path = export(ledger, what, f"t.{suffix}", "--hxl")
    source = opened(path)
    found = list(source)
    tags = {column.tag for column in source.columns if column.tag}
    with export(ledger, what, "plain.csv").open(encoding="utf-8", newline="") as file:
        assert len(found) == len(list(csv.DictReader(file))) > 0
    assert tags <= CORE
    assert {"#date", "#meta"} <= tags
    if what is not What.REPORTS:
        assert {"#loc", "#geo", "#country", "#adm1"} <= tags
    faults: list[Any] = []
    hxl.schema(None, faults.append).validate(opened(path))
    assert [fault for fault in faults if fault.rule.severity == "error"] == []


def test_values_and_p_codes_by_their_tags(ledger: Path) -> None:
    path = export(ledger, "states", "s.csv", "--hxl", "--on", "2016-02-20")
    rows = {row.get("#loc+name"): row for row in opened(path)}
    ramadi = rows["Ramadi"]
    assert [ramadi.get(tag) for tag in ("#adm1+code", "#adm2+code", "#loc+code", "#country+code")] == [
        "IQG01",
        "IQG01Q06",
        "IQG01Q0603",
        "IRQ",
    ]
    assert (ramadi.get("#date+start"), ramadi.get("#group+holder+code")) == ("2016-02-09", "gov:IRQ")
    assert round(float(ramadi.get("#geo+lat")), 1) == 33.4
    assert "anbar" in ramadi.get("#adm1+name").lower()
    # A spot that is described from a town lies in its province, and has no code of its own.
    near = rows["12 km west of Ramadi"]
    assert (near.get("#adm1+code"), near.get("#loc+code")) == ("IQG01", None)
    assert rows["Ghnayman"].get("#adm1+code") is None


def test_every_tag_is_of_a_column_that_some_table_has(ledger: Path) -> None:
    from whoholds.exports.hxl import _tags

    with Ledger.open(ledger, create=False) as store:
        names = {what: {c.name for c in tagged(table_of(store, what, Question())).columns} for what in What}
    assert set(_tags()["columns"]) <= set().union(*names.values())
    assert set(_tags()["tables"]) <= {str(what) for what in What}
    assert all(set(its) <= names[What(table)] for table, its in _tags()["tables"].items())


def test_without_the_option_there_is_no_tag_and_no_code(ledger: Path) -> None:
    with export(ledger, "states", "s.csv").open(encoding="utf-8", newline="") as file:
        head, first, *_ = csv.reader(file)
    assert not {column.name for column in CODES} & set(head)
    assert not is_tags(first)


def test_only_where_there_is_room_for_tags(ledger: Path) -> None:
    for what, name in (("states", "s.parquet"), ("states", "s.geojson"), ("bundle", "b.zip")):
        path = ledger.parent / name
        done = CliRunner().invoke(app, ["export", what, "-o", str(path), "--hxl", "--ledger", str(ledger)])
        assert (done.exit_code, "csv or xlsx" in done.stderr) == (2, True)
        assert not path.exists()


def test_tagged_claims_come_back_from_csv_and_from_a_sheet(ledger: Path) -> None:
    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, list(arguments))

    path = export(ledger, "claims", "claims.csv", "--hxl")
    done = run("read", "--as", "claims", str(path), "--ledger", str(ledger.parent / "again.db"))
    assert (done.exit_code, "4 new" in done.stdout) == (0, True)
    assert "bad-claim" not in done.stderr

    openpyxl = pytest.importorskip("openpyxl")
    sheet = export(ledger, "claims", "claims.xlsx", "--hxl")
    with closing(openpyxl.load_workbook(sheet)) as book:
        rows = book["claims"]
        assert rows.cell(2, 1).value in (None, "")
        judgement = [cell.value for cell in rows[1]].index("judgement") + 1
        rows.cell(3, judgement, "accept")
        book.save(sheet)
    done = run("review", "sheet", str(sheet), "--by", "Ana", "--ledger", str(ledger))
    assert (done.exit_code, "Accepted: 1" in done.output) == (0, True), done.output


@pytest.mark.parametrize(
    ("cells", "tags"),
    [(["#loc+name", "", None], True), (["#loc", "Ramadi"], False), ([None, ""], False), (["#1", 3], False)],
)
def test_what_is_a_row_of_tags(cells: list[object], tags: bool) -> None:
    assert is_tags(cells) is tags
