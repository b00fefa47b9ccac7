"""What is written, opened by programs that we did not write: the same counts and values as the ledger's."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from whoholds.exports.formats import by_path
from whoholds.exports.tables.what import What, table_of
from whoholds.exports.write import write_table
from whoholds.ledger import Ledger
from whoholds.views import Question

ROOT = Path(__file__).resolve().parents[2]
HOLDERS = {"Ramadi": ["gov:IRQ"], "Rutba": ["islamic-state"], "Lyman": ["gov:RUS"]}


@pytest.fixture
def folder(tmp_path: Path, factory: Any) -> Path:
    """A ledger of three placed towns and one that was not found, and its states in every format."""
    with Ledger.open(tmp_path / "whoholds.db") as ledger:
        factory.store(
            ledger,
            factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", quote="took Ramadi; =1+1"),
            factory.claim("holds", "islamic-state", "Rutba", "2016-01-05", label="b.txt"),
            factory.claim("gains", "gov:RUS", "Lyman", "2022-05-27", label="c.txt"),
            factory.claim("contests", "gov:SYR", "Ghnayman", "2016-01-05", label="d.txt", quote="=1+1"),
        )
        for suffix in ("csv", "jsonl", "parquet", "geoparquet", "geojson", "kml", "gpkg", "fgb", "xlsx"):
            file = tmp_path / f"states.{suffix}"
            form = by_path(file)
            assert form is not None
            write_table(table_of(ledger, What.STATES, Question()), form, file)
        for suffix in ("csv", "xlsx"):
            form = by_path(file := tmp_path / f"claims.{suffix}")
            assert form is not None
            write_table(table_of(ledger, What.CLAIMS, Question()), form, file)
    return tmp_path


def needs(program: str, package: str) -> None:
    """Skips the test where a program is missing; where nothing may be skipped, it fails."""
    if not shutil.which(program):
        reason = f"{program} is not installed (Debian: apt-get install {package})"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


def libreoffice(file: Path, form: str, folder: Path) -> Path:
    """A folder with what LibreOffice makes of a file; it has a profile of its own, as two cannot share one."""
    needs("soffice", "libreoffice-calc-nogui")
    made = folder / "libreoffice"
    profile = (folder / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", made, file],
        capture_output=True,
        timeout=300,
        check=True,
    )
    return made


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_duckdb(folder: Path, suffix: str) -> None:
    duckdb = pytest.importorskip("duckdb")
    rows = duckdb.sql(f"SELECT place, status, holders, support FROM '{folder}/states.{suffix}'").fetchall()
    assert len(rows) == 4
    found = {place: holders for place, status, holders, _ in rows if status == "held"}
    assert found == {place: holders[0] if suffix == "csv" else holders for place, holders in HOLDERS.items()}
    assert all(0 <= support <= 1 for *_, support in rows)


def test_geopandas(folder: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    for suffix, number in (("geoparquet", 4), ("gpkg", 4), ("fgb", 3), ("geojson", 4)):
        file = folder / f"states.{suffix}"
        frame = geopandas.read_parquet(file) if suffix == "geoparquet" else geopandas.read_file(file)
        assert len(frame) == number
        ramadi = frame[frame["place"] == "Ramadi"].iloc[0]
        assert (round(ramadi.geometry.x, 2), round(ramadi.geometry.y, 2)) == (43.31, 33.42)
        assert frame.crs.to_epsg() in (4326, None)


@pytest.mark.parametrize(("suffix", "number"), [("gpkg", 4), ("fgb", 3), ("kml", 3), ("geojson", 4)])
def test_gdal(folder: Path, suffix: str, number: int) -> None:
    needs("ogrinfo", "gdal-bin")
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-so", str(folder / f"states.{suffix}")], capture_output=True, text=True, check=True
    ).stdout
    assert f"Feature Count: {number}" in told
    assert "Geometry: Point" in told or suffix == "kml"


def test_openpyxl(folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    with closing(openpyxl.load_workbook(folder / "states.xlsx", read_only=True)) as book:
        rows = list(book["states"].iter_rows(values_only=True))
    assert len(rows) == 5
    place, holders = rows[0].index("place"), rows[0].index("holders")
    assert {row[place]: [row[holders]] for row in rows[1:] if row[holders]} == HOLDERS


def test_libreoffice_opens_the_spreadsheet(folder: Path) -> None:
    # As CSV, each sheet by itself: commas, quotes, UTF-8, and -1 for all sheets.
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    made = libreoffice(folder / "claims.xlsx", every, folder)
    sheets = {}
    for name in ("claims", "codebook", "about"):
        with (made / f"claims-{name}.csv").open(encoding="utf-8", newline="") as file:
            sheets[name] = list(csv.DictReader(file) if name == "claims" else csv.reader(file))
    with (folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        ours = {row["id"]: row for row in csv.DictReader(file)}
    assert len(sheets["claims"]) == len(ours) == 4
    for row in sheets["claims"]:
        for name, value in ours[row["id"]].items():
            # Booleans are in capitals there, whole numbers have no point; the guard against formulas is of CSV.
            assert row[name].casefold() == value.removesuffix(".0").removeprefix("'").casefold(), name
    assert "=1+1" in {row["quote"] for row in sheets["claims"]}
    assert [row[0] for row in sheets["codebook"]][1:4] == ["judgement", "because", "as_read"]
    assert "Not for targeting" in str(sheets["about"])


def test_libreoffice_opens_csv_and_computes_nothing(folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = libreoffice(folder / "claims.csv", "xlsx", folder)
    with closing(openpyxl.load_workbook(made / "claims.xlsx", read_only=True)) as book:
        head, *rows = book.worksheets[0].iter_rows()
        names = [cell.value for cell in head]
        places = {row[names.index("place")].value for row in rows}
        quotes = {row[names.index("quote")].value for row in rows}
        kinds = {cell.data_type for row in rows for cell in row}
    assert (len(rows), places) == (4, {*HOLDERS, "Ghnayman"})
    assert "'=1+1" in quotes
    assert "f" not in kinds  # no formula


@pytest.mark.parametrize(
    "what", [what for what in What if what not in (What.REPORTS, What.ACLED, What.GED, What.PLOVER)]
)
def test_kml_keeps_the_schema_of_ogc(folder: Path, what: What) -> None:
    fastkml = pytest.importorskip("fastkml")
    file = folder / f"{what}.kml"
    with Ledger.open(folder / "whoholds.db", create=False) as ledger:
        form = by_path(file)
        assert form is not None
        number = write_table(table_of(ledger, what, Question()), form, file)
    # The schema of KML 2.2 (OGC 07-147r2) comes with fastkml. A document without a fault raises nothing.
    assert fastkml.validate(file_to_validate=file)
    (document,) = fastkml.KML.parse(file).features
    assert len(document.features) == number > 0
    assert {feature.name.partition(":")[0] for feature in document.features} <= {*HOLDERS, "Ghnayman"}


def test_datasette(folder: Path) -> None:
    datasette = pytest.importorskip("datasette.app")
    metadata = yaml.safe_load((ROOT / "docs" / "datasette.yml").read_text("utf-8"))

    async def ask() -> tuple[Any, ...]:
        app = datasette.Datasette([str(folder / "whoholds.db")], metadata=metadata)
        await app.invoke_startup()
        home = await app.client.get("/whoholds")
        claims = await app.client.get("/whoholds/claims.json?_shape=array")
        page = await app.client.get("/whoholds/claims?_facet=kind")
        answer = await app.client.get("/whoholds/claims_of_a_place.json?place=Ramadi&_shape=array")
        return home, claims, page, answer

    with ThreadPoolExecutor(1) as apart:  # a browser that is kept open for other tests has the loop of this thread
        home, claims, page, answer = apart.submit(asyncio.run, ask()).result()
    assert (home.status_code, claims.status_code, page.status_code, answer.status_code) == (200, 200, 200, 200)
    assert "What reports say" in page.text
    assert "What is said of a place" in home.text
    assert {row["place_name"] for row in claims.json()} == {*HOLDERS, "Ghnayman"}
    assert [(row["kind"], row["words"]) for row in answer.json()] == [("gains", "took Ramadi; =1+1")]
