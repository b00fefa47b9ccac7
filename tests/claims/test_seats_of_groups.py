"""The table of towns from which groups govern, and how it is read."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest

from whoholds.claims.sides.seats import seated
from whoholds.pipeline import Reader


@pytest.mark.parametrize(
    ("text", "country", "on", "group"),
    [
        ("Statement\n\nSana'a, 3 May 2021\n", "YEM", date(2021, 5, 3), "houthis"),
        ("Military Media | Sana’a\n", "YEM", date(2021, 5, 3), "houthis"),
        ("Statement\n\nSana'a, 3 May 2011\n", "YEM", date(2011, 5, 3), None),
        ("Tiraspol, 20 June 1992\n", "MDA", date(1992, 6, 20), "transnistria"),
        ("The army left Tiraspol, it says\n", "MDA", date(1992, 6, 20), None),
        ("Tiraspol, 20 June\n", "MDA", None, None),
    ],
)
def test_who_governs_from_where_a_bulletin_is_issued(
    text: str, country: str, on: date | None, group: str | None
) -> None:
    assert seated(text, country, on) == group


def test_the_table_names_groups_and_countries_of_the_lexicon(reader: Reader) -> None:
    rows = list(csv.DictReader(files("whoholds.data").joinpath("seats.csv").read_text(encoding="utf-8").splitlines()))
    assert all(reader.lexicon.entry(row["actor"]) and row["country"] in reader.lexicon.countries for row in rows)
    assert all(row["first"] < (row["last"] or "9999") for row in rows)
