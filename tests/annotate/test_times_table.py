"""Expressions of time and the days they stand for, said on Wednesday 16 August 2023 unless the table says otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from whoholds.annotate.times import find_times, resolve_time
from whoholds.model import When

SAID = date(2023, 8, 16)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def resolved(
    text: str, *, said: date | None = SAID, previous: tuple[str, str, str] | None = None, past: bool = True
) -> tuple[str | None, str | None] | None:
    """The interval of the only expression of `text`."""
    found = find_times(text)
    assert len(found) == 1, [e.text for e in found]
    published = When(said, said, "stated") if said else None
    before = When(day(previous[0]), day(previous[1]), "", previous[2]) if previous else None
    when = resolve_time(found[0], published=published, previous=before, past=past)
    if when is None:
        return None
    return when.start and when.start.isoformat(), when.end and when.end.isoformat()


ABSOLUTE = [
    ("13 October 2002 to December 2002", "2002-10-13", "2002-12-31"),
    ("on 7 June 2021", "2021-06-07", "2021-06-07"),
    ("on June 7, 2021", "2021-06-07", "2021-06-07"),
    ("on June 7th, 2021", "2021-06-07", "2021-06-07"),
    ("on the 7th of June 2021", "2021-06-07", "2021-06-07"),
    ("on the seventh of June, 2021", "2021-06-07", "2021-06-07"),
    ("on 2021-06-07", "2021-06-07", "2021-06-07"),
    ("at 2021-06-07T18:42:00+03:00", "2021-06-07", "2021-06-07"),
    ("on 27/06/2021", "2021-06-27", "2021-06-27"),
    ("on 06/27/2021", "2021-06-27", "2021-06-27"),
    ("on 07.06.2021", "2021-06-07", "2021-06-07"),
    ("on 07-06-2021", "2021-06-07", "2021-06-07"),
    ("on 2021/06/07", "2021-06-07", "2021-06-07"),
    ("2021 June 7", "2021-06-07", "2021-06-07"),
    ("7-Jun-2021", "2021-06-07", "2021-06-07"),
    ("on Monday, June 7, 2021", "2021-06-07", "2021-06-07"),
    ("Mon Jun 7, 2021", "2021-06-07", "2021-06-07"),
    ("June 7 (2021)", "2021-06-07", "2021-06-07"),
    ("June 7, 2021 (Monday)", "2021-06-07", "2021-06-07"),
    ("in June 2021", "2021-06-01", "2021-06-30"),
    ("in June of 2021", "2021-06-01", "2021-06-30"),
    ("in Feb. 2020", "2020-02-01", "2020-02-29"),
    ("in 2021", "2021-01-01", "2021-12-31"),
    ("the 1980s", "1980-01-01", "1989-12-31"),
    ("in the early 1980s", "1980-01-01", "1983-12-31"),
    ("in early June 2021", "2021-06-01", "2021-06-10"),
    ("in mid-June 2021", "2021-06-11", "2021-06-20"),
    ("in late June 2021", "2021-06-21", "2021-06-30"),
    ("at the beginning of June 2021", "2021-06-01", "2021-06-07"),
    ("at the end of June 2021", "2021-06-25", "2021-06-30"),
    ("in the first week of June 2021", "2021-06-01", "2021-06-07"),
    ("in the second week of June 2021", "2021-06-08", "2021-06-14"),
    ("in the last week of June 2021", "2021-06-24", "2021-06-30"),
    ("in the first days of June 2021", "2021-06-01", "2021-06-07"),
    ("in the first half of June 2021", "2021-06-01", "2021-06-15"),
    ("early in 2021", "2021-01-01", "2021-03-31"),
    ("in mid-2021", "2021-05-01", "2021-08-31"),
    ("in late 2021", "2021-10-01", "2021-12-31"),
    ("at the end of 2021", "2021-10-01", "2021-12-31"),
    ("in the second half of 2021", "2021-07-01", "2021-12-31"),
    ("in the third quarter of 2021", "2021-07-01", "2021-09-30"),
    ("in spring 2021", "2021-03-01", "2021-05-31"),
    ("in the summer of 2021", "2021-06-01", "2021-08-31"),
    ("in fall 2021", "2021-09-01", "2021-11-30"),
    ("in the winter of 2021", "2020-12-01", "2021-02-28"),
    ("in the winter of 2020-21", "2020-12-01", "2021-02-28"),
    ("between 2019 and 2021", "2019-01-01", "2021-12-31"),
    ("from 2019 to 2021", "2019-01-01", "2021-12-31"),
    ("in 2019-21", "2019-01-01", "2021-12-31"),
    ("from May to July 2021", "2021-05-01", "2021-07-31"),
    ("from November to February 2021", "2020-11-01", "2021-02-28"),
    ("between 30 May and 2 June 2021", "2021-05-30", "2021-06-02"),
    ("5-7 June 2021", "2021-06-05", "2021-06-07"),
    ("June 5-7, 2021", "2021-06-05", "2021-06-07"),
    ("30 May - 2 June 2021", "2021-05-30", "2021-06-02"),
    ("28 December 2020 to 3 January 2021", "2020-12-28", "2021-01-03"),
    ("on 5 and 6 June 2021", "2021-06-05", "2021-06-06"),
    ("in the night of 5-6 June 2021", "2021-06-05", "2021-06-06"),
    ("on the morning of 5 June 2021", "2021-06-05", "2021-06-05"),
    ("in the early hours of 5 June 2021", "2021-06-05", "2021-06-05"),
    ("until 5 June 2021", None, "2021-06-05"),
    ("by June 2021", None, "2021-06-30"),
    ("before June 2021", None, "2021-05-31"),
    ("prior to 2021", None, "2020-12-31"),
    ("on 4 Shubat 2021", "2021-02-04", "2021-02-04"),
    ("on 4 Kanun al-Awwal 2021", "2021-12-04", "2021-12-04"),
    ("on 4 Kanoun II 2021", "2021-01-04", "2021-01-04"),
    ("in Adar 2021", "2021-03-01", "2021-03-31"),
    ("on 4 Tishreen ath-Thani 2021", "2021-11-04", "2021-11-04"),
    ("on 4 Ab 2021", "2021-08-04", "2021-08-04"),
    ("two days after 5 June 2021", "2021-06-07", "2021-06-07"),
    ("a week before June 8, 2021", "2021-06-01", "2021-06-01"),
]

RELATIVE = [
    ("today", "2023-08-16", "2023-08-16"),
    ("yesterday", "2023-08-15", "2023-08-15"),
    ("the day before yesterday", "2023-08-14", "2023-08-14"),
    ("tomorrow", "2023-08-17", "2023-08-17"),
    ("last night", "2023-08-15", "2023-08-16"),
    ("overnight", "2023-08-15", "2023-08-16"),
    ("in the night", "2023-08-15", "2023-08-16"),
    ("this morning", "2023-08-16", "2023-08-16"),
    ("tonight", "2023-08-16", "2023-08-16"),
    ("on Wednesday", "2023-08-16", "2023-08-16"),
    ("on Tuesday", "2023-08-15", "2023-08-15"),
    ("on Thursday", "2023-08-10", "2023-08-10"),
    ("on Monday night", "2023-08-14", "2023-08-14"),
    ("at dawn on Monday", "2023-08-14", "2023-08-14"),
    ("Monday dawn", "2023-08-14", "2023-08-14"),
    ("late on Monday", "2023-08-14", "2023-08-14"),
    ("early Monday", "2023-08-14", "2023-08-14"),
    ("before dawn on Monday", "2023-08-14", "2023-08-14"),
    ("last Wednesday", "2023-08-09", "2023-08-09"),
    ("next Monday", "2023-08-21", "2023-08-21"),
    ("in the night from Sunday to Monday", "2023-08-13", "2023-08-14"),
    ("in the night to Monday", "2023-08-13", "2023-08-14"),
    ("on Monday and Tuesday", "2023-08-14", "2023-08-15"),
    ("between Friday and Sunday", "2023-08-11", "2023-08-13"),
    ("since Monday", "2023-08-14", "2023-08-16"),
    ("since early on Monday", "2023-08-14", "2023-08-16"),
    ("until Sunday", None, "2023-08-13"),
    ("by Friday evening", None, "2023-08-11"),
    ("at the weekend", "2023-08-12", "2023-08-13"),
    ("over the weekend", "2023-08-12", "2023-08-13"),
    ("last weekend", "2023-08-12", "2023-08-13"),
    ("this week", "2023-08-14", "2023-08-16"),
    ("earlier this week", "2023-08-14", "2023-08-15"),
    ("last week", "2023-08-07", "2023-08-13"),
    ("late last week", "2023-08-10", "2023-08-13"),
    ("this month", "2023-08-01", "2023-08-16"),
    ("earlier this month", "2023-08-01", "2023-08-15"),
    ("earlier in the month", "2023-08-01", "2023-08-15"),
    ("last month", "2023-07-01", "2023-07-31"),
    ("late last month", "2023-07-21", "2023-07-31"),
    ("at the beginning of the month", "2023-08-01", "2023-08-07"),
    ("this year", "2023-01-01", "2023-08-16"),
    ("last year", "2022-01-01", "2022-12-31"),
    ("late last year", "2022-10-01", "2022-12-31"),
    ("early last year", "2022-01-01", "2022-03-31"),
    ("early this year", "2023-01-01", "2023-03-31"),
    ("last summer", "2022-06-01", "2022-08-31"),
    ("last spring", "2023-03-01", "2023-05-31"),
    ("last winter", "2022-12-01", "2023-02-28"),
    ("this spring", "2023-03-01", "2023-05-31"),
    ("in the summer of last year", "2022-06-01", "2022-08-31"),
    ("two days ago", "2023-08-14", "2023-08-14"),
    ("a week ago", "2023-08-09", "2023-08-09"),
    ("two weeks ago", "2023-07-30", "2023-08-05"),
    ("two months ago", "2023-06-01", "2023-06-30"),
    ("three years ago", "2020-01-01", "2020-12-31"),
    ("two or three days ago", "2023-08-13", "2023-08-14"),
    ("a few days ago", "2023-08-11", "2023-08-14"),
    ("a couple of days ago", "2023-08-14", "2023-08-14"),
    ("twenty-three days ago", "2023-07-24", "2023-07-24"),
    ("a hundred days ago", "2023-05-08", "2023-05-08"),
    ("a fortnight ago", "2023-08-02", "2023-08-02"),
    ("a decade ago", "2013-01-01", "2013-12-31"),
    ("on March 3", "2023-03-03", "2023-03-03"),
    ("on 3 March", "2023-03-03", "2023-03-03"),
    ("on December 3", "2022-12-03", "2022-12-03"),
    ("on Dec. 3", "2022-12-03", "2022-12-03"),
    ("on the 3rd", "2023-08-03", "2023-08-03"),
    ("on the 27th", "2023-07-27", "2023-07-27"),
    ("on the 5th of last month", "2023-07-05", "2023-07-05"),
    ("on March 3 this year", "2023-03-03", "2023-03-03"),
    ("on March 3 last year", "2022-03-03", "2022-03-03"),
    ("in March", "2023-03-01", "2023-03-31"),
    ("in October", "2022-10-01", "2022-10-31"),
    ("in August", "2023-08-01", "2023-08-16"),
    ("last March", "2023-03-01", "2023-03-31"),
    ("last October", "2022-10-01", "2022-10-31"),
    ("last August", "2022-08-01", "2022-08-31"),
    ("in March this year", "2023-03-01", "2023-03-31"),
    ("in March last year", "2022-03-01", "2022-03-31"),
    ("in March of last year", "2022-03-01", "2022-03-31"),
    ("in early October", "2022-10-01", "2022-10-10"),
    ("in mid-March", "2023-03-11", "2023-03-20"),
    ("in the first week of May", "2023-05-01", "2023-05-07"),
    ("June 3-5", "2023-06-03", "2023-06-05"),
    ("from 28 December to 2 January", "2022-12-28", "2023-01-02"),
    ("on Friday (March 17th)", "2023-03-17", "2023-03-17"),
    ("on Friday, the 11th", "2023-08-11", "2023-08-11"),
    ("Friday 11 August", "2023-08-11", "2023-08-11"),
    ("March 17 (Friday)", "2023-03-17", "2023-03-17"),
    ("before Christmas", None, "2022-12-24"),
    ("on New Year's Eve", "2022-12-31", "2022-12-31"),
    ("since January", "2023-01-01", "2023-08-16"),
    ("since June 2021", "2021-06-01", "2023-08-16"),
    ("since the beginning of the year", "2023-01-01", "2023-08-16"),
    ("since last October", "2022-10-01", "2023-08-16"),
    ("since last week", "2023-08-07", "2023-08-16"),
    ("since yesterday", "2023-08-15", "2023-08-16"),
    ("from 2021 onwards", "2021-01-01", "2023-08-16"),
    ("after 2021", "2022-01-01", "2023-08-16"),
    ("until now", None, "2023-08-16"),
    ("so far", None, "2023-08-16"),
    ("recently", None, "2023-08-16"),
    ("now", "2023-08-16", "2023-08-16"),
    ("currently", "2023-08-16", "2023-08-16"),
    ("at present", "2023-08-16", "2023-08-16"),
    ("still", "2023-08-16", "2023-08-16"),
    ("for three days", "2023-08-13", "2023-08-16"),
    ("for two weeks", "2023-08-02", "2023-08-16"),
    ("for almost a month", "2023-07-16", "2023-08-16"),
    ("for several days", "2023-08-09", "2023-08-16"),
    ("three days of fighting", "2023-08-13", "2023-08-16"),
    ("a siege of ten days", "2023-08-06", "2023-08-16"),
    ("after a two-week siege", "2023-08-02", "2023-08-16"),
    ("a ten-day-old truce", "2023-08-06", "2023-08-16"),
    ("for more than a decade", None, "2023-08-16"),
    ("for months", None, "2023-08-16"),
    ("for years", None, "2023-08-16"),
    ("in recent days", "2023-08-09", "2023-08-16"),
    ("in recent weeks", "2023-07-19", "2023-08-16"),
    ("in the past week", "2023-08-09", "2023-08-16"),
    ("over the past two weeks", "2023-08-02", "2023-08-16"),
    ("in the past 24 hours", "2023-08-15", "2023-08-16"),
    ("in the last three months", "2023-05-16", "2023-08-16"),
    ("for a second day", "2023-08-15", "2023-08-16"),
    ("for the third consecutive day", "2023-08-14", "2023-08-16"),
    ("for a fourth day in a row", "2023-08-13", "2023-08-16"),
]


@pytest.mark.parametrize(("text", "start", "end"), ABSOLUTE)
@pytest.mark.parametrize("said", [SAID, None])
def test_absolute(text: str, start: str | None, end: str | None, said: date | None) -> None:
    assert resolved(text, said=said) == (start, end)


@pytest.mark.parametrize(("text", "start", "end"), RELATIVE)
def test_relative(text: str, start: str | None, end: str | None) -> None:
    assert resolved(text) == (start, end)


@pytest.mark.parametrize("text", [row[0] for row in RELATIVE if "2021" not in row[0]])
def test_relative_without_a_report_date(text: str) -> None:
    assert resolved(text, said=None) is None


FUTURE = [
    ("on Thursday", "2023-08-17", "2023-08-17"),
    ("on Wednesday", "2023-08-16", "2023-08-16"),
    ("by Monday", None, "2023-08-21"),
    ("next week", "2023-08-21", "2023-08-27"),
    ("next month", "2023-09-01", "2023-09-30"),
    ("next year", "2024-01-01", "2024-12-31"),
    ("next May", "2024-05-01", "2024-05-31"),
    ("at the weekend", "2023-08-19", "2023-08-20"),
    ("this month", "2023-08-01", "2023-08-31"),
    ("later this month", "2023-08-17", "2023-08-31"),
    ("by the end of the year", None, "2023-12-31"),
    ("in October", "2023-10-01", "2023-10-31"),
    ("on March 3", "2024-03-03", "2024-03-03"),
    ("in ten days", "2023-08-26", "2023-08-26"),
    ("within two weeks", "2023-08-16", "2023-08-30"),
    ("in the coming weeks", "2023-08-16", "2023-10-18"),
    ("in the next three days", "2023-08-16", "2023-08-19"),
    ("since Monday", "2023-08-21", None),
]


@pytest.mark.parametrize(("text", "start", "end"), FUTURE)
def test_of_what_is_to_come(text: str, start: str | None, end: str | None) -> None:
    assert resolved(text, past=False) == (start, end)


ANCHORED = [
    ("a day earlier", ("2023-06-07", "2023-06-07", "day"), "2023-06-06", "2023-06-06"),
    ("two days later", ("2023-06-07", "2023-06-07", "day"), "2023-06-09", "2023-06-09"),
    ("the next day", ("2023-06-07", "2023-06-07", "day"), "2023-06-08", "2023-06-08"),
    ("the following day", ("2023-06-07", "2023-06-08", "range"), "2023-06-08", "2023-06-09"),
    ("the day before", ("2023-06-07", "2023-06-07", "day"), "2023-06-06", "2023-06-06"),
    ("the previous day", ("2023-06-07", "2023-06-07", "day"), "2023-06-06", "2023-06-06"),
    ("the same day", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-07"),
    ("that night", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-07"),
    ("later that day", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-07"),
    ("during the night", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-08"),
    ("three weeks later", ("2023-06-07", "2023-06-07", "day"), "2023-06-25", "2023-07-01"),
    ("the following week", ("2023-06-07", "2023-06-07", "day"), "2023-06-12", "2023-06-18"),
    ("a month later", ("2020-06-01", "2020-06-30", "month"), "2020-07-01", "2020-07-31"),
    ("two years later", ("2016-09-01", "2016-09-30", "month"), "2018-01-01", "2018-12-31"),
    ("the following month", ("2020-06-07", "2020-06-07", "day"), "2020-07-01", "2020-07-31"),
    ("the previous Friday", ("2023-06-07", "2023-06-07", "day"), "2023-06-02", "2023-06-02"),
    ("the following Friday", ("2023-06-07", "2023-06-07", "day"), "2023-06-09", "2023-06-09"),
    ("on the 17th", ("2020-06-07", "2020-06-07", "day"), "2020-06-17", "2020-06-17"),
    ("in December of that year", ("2020-06-07", "2020-06-07", "day"), "2020-12-01", "2020-12-31"),
    ("at the end of that month", ("2020-06-07", "2020-06-07", "day"), "2020-06-25", "2020-06-30"),
    ("in June", ("2018-01-01", "2018-12-31", "year"), "2018-06-01", "2018-06-30"),
    ("since then", ("2020-06-01", "2020-06-30", "month"), "2020-06-01", "2023-08-16"),
    ("ever since", ("2020-06-01", "2020-06-30", "month"), "2020-06-01", "2023-08-16"),
    ("they have since advanced", ("2020-06-01", "2020-06-30", "month"), "2020-06-01", "2023-08-16"),
    ("After two days, they left", ("2023-06-07", "2023-06-07", "day"), "2023-06-09", "2023-06-09"),
    ("over the next few days", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-12"),
    ("in the following weeks", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-08-09"),
    ("they took it in one day", ("2023-06-07", "2023-06-07", "day"), "2023-06-06", "2023-06-07"),
    ("on June 21", ("2018-01-01", "2018-12-31", "year"), "2023-06-21", "2023-06-21"),
    ("at dawn", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-07"),
    ("two weeks after its capture", ("2014-11-01", "2014-11-30", "month"), "2014-10-15", "2014-11-19"),
    ("within two days", ("2023-06-07", "2023-06-07", "day"), "2023-06-07", "2023-06-09"),
    ("after a four-day siege", ("2023-06-07", "2023-06-07", "day"), "2023-06-03", "2023-06-07"),
]


@pytest.mark.parametrize(("text", "previous", "start", "end"), ANCHORED)
def test_counted_from_what_was_mentioned(
    text: str, previous: tuple[str, str, str], start: str | None, end: str | None
) -> None:
    assert resolved(text, previous=previous) == (start, end)


def test_the_day_of_the_event_named_next_lies_on_the_other_side() -> None:
    (expr,) = find_times("The army retook the town three days after losing it.")
    assert expr.of_event
    assert resolved("three days after losing it") == ("2023-08-13", "2023-08-13")
    assert resolved("two weeks before the vote") == ("2023-08-27", "2023-09-02")
    assert resolved("nine months after they were driven out") == ("2022-11-01", "2022-11-30")


UNDATED = [
    ("on 28 September", ("2016-09-01", "2016-09-30", "month"), "2016-09-28", "2016-09-28"),
    ("on 2 January", ("2016-12-28", "2016-12-28", "day"), "2017-01-02", "2017-01-02"),
    ("in April", ("2014-01-01", "2014-12-31", "year"), "2014-04-01", "2014-04-30"),
    ("on the 5th", ("2016-09-01", "2016-09-30", "month"), "2016-09-05", "2016-09-05"),
    ("on Friday", ("2016-09-28", "2016-09-28", "day"), "2016-09-30", "2016-09-30"),
    ("since then", ("2016-09-01", "2016-09-30", "month"), "2016-09-01", None),
    ("three days later", ("2016-09-28", "2016-09-28", "day"), "2016-10-01", "2016-10-01"),
    ("in late 2016", ("2014-01-01", "2014-12-31", "year"), "2016-10-01", "2016-12-31"),
]


@pytest.mark.parametrize(("text", "previous", "start", "end"), UNDATED)
def test_in_a_text_without_a_date_the_year_goes_on(
    text: str, previous: tuple[str, str, str], start: str | None, end: str | None
) -> None:
    assert resolved(text, said=None, previous=previous) == (start, end)


def test_a_step_of_days_is_not_counted_from_a_wide_interval() -> None:
    year = ("2014-01-01", "2014-12-31", "year")
    assert resolved("a day earlier", previous=year) == ("2023-08-15", "2023-08-15")
    assert resolved("the next day", previous=year) is None


def test_a_report_dated_by_its_month_gives_the_union() -> None:
    (expr,) = find_times("yesterday")
    month = When(date(2023, 8, 1), date(2023, 8, 31), "metadata", "month")
    when = resolve_time(expr, published=month)
    assert when is not None
    assert (when.start, when.end, when.precision) == (date(2023, 7, 31), date(2023, 8, 30), "range")


@pytest.mark.parametrize(
    ("said", "expected"), [(date(2014, 7, 6), "2014-07-05"), (date(2014, 5, 9), "2014-05-07"), (None, None)]
)
def test_day_and_month_that_may_be_swapped(said: date | None, expected: str | None) -> None:
    found = resolved("on 05/07/2014", said=said)
    assert found == ((expected, expected) if expected else ("2014-05-07", "2014-07-05"))


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("on 7 June 2021", "day"),
        ("last week", "week"),
        ("in June 2021", "month"),
        ("in spring 2021", "season"),
        ("in 2021", "year"),
        ("from May to July 2021", "range"),
        ("for months", "open"),
    ],
)
def test_precision(text: str, precision: str) -> None:
    (expr,) = find_times(text)
    when = resolve_time(expr, published=When(SAID, SAID))
    assert when is not None
    assert when.precision == precision


def test_basis_says_from_what_it_was_counted() -> None:
    def basis(text: str, previous: When | None = None) -> str:
        when = resolve_time(find_times(text)[0], published=When(SAID, SAID), previous=previous)
        assert when is not None
        return when.basis

    assert basis("on 7 June 2021") == "stated"
    assert "Tuesday" in basis("on Tuesday")
    assert "2023-08-16" in basis("two days ago")
    assert basis("a day later", When(date(2023, 6, 7), date(2023, 6, 7))) == "counted from 2023-06-07 named before"
