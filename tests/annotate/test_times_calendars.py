"""Dates of other calendars. The expected days are those of conversion tables, worked out without the program."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.annotate.times import find_times, resolve_time
from whoholds.model import When

SAID = When(date(2023, 8, 10), date(2023, 8, 10))


def read(text: str, said: When | None = SAID, *, past: bool = True) -> tuple[str, str] | None:
    found = find_times(text)
    if len(found) != 1:
        return None
    when = resolve_time(found[0], published=said, past=past)
    return (str(when.start), str(when.end)) if when else None


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # Hijri (tabular)
        ("on 12 Muharram 1445", "2023-07-30", "2023-07-30"),
        ("on 1 Muharram 1400 AH", "1979-11-21", "1979-11-21"),
        ("on 10 Dhul-Hijja 1435", "2014-10-05", "2014-10-05"),
        ("in Rabi' al-Awwal 1440", "2018-11-10", "2018-12-09"),
        ("in 1445 AH", "2023-07-19", "2023-08-10"),
        # Persian, and the names that Afghanistan gives its months
        ("on 1 Farvardin 1400", "2021-03-21", "2021-03-21"),
        ("on 22 Bahman 1357", "1979-02-11", "1979-02-11"),
        ("on 24 Asad 1400", "2021-08-15", "2021-08-15"),
        ("in Mehr 1399", "2020-09-22", "2020-10-21"),
        # Ethiopian
        ("on 1 Meskerem 2000", "2007-09-12", "2007-09-12"),
        ("on Hidar 19, 2013", "2020-11-28", "2020-11-28"),
        ("on 25 Tikimt 2013 EC", "2020-11-04", "2020-11-04"),
        # Thai
        ("on 12 March 2566", "2023-03-12", "2023-03-12"),
        ("on March 12, 2566 BE", "2023-03-12", "2023-03-12"),
        # without a year: the last one before the report
        ("during Ramadan", "2023-03-23", "2023-04-21"),
        ("on 15 Ramadan", "2023-04-06", "2023-04-06"),
        ("since Eid al-Adha", "2023-06-29", "2023-08-10"),
        ("before Ramadan", "None", "2023-03-22"),
        ("in the first week of Ramadan", "2023-03-23", "2023-03-29"),
        ("on Eid al-Fitr 2015", "2015-07-18", "2015-07-18"),
        ("since Nowruz", "2023-03-21", "2023-08-10"),
    ],
)
def test_days(text: str, start: str, end: str) -> None:
    found = read(text)
    assert found is not None
    for one, other in zip(found, (start, end), strict=True):
        # A tabular Hijri day may differ by one from a table that follows the sighting of the moon.
        assert one == other or abs(date.fromisoformat(one) - date.fromisoformat(other)).days <= 1


def test_what_is_to_come() -> None:
    assert read("before Ramadan", past=False) == ("None", "2024-03-10")


@pytest.mark.parametrize(
    "text",
    [
        "Ramadan said that the town had fallen",
        "General Asad fled",
        "in March 2500 rebels attacked",
        "Tir",
        "the Azar brigade",
        "1445 fighters",
    ],
)
def test_no_date(text: str) -> None:
    assert find_times(text) == []


def test_without_a_report_a_stated_year_is_enough() -> None:
    assert read("on 24 Asad 1400", None) == ("2021-08-15", "2021-08-15")
    assert read("during Ramadan", None) is None
