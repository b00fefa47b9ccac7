"""Whatever the text, finding and resolving times raises nothing and gives ordered intervals."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from whoholds.annotate.times import find_times, resolve_time
from whoholds.model import When

VOCABULARY = """
a the this last next of on in at by to and from since until before after between for ago earlier later early mid late
end beginning first second half week weeks day days month months year years decade night morning dawn Monday Friday
Sunday March May June Dec. 2014 2016 1999 1990s 3 31 29 30 17th 1st 0 99 100 two several few more than ever same
following previous that weekend summer winter spring now still so far over within coming past recent - , ( ) February
2016-02-30 31/04/2015 12/11/2015 . 's hundred every Adar Kanun al Thani following day before yesterday
"""
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
PHRASES = st.lists(st.sampled_from(VOCABULARY.split()), max_size=14).map(" ".join)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31)) | st.sampled_from([date.min, date.max, date(2016, 2, 29)])


@st.composite
def whens(draw: st.DrawFn) -> When | None:
    if draw(st.booleans()):
        return None
    start = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS)
    if start and end and end < start:
        start, end = end, start
    return When(
        start, end, "stated", draw(st.sampled_from(["day", "week", "month", "season", "year", "range", "open"]))
    )


@settings(max_examples=400, deadline=None)
@given(PHRASES | st.text(max_size=60), st.integers(0, 1000))
def test_spans_lie_in_the_text_in_order(text: str, offset: int) -> None:
    end = 0
    for expr in find_times(text, offset):
        start = expr.span.start - offset
        assert end <= start < expr.span.end - offset <= len(text)
        assert text[start : expr.span.end - offset] == expr.text
        end = expr.span.end - offset


@settings(max_examples=600, deadline=None)
@given(PHRASES, whens(), whens(), st.booleans())
def test_intervals_are_ordered(text: str, published: When | None, previous: When | None, past: bool) -> None:
    for expr in find_times(text):
        when = resolve_time(expr, published=published, previous=previous, past=past)
        if when is not None and when.start and when.end:
            assert when.start <= when.end
        _ = (expr.relative, expr.since, expr.until, expr.present, expr.duration_days, expr.anchored, expr.of_event)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.sampled_from(range(7)))
def test_a_weekday_in_the_past_lies_in_the_week_to_the_report(said: date, weekday: int) -> None:
    (expr,) = find_times(f"on {WEEKDAYS[weekday]}")
    when = resolve_time(expr, published=When(said, said))
    assert when is not None
    assert when.start == when.end
    assert when.start is not None
    assert when.start.weekday() == weekday
    assert said - timedelta(days=6) <= when.start <= said


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_a_full_date_in_any_order_is_itself(day: date) -> None:
    month = f"{day:%B}"
    forms = (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{day.year} {month} {day.day}",
        day.isoformat(),
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day:%A}, {day.day} {month[:3]} {day.year}",
        f"{month} {day.day}, {day.year} ({day:%A})",
    )
    for form in forms:
        (expr,) = find_times(form)
        assert expr.text == form
        when = resolve_time(expr, published=None)
        assert when is not None
        assert (when.start, when.end) == (day, day)
