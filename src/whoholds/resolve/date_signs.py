"""Signs of a report's own date: what its date lines, title, first paragraph, metadata and address say.

Nothing is decided here. Furniture, repeats and comments are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum

from whoholds.annotate.parse.sentences import on_one_line, split
from whoholds.annotate.times import TimeExpression, find_times
from whoholds.annotate.times.arithmetic import month_days, year_days
from whoholds.annotate.times.meaning import Between, Bound, Calendar, Meaning, Part, Weekday, walk
from whoholds.annotate.times.words import MONTHS
from whoholds.model import Report, Role, Section, Span, When
from whoholds.resolve.events import NO_BOUNDS, Bounds, Event

_LONGEST = 600
"""Characters of a date line, title or first paragraph that are looked at; a date stands near its start."""
_UNDER_WAY = 600
"""Characters of body after which a bare date between paragraphs is when something in the story happened."""
_MOST, _MOST_TEXT = 400, 200_000
"""Sections, and characters of them, looked at for dates that the text names."""


class Rank(IntEnum):
    """How much a sign on the page weighs; the lowest wins."""

    PUBLISHED = 0
    LINE = 1
    UPDATED = 2
    TITLE = 3
    LEAD = 4


@dataclass(frozen=True, slots=True)
class Sign:
    """A date as the page writes it. `year` may be missing; `last` is the end of a stated period."""

    calendar: Calendar
    rank: Rank
    span: Span
    period: bool = False

    @property
    def full(self) -> bool:
        return None not in (self.calendar.year, self.calendar.month, self.calendar.day)


_UPDATED = re.compile(r"\bupdated\b|last\s+update|modif|edited|correct|revis|refresh", re.I)
_PUBLISHED = re.compile(r"publish|post(?:ed|s)?\b|issued|released|filed|created|dated?\b", re.I)
_URL_DAY = re.compile(
    r"[/_-]((?:19|20)[0-9]{2})"
    r"(?:([/_-])(?P<month>[0-9]{1,2}|[a-z]{3,9})\2(?P<day>[0-9]{1,2})|(?P<mm>[0-9]{2})(?P<dd>[0-9]{2}))(?=[^0-9]|$)",
    re.I,
)
_URL_MONTH = re.compile(r"/((?:19|20)[0-9]{2})[/-]([0-9]{1,2}|[a-z]{3,9})(?=/)", re.I)
_OPENS = re.compile(r"\W*[A-Z][\w'’.-]*(?:[ /,]+[A-Z(][\w'’.)-]*){0,5}\W{1,4}")
"""The place before the date of a date line: "Aden", "Benghazi/Tripoli", "COTABATO CITY, Philippines"."""
_CLOSES = re.compile(r"\s*(?:[.:(|–—]|-\s|--)")
_PAPER = re.compile(
    r"\b(?:bulletin|communiqu[eé]|dispatch|update|briefing|report)\s+(?:of|dated|issued on|for)\s+$", re.I
)
"""The paper that a first paragraph quotes: "the mission said in its bulletin of 24 March 2017"."""
_NUMBERED = re.compile(r"\b[0-9]{1,3}/((?:19|20)[0-9]{2})\b")
"""The number of a bulletin in its year: "Weekly update 14/2023 (3-9 April)"."""
_ENTRY = re.compile(r"[A-Za-z0-9 ,.]{4,28}?\s?(?:[:–—]|-\s)")
"""How an entry of a chronology begins: "27 Nov 1975 - ", "June 1976: "."""
_LONGEST_ENTRY = 40
_ENTRIES = 3
"""Months in which the entries of a chronology lie, at the least."""
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:T?[0-9]{4,6}Z?)?")
_YEAR = re.compile(r"[0-9]{4}")
_YEAR_MONTH = re.compile(r"((?:19|20)[0-9]{2})-([0-9]{1,2})")


def sections_of(report: Report) -> tuple[Section, ...]:
    """The report's sections; a text that was never laid out is one body."""
    return report.sections or (Section(Span(0, len(report.text)), Role.BODY),)


def page_signs(report: Report) -> list[Sign]:
    """What date lines, byline, title and first paragraph say, the weightiest first."""
    signs: list[Sign] = []
    lead, before, chronology = True, 0, _is_chronology(report)
    headings = [section for section in sections_of(report) if section.role is Role.HEADING][:_MOST]
    days = {x.span for x in headings if _is_day(x.span.of(report.text))}
    # Days that entries stand under say when each thing happened, not when it was written.
    entries = days if len(days) > 1 else frozenset[Span]()
    body = [section.span for section in sections_of(report) if section.role is Role.BODY]
    last = body[-1].start if body else 0
    for section in sections_of(report):
        text = report.text[section.span.start : min(section.span.end, section.span.start + _LONGEST)]
        before += (section.span.end - section.span.start) * (section.role is Role.BODY)
        if (
            section.role is Role.DATELINE
            and chronology
            and report.text[section.span.end : section.span.end + 1].strip()
        ):
            # "6 Nov 1975 - " is cut off its entry as if it were the line above a report
            continue
        if section.role in (Role.DATELINE, Role.BYLINE):
            found = _line_signs(text, section.span.start)
            inside = before > _UNDER_WAY and section.span.start < last
            signs += [sign for sign in found if not inside or sign.rank is not Rank.LINE]
        elif section.role in (Role.TITLE, Role.HEADING) and lead and section.span not in entries:
            signs += _title_signs(text, section.span.start)
        elif section.role is Role.BODY and (lead or before < _UNDER_WAY) and not chronology:
            signs += _lead_signs(text, section.span.start, lead)
            lead = False
    return sorted(signs, key=lambda sign: (sign.rank, not sign.full, sign.span))


