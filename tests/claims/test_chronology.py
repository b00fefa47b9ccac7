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


ONE_YEAR = """The war in Donbas

2014

On 12 April Russian fighters captured Sloviansk. On 5 July Ukrainian troops retook the town.
{more}
Published 3 June 2023
"""


def test_a_year_alone_is_that_of_the_days_under_it(page: Callable[[str], Reading]) -> None:
    told = [("Sloviansk", "2014-04-12"), ("Sloviansk", "2014-07-05")]
    assert days(page(ONE_YEAR.format(more="").replace("Published 3 June 2023\n", ""))) == told
    dated = page(ONE_YEAR.format(more=""))
    assert str(dated.report.published and dated.report.published.start) == "2023-06-03"
    assert days(dated) == told


def test_the_year_above_ends_with_the_next(page: Callable[[str], Reading]) -> None:
    more = """
2022

On 24 February Russian troops entered Kherson. On 11 November Ukrainian troops retook the city.

The war now

On 2 May Russian troops captured Bakhmut.
"""
    assert [day for _, day in days(page(ONE_YEAR.format(more=more)))] == [
        *("2014-04-12", "2014-07-05", "2022-02-24", "2022-11-11", "2023-05-02"),
    ]


TWO_DAYS = """Published 3 June 2023

Timeline of the fighting

14 May

Russian troops captured Bakhmut. They also entered Vuhledar.

16 May

Ukrainian troops retook Vuhledar.
"""


def test_two_days_in_turn_are_a_list(page: Callable[[str], Reading]) -> None:
    assert days(page(TWO_DAYS)) == [
        *(("Bakhmut", "2023-05-14"), ("Vuhledar", "2023-05-14"), ("Vuhledar", "2023-05-16")),
    ]


def test_another_report_below_is_no_second_day(page: Callable[[str], Reading]) -> None:
    reading = page(
        """Russian troops take Bakhmut

14 May 2023

Russian troops captured Bakhmut on Friday, officials said, after months of heavy fighting in its streets.

Ukrainian troops retake Vuhledar

16 May

Ukrainian troops retook Vuhledar on Monday, a spokesman said by phone.
"""
    )
    assert str(reading.report.published and reading.report.published.start) == "2023-05-14"
    assert ("Bakhmut", "2023-05-12") in days(reading)
