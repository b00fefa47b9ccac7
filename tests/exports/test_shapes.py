"""Events in the columns of other data sets."""

from __future__ import annotations

import json
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from whoholds.cli.app import app
from whoholds.exports.shapes import shapes
from whoholds.exports.shapes.ged import cell
from whoholds.exports.tables.what import What, table_of
from whoholds.ledger import Ledger
from whoholds.model import Place, PlaceType
from whoholds.views import Question
from whoholds.views.events import Event, Happened

DOCS = Path(__file__).resolve().parents[2] / "docs"
RAMADI = Place("Ramadi", place_id="geonames:95446", lat=33.42, lon=43.31, country="IRQ", basis="gazetteer")


@pytest.fixture
def happened(factory: Any) -> Any:
    """Makes one event of one claim."""

    def make(
        what: str = "taken",
        before: tuple[str, ...] = ("islamic-state",),
        after: tuple[str, ...] = ("gov:IRQ",),
        last: str = "2016-02-09",
        fought: bool = True,
        place: Place = RAMADI,
        **fields: Any,
    ) -> Event:
        kind = "contests" if what == "fighting" else "gains"
        claim = factory.claim(kind, (after or before)[0], place, "2016-02-09", published="2016-02-10", **fields)
        return Event(
            what=Happened(what),
            by=date(2016, 2, 9),
            first=date(2016, 2, 9),
            last=date.fromisoformat(last) if last else None,
            place_id=place.place_id or "",
            place=place,
            before=before,
            after=after,
            support=0.9,
            told=(claim,),
            fought=fought,
        )

    return make


def row(shape: str, event: Event) -> dict[str, Any]:
    (found,) = shapes()[shape].rows([event])
    return dict(found)


@pytest.mark.parametrize("name", sorted(shapes()))
def test_every_column_is_filled_derived_or_empty_and_the_rows_have_them_all(name: str, happened: Any) -> None:
    shape = shapes()[name]
    assert all(column.says.startswith(("Filled", "Derived", "Empty")) for column in shape.columns)
    found = row(name, happened())
    assert list(found) == [column.name for column in shape.columns]
    empty = {column.name for column in shape.columns if column.says.startswith("Empty")}
    assert {name for name in empty if found[name] is not None} == set()
    assert found["whoholds_claims"]


@pytest.mark.parametrize(
    ("fields", "event_type", "sub_event_type"),
    [
        ({}, "Battles", "Government regains territory"),
        ({"before": ("gov:IRQ",), "after": ("islamic-state",)}, "Battles", "Non-state actor overtakes territory"),
        # Forces of another state are no government that regains.
        ({"after": ("gov:TUR",)}, "Battles", "Non-state actor overtakes territory"),
        ({"fought": False}, "Strategic developments", "Non-violent transfer of territory"),
        ({"what": "vacated", "after": (), "fought": False}, "Strategic developments", "Other"),
        ({"what": "fighting", "against": "islamic-state"}, "Battles", "Armed clash"),
    ],
)
def test_what_acled_would_call_it(happened: Any, fields: Any, event_type: str, sub_event_type: str) -> None:
    found = row("acled", happened(**fields))
    assert (found["event_type"], found["sub_event_type"]) == (event_type, sub_event_type)


def test_a_row_of_acled(happened: Any) -> None:
    found = row("acled", happened(last="2016-02-12", after=("gov:IRQ", "tribal:IRQ")))
    assert (found["actor1"], found["inter1"]) == ("Iraqi government forces", "State forces")
    assert (found["actor2"], found["inter2"]) == ("Islamic State", "Rebel group")
    assert found["interaction"] == "State forces-Rebel group"
    assert "tribal" in found["assoc_actor_1"].casefold()
    assert (found["event_date"], found["time_precision"], found["year"]) == ("2016-02-09", 2, 2016)
    assert (found["iso"], found["country"], found["geo_precision"]) == (368, "Iraq", 1)
    assert "Ramadi" in found["notes"]
    assert "between 9 and 12 February 2016" in found["notes"]
    assert found["fatalities"] is None


def test_a_day_that_the_words_leave_open_is_not_known_to_the_day(happened: Any) -> None:
    event = replace(happened(last="2016-02-09"), first=None)
    acled, ged, plover = (row(name, event) for name in ("acled", "ged", "plover"))
    assert (acled["event_date"], acled["time_precision"], acled["year"]) == ("2016-02-09", 3, 2016)
    assert "by 9 February 2016" in acled["notes"]
    assert (ged["date_start"], ged["date_end"], ged["date_prec"], ged["event_clarity"]) == (None, "2016-02-09", 5, 2)
    assert plover["Event Date"] == "2016-02-09"
    month = row("ged", replace(event, first=date(2016, 1, 12)))
    assert (month["date_start"], month["date_prec"]) == ("2016-01-12", 4)


