"""Whose "the army" was where a place lies: before a state existed, in colonies, in territories without forces."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from importlib.resources import files

import pytest

from whoholds.claims.sides.rulers import ruler
from whoholds.pipeline import Reader, Reading


@pytest.mark.parametrize(
    ("country", "on", "state"),
    [
        ("XKX", date(1998, 7, 28), "YUG"),
        ("XKX", date(2005, 1, 1), "SRB"),
        ("XKX", date(2012, 1, 1), "XKX"),
        ("GIB", None, "GBR"),
        ("GIB", date(2020, 1, 1), "GBR"),
        ("TLS", date(1974, 1, 1), "PRT"),
        ("TLS", date(1983, 1, 1), "IDN"),
        ("ERI", None, "ERI"),
        ("MLI", date(2013, 1, 1), "MLI"),
    ],
)
def test_whose_forces_stood_there(country: str, on: date | None, state: str) -> None:
    assert ruler(country, on) == state


def test_the_table_names_states_in_the_order_of_time(reader: Reader) -> None:
    rows = list(csv.DictReader(files("whoholds.data").joinpath("rulers.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["state"] for row in rows} <= set(reader.lexicon.countries)
    for one in {row["country"] for row in rows}:
        years = [int(row["last"] or 9999) for row in rows if row["country"] == one]
        assert years == sorted(set(years))


def test_the_army_of_a_province_is_its_state_s(page: Callable[[str], Reading]) -> None:
    claims = page("""
        Army takes Orahovac

        21 July 1998

        Rebels of the KLA left Orahovac in Kosovo on Monday. The army took the town.
    """).claims
    assert {c.actor for c in claims if c.kind == "gains"} == {"gov:YUG"}


@pytest.mark.parametrize(("day", "side"), [("12 April 2011", "gov:LBY"), ("9 October 2011", "gaddafi-loyalists")])
def test_the_loyalists_of_a_government_that_fell(page: Callable[[str], Reading], day: str, side: str) -> None:
    claims = page(f"""
        Loyalists hold out

        {day}

        Loyalist fighters hold Bani Walid in Libya. Men of the National Transitional Council (NTC) tried to storm it.
    """).claims
    assert next(c.actor for c in claims if c.kind == "holds") == side
