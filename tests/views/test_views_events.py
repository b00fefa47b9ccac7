"""Events: on which days a change may have been, by the words that tell of it, and which changes are events."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from whoholds.ledger import Ledger
from whoholds.model import When
from whoholds.views import Question
from whoholds.views.event_words import sentence, sides
from whoholds.views.events import Event, Happened, events
from whoholds.views.states import evidence_of

RSF, SAF, IRAQ, IS = "rsf", "gov:SDN", "gov:IRQ", "islamic-state"


def happened(ledger: Ledger, factory: Any, *claims: Any) -> list[Event]:
    factory.store(ledger, *claims)
    question = Question()
    said = question.claims(ledger)
    return list(events(question.courses(ledger, said), evidence_of(question, ledger, said)))


def span(start: str, end: str, precision: str) -> When:
    return When(date.fromisoformat(start), date.fromisoformat(end), "stated", precision)


@pytest.mark.parametrize(
    ("kind", "when", "first", "last", "words"),
    [
        ("gains", "2016-02-09", "2016-02-09", "2016-02-09", "on 9 February 2016"),
        ("gains", ("2016-02-01", "2016-02-29"), "2016-02-01", "2016-02-29", "between 1 and 29 February 2016"),
        ("gains", (None, "2016-03-13"), None, "2016-03-13", "by 13 March 2016"),
    ],
)
def test_a_change_may_have_been_on_any_of_the_days_that_the_words_leave(
    ledger: Ledger, factory: Any, kind: str, when: Any, first: str | None, last: str, words: str
) -> None:
    (event,) = happened(ledger, factory, factory.claim(kind, IRAQ, when=when, published="2016-03-13"))
    assert (event.first and event.first.isoformat(), event.last and event.last.isoformat()) == (first, last)
    assert f"took Ramadi {words}" in sentence(event)


def test_of_two_that_tell_of_one_change_the_nearer_dates_it(ledger: Ledger, factory: Any) -> None:
    (event,) = happened(
        ledger,
        factory,
        factory.claim("holds", IS, when=span("2012-11-01", "2012-11-30", "month"), published="2013-05-01", label="a"),
        factory.claim("gains", IS, when="2012-11-20", against=IRAQ, published="2012-12-01", label="b"),
    )
    assert (event.first, event.last, event.day) == (date(2012, 11, 20),) * 3


def test_a_fight_at_some_time_of_a_month_is_told_for_the_month(ledger: Ledger, factory: Any) -> None:
    (event,) = happened(
        ledger, factory, factory.claim("contests", IS, when=("2016-01-01", "2016-01-31"), published="2016-04-08")
    )
    assert event.what is Happened.FIGHTING
    assert (event.first, event.last) == (date(2016, 1, 1), date(2016, 1, 31))


def test_a_town_that_was_fought_over_and_changed_hands_is_taken_though_it_is_told_as_a_state(
    ledger: Ledger, factory: Any
) -> None:
    fight, taken = happened(
        ledger,
        factory,
        factory.claim("contests", RSF, when="2023-12-15", against=SAF, published="2023-12-20", label="a"),
        factory.claim("withdraws", SAF, when="2023-12-18", published="2023-12-20", label="b"),
        factory.claim("holds", RSF, when=span("2023-12-18", "2023-12-20", "range"), published="2023-12-20", label="c"),
    )
    assert fight.what is Happened.FIGHTING
    assert (taken.what, taken.first, taken.last) == (Happened.TAKEN, date(2023, 12, 18), date(2023, 12, 18))
    assert (sides(taken).one, sides(taken).other) == ((RSF,), (SAF,))


def test_who_beat_off_an_attack_or_was_there_all_along_has_taken_nothing(ledger: Ledger, factory: Any) -> None:
    found = happened(
        ledger,
        factory,
        factory.claim("contests", IS, when="2015-10-01", published="2015-10-02", label="a"),
        factory.claim("repels", IRAQ, when="2016-01-31", against=IS, published="2016-02-01", label="b"),
        factory.claim("loses", RSF, when=("2014-01-01", "2016-12-31"), published="2017-01-01", label="c"),
    )
    assert Happened.TAKEN not in [event.what for event in found if event.by <= date(2016, 1, 31)]