def _is_day(line: str) -> bool:
    """Whether a line is no more than a date."""
    line = line.strip(" :.")
    return len(line) <= _LONGEST_ENTRY and any(x.span.start == 0 and x.span.end == len(line) for x in find_times(line))


def _line_signs(text: str, offset: int) -> Iterator[Sign]:
    before = 0
    for expr in find_times(text):
        label = text[before : expr.span.start]
        before = expr.span.end
        rank = Rank.UPDATED if _UPDATED.search(label) else Rank.PUBLISHED if _PUBLISHED.search(label) else Rank.LINE
        for sign in _signs(expr, rank, offset):
            year = int(number[1]) if (number := _NUMBERED.search(text)) else None
            yield replace(sign, calendar=replace(sign.calendar, year=sign.calendar.year or year))


_PARTING = frozenset(",(|:;-–—*·•/»>~#")
"""What parts the items of a title or masthead."""


def _title_signs(text: str, offset: int) -> Iterator[Sign]:
    """A date that opens or closes a title, or stands after a comma or in brackets: the day of a daily note.

    A year by itself heads a chapter.
    """
    for expr in find_times(text) if not text.strip(" :.").isdigit() else ():
        before, after = text[: expr.span.start].rstrip(), text[expr.span.end :].lstrip()
        if not before or before[-1] in _PARTING or (not after and len(before.split()) < 12):
            yield from _signs(expr, Rank.TITLE, offset)


def _is_chronology(report: Report) -> bool:
    """True where paragraphs open with one date after another: when each thing happened, not when it was written."""
    body = [section.span for section in sections_of(report) if section.role is Role.BODY]
    lines = [line for span in body[:_MOST] for line in span.of(report.text)[:_MOST_TEXT].splitlines()]
    opened: set[tuple[int | None, int | None]] = set()
    for line in lines[:_MOST]:
        if not line[:1].isalnum() or not _ENTRY.match(line):
            continue
        first = next(iter(find_times(line[:_LONGEST_ENTRY])), None)
        if first is not None and first.span.start == 0 and isinstance(first.meaning, Calendar) and first.meaning.year:
            opened.add((first.meaning.year, first.meaning.month))
    return len(opened) >= _ENTRIES


def _lead_signs(text: str, offset: int, first: bool) -> Iterator[Sign]:
    """A full date in a first paragraph: one that it opens with, after a place or alone, or one with its weekday.

    "Gao, 7 April 2012. Rebels ...", "7 April 2012. Rebels ...", "officials said on Monday, January 16, 2023". `first`:
    of the paragraphs above the fold it is the first; in the others only a place and date that open them count.
    """
    for expr in find_times(text) if _YEAR.search(text) else ():
        m = expr.meaning
        if not (isinstance(m, Calendar) and m.day and m.year):
            continue
        before = text[: expr.span.start]
        opens = _OPENS.fullmatch(before) or (first and not before.strip())
        if opens and _CLOSES.match(text[expr.span.end :]):
            yield from _signs(expr, Rank.LINE, offset)
        elif first and (m.weekday is not None or _PAPER.search(before)):
            yield from _signs(expr, Rank.LEAD, offset)


def _signs(expr: TimeExpression, rank: Rank, offset: int) -> Iterator[Sign]:
    span = Span(expr.span.start + offset, expr.span.end + offset)
    m: Meaning = expr.meaning
    if isinstance(m, Bound) and isinstance(m.of, Calendar):
        m = m.of
    if isinstance(m, Between) and isinstance(m.last, Calendar) and m.last.day:
        yield Sign(m.last, rank, span, period=True)
    elif isinstance(m, Calendar) and (m.year or (m.month and m.day)) and m.year_step is None and not m.which:
        yield Sign(m, rank, span)


def as_when(calendar: Calendar, basis: str) -> When | None:
    """A date with a year as an interval: a day, a month or a year. None where there is no such day."""
    if calendar.year is None:
        return None
    if calendar.month is None:
        days = year_days(calendar.year)
        return When(days.start, days.end, basis, "year")
    if calendar.day is None:
        days = month_days(calendar.year, calendar.month)
        return When(days.start, days.end, basis, "month")
    try:
        day = date(calendar.year, calendar.month, calendar.day)
    except ValueError:
        return None
    return When(day, day, basis, "day")


