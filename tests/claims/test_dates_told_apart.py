"""Dates told of one thing that are not those of another in the same words: of a statement, an end, a background.

Reports here are made up, about places that exist; said on Thursday 15 June 2023 where they have a date.
"""

from __future__ import annotations

import pytest
from short_reports import body
from test_dating import SAID, dated

from whoholds.pipeline import Reader

ANNOUNCED = [
    # the day of the announcement is not that of what is announced
    ("On Tuesday the Taliban announced the capture of Ghazni.", None, "2023-06-13"),
    ("On Tuesday the governor confirmed the fall of Ghazni to the Taliban.", None, "2023-06-13"),
    # but a day behind the event is its own, and other verbs tell what was done on the day
    ("On Tuesday the governor confirmed the fall of Ghazni to the Taliban on Sunday.", "2023-06-11", "2023-06-11"),
    ("On Tuesday the Taliban completed the capture of Ghazni.", "2023-06-13", "2023-06-13"),
]


@pytest.mark.parametrize(("text", "start", "end"), ANNOUNCED)
def test_the_day_of_an_announcement(reader: Reader, text: str, start: str | None, end: str) -> None:
    assert dated(reader, text, "gains", "Ghazni", SAID) == (start, end)


UNTIL = [
    (
        "Herat was under Taliban rule from September 1995 until it was captured by American troops in November 2001.",
        *("holds", "Herat", "1995-09-01", "2001-11-30"),
    ),
    (
        "The M23 controlled Bunagana from June 2022 until the army retook it in May.",
        *("holds", "Bunagana", "2022-06-01", "2023-05-31"),
    ),
    # an end without a date of its own, and none at all
    ("The Taliban have held Herat since August 2021.", "holds", "Herat", "2021-08-01", SAID),
    ("In August 2021 the Taliban controlled Herat.", "holds", "Herat", "2021-08-01", "2021-08-31"),
]


@pytest.mark.parametrize(("text", "kind", "place", "start", "end"), UNTIL)
def test_held_until_it_was_taken(reader: Reader, text: str, kind: str, place: str, start: str, end: str) -> None:
    assert dated(reader, text, kind, place, SAID) == (start, end)


COURSES = [
    ("The siege of Homs by the army began on 9 May 2011 and ended on 9 May 2014.", "2011-05-09", "2014-05-09"),
    ("The siege of Homs by the army, which began in May 2011, ended on 9 May 2014.", "2011-05-01", "2014-05-09"),
    # another's end, and an end alone
    (
        "The siege of Homs by the army began on 9 May 2011 and the battle of Aleppo ended on 22 December 2016.",
        *("2011-05-09", "2011-05-09"),
    ),
    ("The siege of Homs by the army began on 9 May 2011.", "2011-05-09", "2011-05-09"),
]


@pytest.mark.parametrize(("text", "start", "end"), COURSES)
def test_it_began_and_it_ended(reader: Reader, text: str, start: str, end: str) -> None:
    assert dated(reader, text, "besieges", "Homs", None) == (start, end)


BEFORE_ANOTHER = [
    ("A week after the Taliban captured Ghazni, the army retook the city on Tuesday.", "2023-06-06", "2023-06-06"),
    ("Two days after the fall of Ghazni to the Taliban, the army retook it on 3 May.", "2023-05-01", "2023-05-01"),
    # a day that the first has itself, and the day of who says so
    ("A week after the Taliban captured Ghazni on 2 May, the army retook the city.", "2023-05-02", "2023-05-02"),
    (
        "A week after the Taliban captured Ghazni, the army retook the city, officials said on Tuesday.",
        *("2023-06-08", "2023-06-08"),
    ),
]


@pytest.mark.parametrize(("text", "start", "end"), BEFORE_ANOTHER)
def test_so_long_before_what_is_told_next(reader: Reader, text: str, start: str, end: str) -> None:
    found = [c.when for c in reader.read(body(text, stated_date=SAID)).claims if c.actor == "taliban"]
    assert [(str(when.start), str(when.end)) for when in found if when] == [(start, end)]


BACKGROUND = [
    ("Gao, which the rebels took in 2012, is quiet. The army attacked Menaka in March.", "2023-03-01", "2023-03-31"),
    # what goes on from a year that was told, or looks back from it, is of that year
    ("In 2012 the rebels took Gao. The army attacked Menaka in March.", "2012-03-01", "2012-03-31"),
    ("Gao, which fell in 2012, is quiet. In March that year the army attacked Menaka.", "2012-03-01", "2012-03-31"),
    ("Gao, which the rebels took in 2012, is quiet. They had attacked Menaka in March.", "2012-03-01", "2012-03-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), BACKGROUND)
def test_a_year_in_the_background(reader: Reader, text: str, start: str, end: str) -> None:
    assert dated(reader, text, "contests", "Menaka", SAID) == (start, end)


PASSED = [
    ("It is a year since the Taliban captured Ghazni.", "2022-01-01", "2022-12-31"),
    ("It has been ten days since the fall of Ghazni to the Taliban.", "2023-06-05", "2023-06-05"),
    ("Two months have passed since the Taliban captured Ghazni.", "2023-04-01", "2023-04-30"),
    # counted from the report's date, whatever was told before; and a date says more
    ("In 2014 the army left Herat. It is a year since the Taliban captured Ghazni.", "2022-01-01", "2022-12-31"),
    ("It is a year since May 2022, when the Taliban captured Ghazni.", "2022-05-01", "2022-05-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), PASSED)
def test_so_long_since_it_happened(reader: Reader, text: str, start: str, end: str) -> None:
    assert dated(reader, text, "gains", "Ghazni", SAID) == (start, end)
