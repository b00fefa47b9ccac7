"""The report's own date: stated by its date line, by metadata or its address, else inferred from its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from whoholds.annotate.times import find_times, resolve_time
from whoholds.annotate.times.meaning import Bound, Calendar, walk
from whoholds.model import Issue, Report, Severity, When
from whoholds.resolve.date_inference import Inferred, choose_reading, complete, infer
from whoholds.resolve.date_signs import (
    Named,
    Rank,
    Sign,
    as_when,
    carried_text,
    named,
    page_signs,
    read_stated,
    read_url,
    sections_of,
)
from whoholds.resolve.event_years import battles_for, year_fought
from whoholds.resolve.events import bounds, event_of_title

_BASIS = {
    Rank.PUBLISHED: "stated in the date line",
    Rank.LINE: "stated in the date line",
    Rank.UPDATED: "stated in the date line, as last updated",
    Rank.TITLE: "stated in the title",
    Rank.LEAD: "full date in the first paragraph",
}
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_STORY = 20_000
_BEFORE_STORY = ("since", "until", "before")
"""Characters of a section that are looked at for the year of its story."""
_TERM = timedelta(days=2 * 366)
"""So narrow must be what the text names, to date its story where no year is settled."""
_TOLERANCE = timedelta(days=1)
"""Metadata may give the day of another time zone."""


def report_date(report: Report, read_on: date | None = None) -> tuple[When | None, list[Issue]]:
    """The day on which a report was written, or the month or year where only that is known, and what is wrong with it.

    `read_on` bounds it: a date later than the day of reading is not believed. In order: the page's own date line,
    metadata, the address, a date in the title or first paragraph, then what the words let be inferred. Two dates that
    contradict each other raise the issue "dates-differ"; the date line wins. Encyclopedia passages have none.
    """
    issues: list[Issue] = []
    said = named(report)
    signs = page_signs(report)
    if not report.stated_date and not any(sign.full and sign.rank <= Rank.LINE for sign in signs):
        said = replace(said, bounds=bounds(carried_text(report)), battles=battles_for(report.title or ""))
    known = _known(report, said, read_on, issues)
    page = _from_page(report, signs, said, known, read_on, issues)
    strong = page is not None and page[1] <= Rank.LINE
    if page is not None and (strong or known is None):
        if known is not None and strong and _differ(page[0], known):
            issues.append(_issue(report, "dates-differ", _contradiction(page[0], known)))
        return page[0], issues
    if known is not None:
        return known, issues
    found = infer(said, read_on)
    return (_inferred(report, found, issues) if found else None), issues


def story_year(report: Report) -> When | None:
    """The year that a text without a date of its own is about: the `previous` to begin it with.

    The period in its title ("2016 river offensive", "Siege of the port (May–July 2015)"), else the first year that it
    names.
    """
    title = (report.title or "")[:500]
    found = [
        when for expr in find_times(title) if (when := resolve_time(expr, published=None)) and when.start and when.end
    ]
    in_title = sorted({int(year) for year in _YEAR.findall(title)})
    long = bool(in_title) and in_title[-1] - in_title[0] > 1
    event = event_of_title(title)
    if event and event.end and (not in_title or in_title == [event.start.year, event.end.year]):
        return When(event.start, event.end, "the period of the event in the title", "range")
    year = _first_year(report)
    if year is None and not in_title and (by_events := _year_by_events(report)):
        return by_events
    if long and year:
        return as_when(Calendar(year), "the first year named")
    if len(found) == 1 and found[0].precision != "year":
        return replace(found[0], basis="the period in the title")
    if len(in_title) == 1:
        return as_when(Calendar(in_title[0]), "the year in the title")
    if in_title:
        return When(date(in_title[0], 1, 1), date(in_title[-1], 12, 31), "the period in the title", "range")
    return as_when(Calendar(year), "the first year named") if year else None


def _first_year(report: Report) -> int | None:
    """The first year that is named with its month, else the first ("a market opened in 2020" begins no story).

    What was so since, or up to, a day comes before the story, and counts only where no other year is named.
    """
    first: int | None = None
    bound: int | None = None
    for section in sections_of(report):
        if not section.role.can_carry_claims:
            continue
        for expr in find_times(section.span.of(report.text)[:_STORY]):
            for part in walk(expr.meaning):
                year = getattr(part, "year", None)
                if isinstance(expr.meaning, Bound) and expr.meaning.kind in _BEFORE_STORY:
                    bound = bound or year
                elif isinstance(part, Calendar) and year and part.month:
                    return int(year)
                else:
                    first = first or year
    return first or bound


def _year_by_events(report: Report) -> When | None:
    """The year of what the text names: of its events, offices and groups, else of the battles for its places."""
    text = carried_text(report)
    found = bounds(text)
    if found.since and found.until and found.until.year == found.since.year:
        return as_when(Calendar(found.since.year), "the year of what the text names")
    if year := year_fought(text, report.title or "", found):
        return as_when(Calendar(year), "the year in which the places that it names were fought for")
    if found.since and found.until and found.until - found.since <= _TERM:
        return When(found.since, found.until, "the time of the offices and events that the text names", "range")
    return None


def _known(report: Report, said: Named, read_on: date | None, issues: list[Issue]) -> When | None:
    """What metadata states, else what the address does."""
    found: list[When] = []
    if report.stated_date and report.stated_date.strip():
        calendar = read_stated(report.stated_date)
        if calendar is None:
            text = f"the stated date {report.stated_date.strip()[:40]!r} could not be read; the page's own is used"
            issues.append(_issue(report, "date-unreadable", text))
        else:
            when = _settled(report, calendar, said, None, [], issues, "metadata")
            if when and _believed(report, when, read_on, issues):
                found.append(when)
    if report.url and (calendar := read_url(report.url)):
        when = as_when(calendar, "address of the page")
        if when and (read_on is None or when.start is None or when.start <= read_on + _TOLERANCE):
            found.append(when)
    if not found:
        return None
    days = [when for when in found if when.precision == "day"]
    return (days or found)[0]


def _from_page(
    report: Report,
    signs: list[Sign],
    said: Named,
    known: When | None,
    read_on: date | None,
    issues: list[Issue],
) -> tuple[When, Rank] | None:
    others = [sign.calendar for sign in signs if not sign.calendar.ambiguous]
    others += [*said.settled, *said.partial]
    best: tuple[When, Rank] | None = None
    for sign in sorted(signs, key=lambda s: (s.rank > Rank.LINE, not s.full, s.rank, s.period)):
        if best is not None:
            break
        basis = _BASIS[sign.rank] if not sign.period else "end of the period that the date line gives"
        if sign.full:
            when = _settled(report, sign.calendar, said, known, others, issues, basis)
        elif sign.calendar.year is None and (year := _year_of_issue(sign, signs)):
            when = as_when(replace(sign.calendar, year=year), "date line, its year from the masthead")
        elif sign.calendar.year is None:
            done = complete(sign.calendar, _with_line_years(said, signs), known, read_on)
            when = _inferred(report, done, issues) if done else None
        else:
            when = as_when(sign.calendar, basis)
        if when is not None and _believed(report, when, read_on, issues):
            best = when, sign.rank
    return best


def _year_of_issue(sign: Sign, signs: list[Sign]) -> int | None:
    """ "9 May" below "The Quarterly, May 1998": the year that the page gives beside the same month."""
    same = {x.calendar.year for x in signs if x.calendar.month == sign.calendar.month and x.calendar.day is None}
    return same.pop() if len(same) == 1 else None


def _inferred(report: Report, found: Inferred, issues: list[Issue]) -> When:
    """A date whose year was inferred; that other years fit as well is an issue."""
    if found.others:
        years = " and ".join([", ".join(map(str, found.others[:-1])), str(found.others[-1])][len(found.others) < 2 :])
        text = f"no year is stated; {found.day.isoformat()} is used, and {years} would fit as well"
        issues.append(_issue(report, "year-uncertain", text))
    return When(found.day, found.day, found.basis, "day")


def _with_line_years(said: Named, signs: list[Sign]) -> Named:
    """The years of other date lines count as named in the text."""
    years = tuple(sign.calendar.year for sign in signs if sign.calendar.year)
    return replace(said, years=said.years + years)


def _settled(
    report: Report,
    calendar: Calendar,
    said: Named,
    known: When | None,
    others: list[Calendar],
    issues: list[Issue],
    basis: str,
) -> When | None:
    if not calendar.ambiguous:
        return as_when(calendar, basis)
    day, sure = choose_reading(calendar, said, known, others)
    if not sure:
        text = f"day and month of the report's date may be swapped; read as {day.isoformat()}"
        issues.append(_issue(report, "date-ambiguous", text))
    return When(day, day, basis, "day")


def _believed(report: Report, when: When, read_on: date | None, issues: list[Issue]) -> bool:
    if read_on is None or when.start is None or when.start <= read_on + _TOLERANCE:
        return True
    text = f"the date {when.start.isoformat()} lies after the day of reading and is not used"
    issues.append(_issue(report, "date-in-future", text))
    return False


def _differ(a: When, b: When) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return False
    return a.start > b.end + _TOLERANCE or b.start > a.end + _TOLERANCE


def _contradiction(page: When, known: When) -> str:
    return f"the date line says {_words(page)}, {known.basis} says {_words(known)}; the date line is used"


def _words(when: When) -> str:
    if when.start and when.start == when.end:
        return when.start.isoformat()
    return f"{when.start} to {when.end}"


def _issue(report: Report, code: str, message: str) -> Issue:
    return Issue(code, message, report.source or report.label, severity=Severity.WARNING)