def read_stated(text: str) -> Calendar | None:
    """A date as metadata writes it: ISO with or without a time, RFC 2822, 20160313, 2016-03, or in words."""
    bare = text.strip()[:80]
    compact = _COMPACT.fullmatch(bare)
    if compact:
        return _checked(int(compact[1]), int(compact[2]), int(compact[3]))
    month = _YEAR_MONTH.fullmatch(bare)
    if month:
        return _checked(int(month[1]), int(month[2]), None)
    if re.fullmatch(r"(?:19|20)[0-9]{2}", bare):
        return Calendar(year=int(bare))
    for expr in find_times(bare):
        m = expr.meaning
        if isinstance(m, Calendar) and m.year:
            return m
    return None


def read_url(url: str) -> Calendar | None:
    """The date in an address: /2016/03/13/, /2016/mar/13/, /2016-03-13-, /20160313; else a month, /2016/03/."""
    path = url.split("?")[0].split("#")[0][:2000]
    for found in _URL_DAY.finditer(path):
        month = _month_number(found["month"] or found["mm"])
        if month and (made := _checked(int(found[1]), month, int(found["day"] or found["dd"]))):
            return made
    for found in _URL_MONTH.finditer(path):
        month = _month_number(found[2])
        if month and (made := _checked(int(found[1]), month, None)):
            return made
    return None


def _month_number(text: str) -> int | None:
    return int(text) if text.isdecimal() else MONTHS.get(text.lower())


def _checked(year: int, month: int, day: int | None) -> Calendar | None:
    try:
        date(year, month, day or 1)
    except ValueError:
        return None
    return Calendar(year, month, day)


@dataclass(frozen=True, slots=True)
class Named:
    """What the words of title, captions and body name, apart from the report's own date lines."""

    years: tuple[int, ...]
    """Years of what is past, in order of the text."""
    captions: tuple[date, ...]
    """Full dates in captions."""
    days: tuple[date, ...]
    """Full dates anywhere, and the first days of months that are named with their year."""
    settled: tuple[Calendar, ...]
    """A weekday with day and month, no year."""
    partial: tuple[Calendar, ...]
    """Day and month without year or weekday."""
    weekdays: tuple[int, ...]
    """Plain weekdays ("on Sunday") in order of the text, bodies and titles only."""
    begins_settled: bool = False
    """True where the first weekday of title and body has its day of the month beside it."""
    bounds: Bounds = NO_BOUNDS
    """What the events and eras named allow; looked up only where no date is stated in full."""
    battles: tuple[Event, ...] = ()
    """Battles for the places that the title names; looked up only where no date is stated in full."""


def carried_text(report: Report) -> str:
    """Title, headings, captions and body, as far as dates are looked for in them."""
    spans = [section.span for section in sections_of(report) if section.role.can_carry_claims]
    return "\n".join(span.of(report.text) for span in spans[:_MOST])[:_MOST_TEXT]


_AHEAD = re.compile(r"\b(?:will|would|due|planned|scheduled|expected|plans?|set|aims?)\b[^.;]{0,60}$", re.I)


def named(report: Report) -> Named:
    """Reads title, headings, captions and body once."""
    years: list[int] = []
    captions: list[date] = []
    days: list[date] = []
    settled: list[Calendar] = []
    partial: list[Calendar] = []
    weekdays: list[int] = []
    begins_settled = False
    carrying = [s for s in sections_of(report) if s.role.can_carry_claims]
    left = _MOST_TEXT
    for section in carrying[:_MOST]:
        end = min(section.span.end, section.span.start + left)
        left -= end - section.span.start
        # The same sentences are read for claims later: their times are kept.
        spans = split(report.text, section.span.start, end)
        for text, expr in [(s, x) for s in (on_one_line(r.of(report.text)) for r in spans) for x in find_times(s)]:
            m = expr.meaning
            if isinstance(m, Bound) and m.kind in ("until", "by", "before"):
                continue
            if _AHEAD.search(text[max(0, expr.span.start - 80) : expr.span.start]):
                continue
            if section.role is not Role.CAPTION:
                if not weekdays and isinstance(m, Calendar) and m.weekday is not None:
                    begins_settled = True
                weekdays += _plain_weekdays(m)
            for part in walk(m):
                if isinstance(part, Calendar):
                    _sort(part, section.role, years, captions, days, settled, partial)
                elif (year := getattr(part, "year", None)) is not None:
                    years.append(year)
    first = begins_settled
    return Named(tuple(years), tuple(captions), tuple(days), tuple(settled), tuple(partial), tuple(weekdays), first)


def _plain_weekdays(m: Meaning) -> list[int]:
    if isinstance(m, Part | Bound):
        m = m.of
    return [m.day] if isinstance(m, Weekday) and m.which == "plain" else []


def _sort(
    c: Calendar,
    role: Role,
    years: list[int],
    captions: list[date],
    days: list[date],
    settled: list[Calendar],
    partial: list[Calendar],
) -> None:
    if c.year:
        years.append(c.year)
        when = as_when(c, "") if c.month and not c.ambiguous else None
        if when and when.start:
            days.append(when.start)
            if role is Role.CAPTION and c.day:
                captions.append(when.start)
    elif c.month and c.day and c.year_step is None and not c.same_year:
        (settled if c.weekday is not None else partial).append(c)
