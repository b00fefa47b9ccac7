"""Pages that tell in entries under their days: each entry is dated by the line above it."""

from __future__ import annotations

from collections.abc import Callable

from whoholds.pipeline import Reading

FULL = """Battle for the west: a chronology

15 April 2023
The RSF seizes the airport of Nyala in Sudan.

26 October 2023
The RSF takes Zalingei from the army.

19 December
Ed Daein falls to the RSF.

14 January
The army retakes Zalingei.
"""
UNDER_YEARS = """The war in the north of Mali

2012

30 March
Kidal falls to the MNLA.

31 March
The MNLA takes Gao.

2013

28 January
Malian troops enter Gao.
"""


def days(reading: Reading) -> list[tuple[str, str]]:
    return [(c.place.name, str(c.when.start)) for c in reading.claims if c.when.start == c.when.end]


def test_a_day_without_its_year_follows_the_entry_before(page: Callable[[str], Reading]) -> None:
    reading = page(FULL)
    assert days(reading) == [
        ("Nyala airport", "2023-04-15"),
        ("Zalingei", "2023-10-26"),
        ("Ed Daein", "2023-12-19"),
        ("Zalingei", "2024-01-14"),
    ]


def test_days_stand_under_their_years(page: Callable[[str], Reading]) -> None:
    assert days(page(UNDER_YEARS)) == [("Kidal", "2012-03-30"), ("Gao", "2012-03-31"), ("Gao", "2013-01-28")]


def test_the_first_entry_is_not_the_day_of_the_page(page: Callable[[str], Reading]) -> None:
    assert page(FULL).report.published is None


def test_one_day_above_a_report_is_its_own(page: Callable[[str], Reading]) -> None:
    reading = page(
        "RSF takes Zalingei\n\n26 October 2023\n\nThe RSF took Zalingei from the army of Sudan on Tuesday.\n"
    )
    assert reading.report.published is not None
    assert str(reading.claims[-1].when.start) == "2023-10-24"
