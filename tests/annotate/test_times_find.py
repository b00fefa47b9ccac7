"""Which words of a text are expressions of time, where they stand, and what is left alone."""

from __future__ import annotations

import pytest

from whoholds.annotate.times import TimeExpression, find_times, grammar


def texts(text: str) -> list[str]:
    return [expr.text for expr in find_times(text)]


def only(text: str) -> TimeExpression:
    (expr,) = find_times(text)
    return expr


def test_spans_count_from_the_offset() -> None:
    text = "They left on Sunday, two days after the vote on 5 May."
    found = find_times(text, offset=100)
    assert [e.text for e in found] == ["Sunday", "two days after", "5 May"]
    for expr in found:
        assert text[expr.span.start - 100 : expr.span.end - 100] == expr.text


def test_the_longest_reading_wins() -> None:
    assert texts("since late last year") == ["since late last year"]
    assert texts("from 3 May 2019 until the end of June 2020") == ["from 3 May 2019 until the end of June 2020"]
    assert texts("in the night from Monday to Tuesday") == ["the night from Monday to Tuesday"]
    assert texts("on Friday (November 17th) they") == ["Friday (November 17th)"]


def test_several_in_one_sentence_in_order() -> None:
    text = "Taken in 2014, lost last week and retaken on Tuesday night, the town was quiet this morning."
    assert texts(text) == ["2014", "last week", "Tuesday night", "this morning"]


def test_lists_of_years_and_days() -> None:
    assert texts("It was captured in 2015, 2016 and 2018.") == ["2015", "2016", "2018"]
    assert texts("on Thursday and Friday") == ["Thursday and Friday"]
    assert texts("on Monday and Friday") == ["Monday", "Friday"]


def test_an_expression_may_go_on_over_a_line_but_not_over_a_blank_line() -> None:
    assert texts("they left on 13\nMarch 2016") == ["13\nMarch 2016"]
    assert texts("Chapter 13\n\nMarch on the capital") == []


@pytest.mark.parametrize(
    "text",
    [
        "a score of 18:42",
        "at 5 of the gates",
        "by 10 men",
        "at 9.30 a.m. on the radio",
        "for an hour",
        "within 36 hours",
        "The 4th Division took it.",
        "by the 21st Armoured Brigade",
        "They may march on the capital in force.",
        "Theresa May said so",
        "He said March was wrong",
        "about 2000 fighters and 1500 civilians",
        "killed 13 people in 3 villages",
        "on 26 September Street",
        "the Sunday Times reported",
        "after Friday prayers",
        "every Monday",
        "a 19-year-old student",
        "the second largest town",
        "for the first time in two years",
        "the biggest attack since 2014",
        "the first such advance since last June",
        "M23 March on Goma",
        "the last quarter of the city",
        "on the same road",
        "Article 2015 of the code, paragraph 3/4",
        "10 km from the town and 5 May-like slogans"[:22],
        "The sun sat over the hills; the fall of the town was near.",
        "a spring near the village",
        "3,000 days"[:5],
        "© 2015",
        "$2014",
    ],
)
def test_no_date(text: str) -> None:
    assert texts(text) == []


def test_month_that_is_also_a_word() -> None:
    assert texts("In May they may march; in March they did.") == ["May", "March"]
    assert texts("since May") == ["since May"]
    assert texts("Troops crossed in late March") == ["late March"]


def test_what_a_number_of_units_is_about() -> None:
    assert only("for three days").duration_days == 3
    assert only("for two or three weeks").duration_days == 21
    assert only("in the past 48 hours").duration_days == 2
    assert only("for more than a year").duration_days is None
    assert only("on Sunday").duration_days is None


def test_kinds_that_callers_ask_for() -> None:
    assert only("since Monday").since
    assert only("for three days").since
    assert only("for a second day").since
    assert not only("on Monday").since
    assert only("until 2014").until
    assert only("by Friday").until
    assert not only("since 2014").until
    assert only("now").present
    assert only("until now").present
    assert not only("today").present
    assert only("between 2012 and 2014").is_range
    assert only("a day earlier").anchored
    assert not only("a day ago").anchored
    assert only("in June of that year").anchored
    assert only("at dawn").time_of_day
    assert not only("at dawn on Monday").time_of_day


def test_what_others_may_be_counted_from() -> None:
    dates = ("on 5 May", "on Sunday", "last week", "in early 2014", "a day earlier", "from Monday to Friday")
    assert all(only(text).can_anchor for text in dates)
    others = (
        "for three days",
        "since Monday",
        "by Friday",
        "now",
        "at dawn",
        "two days after losing it",
        "for a third day",
    )
    assert not any(only(text).can_anchor for text in others)


@pytest.mark.parametrize(
    "text", ["on 7 June 2021", "in 2014", "since June 2014", "spring 2015", "the 1990s", "2012-14"]
)
def test_absolute(text: str) -> None:
    (expr,) = find_times(f"in {text}" if text[0].isdigit() else text)
    assert not expr.relative


@pytest.mark.parametrize(
    "text", ["on Sunday", "in June", "since May 5", "last year", "two days ago", "for months", "now"]
)
def test_relative(text: str) -> None:
    assert only(text).relative


def test_a_long_stretch_is_cut_where_no_expression_is_lost() -> None:
    sentence = "The army entered the village on 13 March 2016 and left it on the next day. "
    found = find_times(sentence * 300)
    assert [e.text for e in found] == ["13 March 2016", "the next day"] * 300
    text = sentence * 300
    assert all(text[e.span.start : e.span.end] == e.text for e in found)


@pytest.mark.parametrize(
    "seed",
    [
        "the end of ",
        "from ",
        "between ",
        "since the beginning of the first week of ",
        "3 and ",
        "the night of ",
        "mid-",
    ],
)
def test_work_grows_with_the_length_and_no_faster(seed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    original = grammar.calendar

    def counted(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        return original(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(grammar, "calendar", counted)
    find_times(seed * 200 + "May")
    small, calls = calls, 0
    find_times(seed * 800 + "May")
    assert calls <= 4.5 * small + 50
