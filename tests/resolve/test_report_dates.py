"""The report's own date: from its date line, from metadata and address, from its words, and what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from whoholds.model import Report, Role, Section, Span, When
from whoholds.resolve.dates import report_date, story_year

SEEDS = Path(__file__).resolve().parents[2] / "../shared/seeds"

T, H, B, C, D, Y, F = Role.TITLE, Role.HEADING, Role.BODY, Role.CAPTION, Role.DATELINE, Role.BYLINE, Role.FURNITURE


def report(*parts: tuple[Role, str], stated: str | None = None, url: str | None = None) -> Report:
    """A report of these sections, a blank line between them."""
    text, sections = "", []
    for role, words in parts:
        sections.append(Section(Span(len(text), len(text) + len(words)), role))
        text += words + "\n\n"
    return Report("sample.txt", text, tuple(sections), stated_date=stated, url=url, source="in/sample.txt")


def found(
    *parts: tuple[Role, str], stated: str | None = None, url: str | None = None, read_on: date | None = None
) -> tuple[str | None, str]:
    when, _ = report_date(report(*parts, stated=stated, url=url), read_on)
    return _words(when), when.basis if when else ""


def _words(when: When | None) -> str | None:
    if when is None:
        return None
    return f"{when.start}" if when.start == when.end else f"{when.start}/{when.end}"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Published: Thursday, 12 June 2014, 18:42 GMT", "2014-06-12"),
        ("Beirut, 11 December 2016", "2016-12-11"),
        ("NAIROBI, June 29, 2021 (Horn Newswire) - ", "2021-06-29"),
        ("5 December 2024 | Last updated 18:10 GMT", "2024-12-05"),
        ("Security note, 16 Jan 2023", "2023-01-16"),
        ("#World News   October 17, 2017 / 9:12 AM / Updated 5 hours ago", "2017-10-17"),
        ("Posted on 30/01/2013 at 15:32, updated on 31/01/2013 at 09:10", "2013-01-30"),
        ("Last modified on Friday 22 May 2015, first published 21 May 2015", "2015-05-21"),
        ("Last update: 13/11/2015 17:35", "2015-11-13"),
        ("21:47 25/07/2014", "2014-07-25"),
        ("11.11.2022 17:20   Desk", "2022-11-11"),
        ("28-08-2017 | 10:05", "2017-08-28"),
        ("THURSDAY 15 AUGUST 2024, 18:05   |  By a reporter", "2024-08-15"),
        ("Wed Jul 16, 2014 2:41pm EDT", "2014-07-16"),
        ("Gao 25/07/14", "2014-07-25"),
        ("Printed 25.07.14, page 3", "2014-07-25"),
        ("Kabul, 24 Asad 1400", "2021-08-15"),
        ("Date of publication: 17 June 2015", "2015-06-17"),
        ("Monday the 15th of June, 2015", "2015-06-15"),
        ("(c) 2024 Example Media | 15 June 2015", "2015-06-15"),
        ("June 15, 2015 (updated June 20, 2015)", "2015-06-15"),
        ("Thursday, 1st October 1998", "1998-10-01"),
        ("AMMAN, Jan 21, 2018 (Agency)", "2018-01-21"),
        ("ADDIS, Feb. 4, 2000.", "2000-02-04"),
        ("BANI, Country -- October 17, 2011 -- ", "2011-10-17"),
        ("SAN ROQUE, February 23 (2002) - ", "2002-02-23"),
        ("Period covered: 29 October - 5 November 2021", "2021-11-05"),
        ("6-13 December 2021 | Published Monday 14 December 2021, 16:00 EAT", "2021-12-14"),
        ("Desk, 2016-03-13T18:42:00+03:00", "2016-03-13"),
    ],
)
def test_date_lines(line: str, expected: str) -> None:
    assert found((T, "Town falls"), (D, line), (B, "The army took the town on Monday."))[0] == expected


def test_a_date_line_weighs_more_than_the_dateline_of_the_agency_and_the_caption() -> None:
    parts = (
        (D, "Published 3 May 2017"),
        (C, "Soldiers near the town on April 30, 2017."),
        (D, "ERBIL, May 2 (Wire) - "),
        (B, "Soldiers entered the town on Tuesday."),
    )
    assert found(*parts) == ("2017-05-03", "stated in the date line")


def test_a_title_may_carry_the_date_of_a_daily_note() -> None:
    body = (B, "Forces advanced on two axes.")
    assert found((T, "EASTERN FRONT DAILY NOTE, SEPTEMBER 11, 2022"), body)[0] == "2022-09-11"
    assert found((T, "Situation report (as of 23 November 2012)"), body)[0] == "2012-11-23"


def test_the_first_paragraph_may_state_it() -> None:
    lead = "Government forces took the port, officials said on Monday, January 16, 2023."
    assert found((T, "Port taken"), (B, lead)) == ("2023-01-16", "full date in the first paragraph")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2016-03-13T18:42:00+03:00", "2016-03-13"),
        ("2016-03-13 18:42:00", "2016-03-13"),
        ("2016-03-13", "2016-03-13"),
        ("20160313", "2016-03-13"),
        ("20160313184200", "2016-03-13"),
        ("20160313T184200Z", "2016-03-13"),
        ("Sun, 13 Mar 2016 18:42:00 +0000", "2016-03-13"),
        ("13 March 2016", "2016-03-13"),
        ("March 13, 2016", "2016-03-13"),
        ("13/03/2016", "2016-03-13"),
        ("2016-03", "2016-03-01/2016-03-31"),
        ("March 2016", "2016-03-01/2016-03-31"),
        ("2016", "2016-01-01/2016-12-31"),
    ],
)
def test_metadata(stated: str, expected: str) -> None:
    assert found((B, "The army took the town."), stated=stated) == (expected, "metadata")


def test_metadata_that_cannot_be_read_is_an_issue() -> None:
    when, issues = report_date(report((D, "Rome, 3 May 2017"), (B, "Words."), stated="some time ago"))
    assert _words(when) == "2017-05-03"
    assert [issue.code for issue in issues] == ["date-unreadable"]
    assert issues[0].source == "in/sample.txt"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://news.example/2016/03/13/town-falls.html", "2016-03-13"),
        ("https://news.example/world/2016/mar/13/town-falls", "2016-03-13"),
        ("https://news.example/2016-03-13-town", "2016-03-13"),
        ("https://news.example/story-20160313", "2016-03-13"),
        ("https://news.example/2016/3/town-falls", "2016-03-01/2016-03-31"),
        ("https://news.example/2016/33/13/town", None),
        ("https://news.example/story?d=2016/03/13/", None),
        ("https://news.example/a/120160313999", None),
    ],
)
def test_addresses(url: str, expected: str | None) -> None:
    assert found((B, "The army took the town."), url=url)[0] == expected


def test_metadata_stands_before_the_address_and_a_day_before_a_month() -> None:
    body = (B, "The army took the town.")
    url = "https://news.example/2016/03/13/x"
    assert found(body, stated="2016-03-14", url=url)[0] == "2016-03-14"
    assert found(body, stated="March 2016", url=url)[0] == "2016-03-13"


def test_two_dates_that_differ_are_an_issue_and_the_date_line_wins() -> None:
    when, issues = report_date(report((D, "Beirut, 11 December 2016"), (B, "Words."), stated="2019-02-01"))
    assert _words(when) == "2016-12-11"
    assert [issue.code for issue in issues] == ["dates-differ"]
    assert "2016-12-11" in issues[0].message
    assert "2019-02-01" in issues[0].message


def test_a_day_of_difference_is_a_time_zone() -> None:
    _, issues = report_date(report((D, "Beirut, 11 December 2016"), (B, "Words."), stated="2016-12-12T00:10:00Z"))
    assert issues == []


def test_an_update_does_not_contradict_the_date_of_publication() -> None:
    when, issues = report_date(report((D, "Last updated: 14 March 2016"), (B, "Words."), stated="2016-03-11"))
    assert _words(when) == "2016-03-11"
    assert issues == []


def test_a_dateline_without_a_year_takes_it_from_a_caption() -> None:
    parts = (
        (C, "Families at a checkpoint on June 11, 2014."),
        (D, "ERBIL, Iraq, June 12 (Wire) - "),
        (B, "Forces moved into the city on Thursday."),
    )
    assert found(*parts) == ("2014-06-12", "date line, its year from the text")


def test_a_dateline_without_a_year_takes_it_from_metadata() -> None:
    parts = ((D, "ERBIL, Dec 30 (Wire) - "), (B, "Forces moved into the city."))
    assert found(*parts, stated="2015-01-01")[0] == "2014-12-30"
    assert found(*parts, url="https://news.example/2014/12/x")[0] == "2014-12-30"


def test_a_weekday_beside_a_dateline_settles_its_year() -> None:
    parts = ((D, "KABUL, Aug 8 (Sunday) - "), (B, "The group, which was driven out in 2016, took the city on Sunday."))
    assert found(*parts) == ("2021-08-08", "weekday with day of month")


def test_the_weekdays_of_the_text_choose_among_years() -> None:
    # 12 June was a Thursday in 2014 and in 2025; the text names 2011 and begins with Thursday.
    parts = ((D, "ERBIL, June 12 (Wire) - "), (B, "Forces that formed in 2011 moved into the city on Thursday."))
    assert found(*parts)[0] == "2014-06-12"


def test_a_dateline_whose_year_nothing_tells_gives_nothing() -> None:
    assert found((D, "ERBIL, June 12 (Wire) - "), (B, "Forces moved into the city on Thursday."))[0] is None


def test_a_weekday_with_a_day_of_the_month_settles_the_year() -> None:
    parts = (
        (C, "Troops gather on November 11th. On Friday (November 17th), they took the town."),
        (B, "Troops on Friday (November 17th) took the last town of the group, which declared its rule in 2014."),
    )
    assert found(*parts) == ("2017-11-17", "weekday with day of month")


def test_it_is_bounded_by_the_day_of_reading() -> None:
    parts = ((B, "Troops on Friday (November 17th) took the town."),)
    assert found(*parts)[0] is None
    assert found(*parts, read_on=date(2024, 5, 1))[0] == "2023-11-17"
    assert found(*parts, read_on=date(2023, 5, 1))[0] == "2017-11-17"


def test_a_text_that_begins_with_a_bare_weekday_was_written_after_the_day_it_names() -> None:
    body = "The army took the bridge on Tuesday. It entered the town on Friday, September 28, in a war begun in 2011."
    assert found((B, body))[0] == "2012-10-02"


def test_a_caption_and_a_weekday_settle_the_day() -> None:
    parts = (
        (C, "Soldiers deploy in the desert on March 9, 2016"),
        (B, "The group left the town on Sunday, a spokesman said."),
    )
    assert found(*parts) == ("2016-03-13", "first Sunday after the latest date in a caption")


def test_a_caption_older_than_a_year_that_is_named_settles_nothing() -> None:
    parts = (
        (C, "Soldiers on March 9, 2016"),
        (B, "The group left the town on Sunday, a year after the battle of 2018."),
    )
    assert found(*parts)[0] is None


def test_furniture_comments_and_copyright_never_count() -> None:
    parts = (
        (F, "Daily survey, Feb. 23, 2019"),
        (C, "Soldiers deploy in the desert on March 9, 2016"),
        (B, "The group left the town on Sunday."),
        (F, "reader47 21 May 2021 20:11: And now?"),
        (F, "© 2024 The Desk. All rights reserved"),
        (Role.REPEAT, "Soldiers on 5 May 2020"),
    )
    assert found(*parts)[0] == "2016-03-13"


def test_years_that_lie_ahead_are_not_taken_for_the_past() -> None:
    parts = (
        (C, "Soldiers deploy in the desert on March 9, 2016"),
        (B, "The group left the town on Sunday. A vote is planned for 2018, and the base will be rebuilt by 2020."),
    )
    assert found(*parts)[0] == "2016-03-13"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (((D, "21:47 05/07/2014"), (D, "DONETSK, July 5 (Wire) - "), (B, "They left.")), "2014-07-05"),
        (((D, "08/06/2013"), (B, "Units restored order on Saturday.")), "2013-06-08"),
        (((D, "06/08/2013"), (B, "Units restored order on Saturday.")), "2013-06-08"),
    ],
)
def test_swapped_day_and_month_are_settled_by_the_text(parts: tuple[tuple[Role, str], ...], expected: str) -> None:
    when, issues = report_date(report(*parts))
    assert _words(when) == expected
    assert issues == []


def test_swapped_day_and_month_that_nothing_settles_are_an_issue() -> None:
    when, issues = report_date(report((D, "08/06/2013"), (B, "Units restored order.")))
    assert _words(when) == "2013-06-08"
    assert [issue.code for issue in issues] == ["date-ambiguous"]


def test_a_date_after_the_day_of_reading_is_not_believed() -> None:
    assert found((D, "Rome, 3 May 2027"), (B, "Words."), read_on=date(2024, 1, 1))[0] is None
    when, issues = report_date(report((D, "Rome, 3 May 2027"), (B, "Words."), stated="2017-05-03"), date(2024, 1, 1))
    assert _words(when) == "2017-05-03"
    assert [issue.code for issue in issues] == ["date-in-future"]


def test_a_month_in_the_date_line_is_an_interval() -> None:
    when, _ = report_date(report((D, "Issue of May 2016"), (B, "Words.")))
    assert when == When(date(2016, 5, 1), date(2016, 5, 31), "stated in the date line", "month")


def test_an_encyclopedia_passage_has_no_date() -> None:
    text = "The offensive began in September 2016. On 28 September they took the village; by 2 October seven."
    assert report_date(Report("passage", text)) == (None, [])
    assert found((B, text))[0] is None


@pytest.mark.parametrize(
    ("title", "text", "year", "basis"),
    [
        ("2016 river offensive", "It followed the war of 2014.", 2016, "the year in the title"),
        ("Siege of the town (2015)", "On 3 May they left.", 2015, "the year in the title"),
        ("Battle of the city (2012-2016)", "In July 2013 they left.", 2013, "the first year named"),
        ("Siege of the town", "In July 2013 they left, and in 2014 they came back.", 2013, "the first year named"),
    ],
)
def test_the_year_of_a_story_without_a_date(title: str, text: str, year: int, basis: str) -> None:
    assert story_year(Report("x", text, title=title)) == When(date(year, 1, 1), date(year, 12, 31), basis, "year")


def test_a_story_that_names_no_year_has_none() -> None:
    assert story_year(Report("x", "On 3 May they left.", title="Siege of the town")) is None


def test_an_empty_report_has_no_date() -> None:
    assert report_date(Report("empty", "")) == (None, [])


@pytest.mark.parametrize(
    ("name", "expected"), [("000_5b21671eb440c9c6.txt", "2016-03-13"), ("002_27cd961abcd74509.txt", "2017-11-17")]
)
def test_the_first_two_pages(name: str, expected: str) -> None:
    path = SEEDS / name
    if not path.exists():
        pytest.skip("the shared seeds are not here")
    layout = pytest.importorskip("whoholds.sources.layout")
    text = path.read_text(encoding="utf-8")
    when, issues = report_date(Report(name, text, layout.lay_out(text)))
    assert _words(when) == expected
    assert issues == []


def test_a_bare_day_between_paragraphs_is_no_day_of_the_report() -> None:
    long = "The troops of the north went on to the river and took the mill of the town after a fight. " * 10
    inside = ((T, "The war in the north"), (B, long), (D, "19 November 2015"), (B, "They took the town."))
    assert found(*inside, stated="2023-09-03")[0] == "2023-09-03"
    above = ((T, "The war in the north"), (D, "19 November 2015"), (B, long), (B, "They took the town."))
    assert found(*above, stated="2023-09-03")[0] == "2015-11-19"
    below = ((T, "The war in the north"), (B, long), (B, "They took the town."), (D, "19 November 2015"))
    assert found(*below)[0] == "2015-11-19"
    said = ((T, "The war in the north"), (B, long), (D, "Published 19 November 2015"), (B, "They took the town."))
    assert found(*said)[0] == "2015-11-19"


@pytest.mark.parametrize(
    ("body", "date_"),
    [
        ("Gao, 7 April 2012. Rebels have taken the town.", "2012-04-07"),
        ("COTABATO CITY, Philippines, July 9, 2000 -- Marines raised the flag.", "2000-07-09"),
        ("Rebels took Gao on 1 April 2012. They hold it.", None),
    ],
)
def test_a_date_line_inside_the_first_paragraph(body: str, date_: str | None) -> None:
    assert found((T, "Town taken"), (B, body))[0] == date_


def test_the_first_entry_of_a_chronology_is_not_the_day_it_was_written() -> None:
    entries = "24 June 1983 - Faya falls.\nAug 1983: The army wins Abeche back.\n10 Jan 1984 - A truce."
    text = f"3 May 1983 - Rebels take Bardai.\n{entries}"
    sections = (Section(Span(0, 13), D), Section(Span(13, len(text)), B))
    assert report_date(Report("sample.txt", text, sections))[0] is None
    alone = text.splitlines()[0]
    sections = (Section(Span(0, 13), D), Section(Span(13, len(alone)), B))
    assert _words(report_date(Report("sample.txt", alone, sections))[0]) == "1983-05-03"


def test_a_date_that_opens_a_first_paragraph_is_the_reports() -> None:
    """Alone, or after a place in one of the paragraphs above the fold; not a day of a chronology's."""
    assert found((T, "Inside the town"), (B, "November 24, 2019. Rebels are in the town."))[0] == "2019-11-24"
    assert found((B, "December 11, 2019 | Data of 10 a.m."), (B, "Rebels hold the port."))[0] == "2019-12-11"
    lead = "Three months after it began the siege of the camp ended on 12 August 1979."
    assert found((B, lead), (B, "Bol, August 13, 1979. Militias poured into the camp."))[0] == "1979-08-13"


def test_a_bulletin_that_the_first_paragraph_quotes_gives_its_day() -> None:
    lead = "The group has taken two towns, the mission said in its bulletin of 24 March 2019."
    assert found((D, "BANGUI - "), (B, lead))[0] == "2019-03-24"


def test_a_bulletins_number_gives_its_year() -> None:
    assert found((D, "Weekly update 14/2019 (3-9 April)"), (B, "Soldiers left in June 2018."))[0] == "2019-04-09"


def test_a_date_line_without_a_year_lies_after_the_months_that_the_text_names() -> None:
    parts = (
        (D, "COLOMBO, July 12 (Agency) -"),
        (B, "The army took the rock on Wednesday. It took the port in September 2006."),
    )
    assert found(*parts)[0] == "2007-07-12"