def test_the_notes_are_never_the_reports_words(happened: Any) -> None:
    words = "Soldiers danced in the streets of Ramadi"
    assert all(words not in json.dumps(row(name, happened(quote=words))) for name in shapes())


@pytest.mark.parametrize(
    ("outlets", "scale"), [(["INA"], "National"), (["Reuters"], "International"), (["A Blog"], None)]
)
def test_the_scale_of_the_sources(happened: Any, outlets: list[str], scale: str | None) -> None:
    event = happened()
    told = tuple(replace(event.told[0], outlet=name) for name in outlets)
    found = row("acled", replace(event, told=told))
    assert (found["source"], found["source_scale"]) == ("; ".join(outlets), scale)


def test_ged_has_the_state_first_and_no_dead(happened: Any) -> None:
    found = row("ged", happened(before=("gov:IRQ",), after=("islamic-state",), last="2016-02-29"))
    assert (found["side_a"], found["side_b"]) == ("Government of Iraq", "Islamic State")
    assert found["dyad_name"] == "Government of Iraq - Islamic State"
    assert (found["type_of_violence"], found["date_prec"], found["where_prec"]) == (1, 4, 1)
    assert (found["date_start"], found["date_end"]) == ("2016-02-09", "2016-02-29")
    assert found["geom_wkt"] == "POINT (43.31 33.42)"
    assert found["best"] is None


def test_two_groups_without_a_state_are_non_state_conflict(happened: Any) -> None:
    found = row("ged", happened(before=("islamic-state",), after=("hts",)))
    assert found["type_of_violence"] == 2


def test_a_place_that_was_only_left_is_no_event_of_ged(happened: Any) -> None:
    assert not list(shapes()["ged"].rows([happened(what="vacated", after=(), fought=False)]))


def test_the_cells_of_prio_grid() -> None:
    # Of the grid's definition: cell 1 in the south-west corner, 720 cells a row, the last in the north-east.
    assert cell(-90, -180) == 1
    assert cell(-89.9, -179.4) == 2
    assert cell(-89.4, -180) == 721
    assert cell(90, 180) == 259_200
    assert cell(None, None) is None


@pytest.mark.parametrize(
    ("fields", "kind", "mode", "quad"),
    [
        ({}, "ASSAULT", None, "MATERIAL CONFLICT"),
        ({"fought": False}, "COERCE", "seize", "MATERIAL CONFLICT"),
        ({"what": "vacated", "after": (), "fought": False}, "RETREAT", "withdraw", "MATERIAL COOPERATION"),
        ({"what": "joined", "after": ("islamic-state", "hts")}, "COOPERATE", None, "MATERIAL COOPERATION"),
    ],
)
def test_what_plover_would_call_it(happened: Any, fields: Any, kind: str, mode: str | None, quad: str) -> None:
    found = row("plover", happened(**fields))
    assert (found["Event Type"], found["Event Mode"], found["Quad Code"]) == (kind, mode, quad)
    assert (found["GeoNames ID"], found["Publication Date"]) == ("95446", "2016-02-10")


def test_a_place_that_was_not_found_has_no_precision(happened: Any) -> None:
    nowhere = Place("Ghnayman", PlaceType.SETTLEMENT, "name:ghnayman", country="SYR")
    assert row("acled", happened(place=nowhere))["geo_precision"] is None
    assert row("ged", happened(place=nowhere))["where_prec"] is None


def test_a_ledger_in_each_shape(tmp_path: Path, factory: Any) -> None:
    with Ledger.open(tmp_path / "w.db") as ledger:
        assert [list(table_of(ledger, What(name), Question()).rows) for name in shapes()] == [[], [], []]
        factory.store(
            ledger, factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", against="islamic-state", quote="=1+1")
        )
    for name in shapes():
        path = tmp_path / f"{name}.csv"
        done = CliRunner().invoke(app, ["export", name, "-o", str(path), "--ledger", str(tmp_path / "w.db")])
        assert (done.exit_code, "1 event" in done.stderr) == (0, True)
        about = json.loads((tmp_path / f"{name}.csv.about.json").read_text("utf-8"))
        assert "Not for targeting" in about["disclaimer"]


def test_the_page_of_the_shapes_is_up_to_date() -> None:
    made = runpy.run_path(str(DOCS / "make_exports.py"))["shapes_page"]()
    assert (DOCS / "shapes.md").read_text("utf-8") == made
