"""Named events and eras: their table, what a text names of them, and the years that they settle."""

from __future__ import annotations

import csv
from datetime import date
from importlib.resources import files

import pytest

from whoholds.model import Report, Role, Section, Span
from whoholds.resolve.dates import report_date, story_year
from whoholds.resolve.events import bounds, event_of_title, named_events


def rows() -> list[dict[str, str]]:
    with files("whoholds.data").joinpath("events.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def report(text: str, title: str | None = None, role: Role = Role.BODY) -> Report:
    return Report("sample.txt", text, (Section(Span(0, len(text)), role),), title=title)


def test_every_row_is_a_period_with_a_name_of_its_own() -> None:
    names = [(name.strip().casefold(), row["kind"]) for row in rows() for name in row["names"].split("|")]
    assert len(names) == len(set(names))
    for row in rows():
        assert row["kind"] in ("event", "era")
        start = date.fromisoformat(row["start"])
        assert not row["end"] or date.fromisoformat(row["end"]) >= start, row


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They recalled the fall of Kilinochchi.", ["Fall of Kilinochchi"]),
        ("during the Second Battle of Fallujah", ["Second Battle of Fallujah"]),
        ("the battle of Vukovar, the siege of Sarajevo", ["Battle of Vukovar", "Siege of Sarajevo"]),
        ("President Karzai and former President Karzai", ["President Karzai"]),
        ("Houthi fighters shelled the coalition", []),
        ("Houthi fighters shelled the Saudi-led coalition", ["Houthi & Saudi-led coalition"]),
        ("", []),
    ],
)
def test_what_a_text_names(text: str, names: list[str]) -> None:
    assert [event.name for event in named_events(text)] == names


def test_a_text_lies_after_the_events_and_within_the_eras_that_it_names() -> None:
    found = bounds("President Yeltsin spoke of the Second Chechen War.")
    assert (found.since, found.until) == (date(1999, 8, 7), date(1999, 12, 31))
    apart = bounds("President Yeltsin is gone, President Medvedev said.")
    assert (apart.since, apart.until) == (date(2008, 5, 7), date(2012, 5, 7))


def test_a_title_that_names_an_event_dates_the_story() -> None:
    when = story_year(report("On 4 January the rebels left the town.", "Battle of Kilinochchi"))
    assert when is not None
    assert (when.start, when.end) == (date(2008, 11, 23), date(2009, 1, 2))
    assert event_of_title("Lebanese Civil War") is None, "too long to tell the year of a day"
    assert event_of_title("Life after the Battle of Kilinochchi and the Battle of Vukovar") is None


def test_a_year_in_the_title_weighs_more_than_the_event() -> None:
    when = story_year(report("On 4 May they left.", "Battle of Kilinochchi (1999)"))
    assert when is not None
    assert when.start == date(1999, 1, 1)


def test_the_only_year_in_which_all_that_is_named_goes_together() -> None:
    text = "In December President Yeltsin praised the army. The Second Chechen War goes on."
    when = story_year(report(text))
    assert when is not None
    assert when.start == date(1999, 1, 1)


def test_a_date_line_without_a_year_takes_it_from_what_is_named() -> None:
    text = "Field note, 11 December. President Yeltsin said that Second Chechen War would go on."
    sections = (Section(Span(0, 24), Role.DATELINE), Section(Span(25, len(text)), Role.BODY))
    when, issues = report_date(Report("sample.txt", text, sections))
    assert when is not None
    assert (when.start, issues) == (date(1999, 12, 11), [])


def test_a_year_well_after_all_that_is_named_is_in_doubt() -> None:
    text = "Troops retook Galkayo on Sunday (Aug 30), where clans had fought in 2007."
    when, issues = report_date(report(text))
    assert when is not None
    assert when.start == date(2009, 8, 30)
    assert [issue.code for issue in issues] == ["year-uncertain"]
    assert "2015" in issues[0].message
    when, issues = report_date(report(text), date(2012, 1, 1))
    assert (when and when.start, issues) == (date(2009, 8, 30), [])


def test_two_years_in_the_title_are_those_of_its_event() -> None:
    when = story_year(report("On 20 June they reached the mosque.", "Battle of Mosul (2016-2017)"))
    assert when is not None
    assert (when.start, when.end) == (date(2016, 10, 16), date(2017, 7, 20))


@pytest.mark.parametrize(
    ("text", "title", "year"),
    [
        # Vukovar and Gospic were fought for in the autumn of 1991, Kupres in the spring after
        ("In Vukovar the siege went on in October. Gospic was shelled on 3 September.", "The front", 1991),
        ("On 12 May shells fell on Misrata.", "Letter from Misrata", 2011),
        # one place that the title does not name is too little, and so are places whose battles were in other months
        ("On 12 May shells fell on Misrata.", "Letter from the coast", None),
        ("In Vukovar it was quiet in May. Gospic was calm on 3 March.", "The front", None),
        ("In March rain fell on Iraq and Syria.", "Weather", None),
    ],
)
def test_the_year_of_the_battles_for_the_places_named(text: str, title: str, year: int | None) -> None:
    when = story_year(report(text, title))
    assert (when and when.start and when.start.year) == year


def test_two_offices_bound_the_story() -> None:
    text = "In October Defense Secretary Mark Esper met coalition spokesman Myles Caggins."
    when = story_year(report(text))
    assert when is not None
    assert (when.start, when.end) == (date(2019, 9, 1), date(2020, 9, 15))


def test_a_date_line_on_a_day_of_the_battle_for_the_place_in_the_title() -> None:
    text = "Aug 30 (Sunday) - Troops returned to the bazaar, which had been lost in 2007."
    sections = (Section(Span(0, 15), Role.DATELINE), Section(Span(18, len(text)), Role.BODY))
    when, issues = report_date(Report("sample.txt", text, sections, title="Troops retake Musa Qala"))
    assert when is not None
    assert when.start == date(2015, 8, 30)
    assert [issue.code for issue in issues] == ["year-uncertain"], "other years fit as well"
