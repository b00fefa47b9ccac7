"""The chain against an oracle that knows nothing of its algebra: every path through the days, one by one."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from whoholds.control import Parameters, known_by, spells
from whoholds.control.case import case_of, place_of
from whoholds.control.chain import later, posteriors
from whoholds.control.track import Floats, Track
from whoholds.model import Claim, Voice

A, B, C = "gov:IRQ", "islamic-state", "sdf"
FIRST = date(2016, 2, 1)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
PARAMETERS = Parameters()


def enumerate_paths(track: Track) -> Floats:
    """The chance of each state at the end of each stretch's first day, by adding up every path of days."""
    of_day = [k for k, n in enumerate(track.lengths) for _ in range(n)]
    firsts = {int(sum(track.lengths[:k])): k for k in range(len(track.lengths))}
    size = len(track.states)
    totals = np.zeros((len(track.starts), size))
    for begin in range(size):
        for path in product(range(size), repeat=len(of_day)):
            weight, at = float(track.first[begin]), begin
            for k, state in zip(of_day, path, strict=True):
                weight *= float(track.moves[k, at, state]) * float(np.exp(track.evidence[k, state]))
                at = state
            for day, k in firsts.items():
                totals[k, path[day]] += weight
    chances: Floats = totals / totals.sum(axis=1, keepdims=True)
    return chances


def track_of(claims: list[Claim]) -> Track | None:
    return case_of(sorted(claims, key=lambda c: c.id), "p", place_of(claims), PARAMETERS).track


def claim_in(factory: Any, draw: Any, days: int, number: int, actors: tuple[str, ...]) -> Claim:
    first = draw(st.integers(0, days - 1))
    last = draw(st.integers(first, days - 1))
    when = (str(FIRST + timedelta(days=first)), str(FIRST + timedelta(days=last)))
    return factory.claim(  # type: ignore[no-any-return]
        draw(st.sampled_from(["holds", "gains", "withdraws", "loses", "contests", "repels"])),
        draw(st.sampled_from(actors)),
        when=when,
        published=str(FIRST + timedelta(days=last + draw(st.integers(0, 3)))),
        mode=draw(st.sampled_from(["asserted", "asserted", "asserted", "denied"])),
        confidence=draw(st.sampled_from([0.3, 0.8, 1.0])),
        voice=draw(st.sampled_from([None, Voice("A. Man"), Voice("B. Man", side=A), Voice("C. Man", side=B)])),
        label=str(number),
    )


@SLOW
@given(st.data())
def test_the_chain_agrees_with_every_path_counted(factory: Any, data: Any) -> None:
    claims = [claim_in(factory, data.draw, 6, n, (A, B)) for n in range(data.draw(st.integers(1, 4)))]
    track = track_of(claims)
    if track is None:
        return
    (found,) = posteriors([track])
    assert np.abs(found - enumerate_paths(track)).max() < 1e-9


@SLOW
@given(st.data())
def test_places_together_are_places_alone(factory: Any, data: Any) -> None:
    groups = [
        [claim_in(factory, data.draw, 300, n, (A, B, C)) for n in range(data.draw(st.integers(1, 5)))] for _ in range(4)
    ]
    tracks = [track for group in groups if (track := track_of(group))]
    for track, found in zip(tracks, posteriors(tracks), strict=True):
        assert np.abs(found - posteriors([track])[0]).max() < 1e-9
        assert np.isfinite(found).all()
        assert np.allclose(found.sum(axis=1), 1)


def test_a_stretch_is_its_days_one_by_one(factory: Any) -> None:
    claims = [
        factory.claim("gains", A, when="2016-02-01"),
        factory.claim("gains", B, when=("2016-02-20", "2016-04-20")),
    ]
    asked = range(date(2016, 2, 1).toordinal(), date(2016, 4, 21).toordinal())
    whole = track_of(claims)
    daily = case_of(claims, "p", place_of(claims), PARAMETERS, days=asked).track
    assert whole is not None
    assert daily is not None
    assert set(daily.lengths.tolist()) == {1}
    (few,), (many,) = posteriors([whole]), posteriors([daily])
    at = np.searchsorted(daily.starts, whole.starts)
    assert np.abs(few - many[at]).max() < 1e-9
    assert later(whole, few, 1000)[0] > later(whole, few, 10)[0] > few[-1][0]


def chance(claims: list[Claim], actor: str, day: date) -> float:
    case = case_of(sorted(claims, key=lambda c: c.id), "p", place_of(claims), PARAMETERS, days=(day.toordinal(),))
    if case.track is None or (actor,) not in case.track.states:
        return 0.0
    (found,) = posteriors([case.track])
    starts = case.track.starts
    if day.toordinal() < starts[0]:
        return 0.0
    now = found[int(np.searchsorted(starts, day.toordinal(), side="right")) - 1]
    if day.toordinal() > starts[-1]:
        now = later(case.track, found, day.toordinal() - int(starts[-1]))
    return float(now[case.track.states.index((actor,))])


@SLOW
@given(st.data())
def test_a_claim_for_a_side_never_lowers_it(factory: Any, data: Any) -> None:
    """From the day on for which it speaks: before it, a taking says that they had it not yet.

    That costs a taking a little where others say that they had it: which of both is wrong is not known.
    """
    others = [claim_in(factory, data.draw, 30, n, (A, B)) for n in range(data.draw(st.integers(1, 4)))]
    last = max(claim.when.end for claim in others if claim.when.end)
    when = str(last + timedelta(days=data.draw(st.integers(0, 10))))
    kind = data.draw(st.sampled_from(["holds", "gains", "clears"]))
    for_a = factory.claim(kind, A, when=when, published=when, label="new", voice=data.draw(VOICES))
    least = 1e-9 if kind == "holds" else 0.02
    for after in (0, 1, 40):
        day = date.fromisoformat(when) + timedelta(days=after)
        assert chance([*others, for_a], A, day) >= chance(others, A, day) - least


VOICES = st.sampled_from([None, Voice("A. Man"), Voice("D. Man", side=A), Voice("E. Man", side=B)])


@SLOW
@given(st.data())
def test_a_copy_changes_nothing(factory: Any, data: Any) -> None:
    voice = Voice("A. Man", "mayor")
    claims = [claim_in(factory, data.draw, 20, n, (A, B)) for n in range(data.draw(st.integers(0, 3)))]
    said = factory.claim("gains", A, when="2016-02-10", published="2016-02-11", voice=voice, label="first")
    copies = [
        factory.claim("gains", A, when="2016-02-10", published="2016-02-12", voice=voice, label=f"copy {n}")
        for n in range(data.draw(st.integers(1, 3)))
    ]

    def answers(found: list[Claim]) -> list[Any]:
        return [
            (s.start, s.end, s.status, s.holders, s.support, s.rivals, s.disputed, s.fighting) for s in spells(found)
        ]

    assert answers([*claims, said, *copies]) == answers([*claims, said])


@SLOW
@given(st.data())
def test_what_came_after_a_day_never_changes_what_was_known_on_it(factory: Any, data: Any) -> None:
    claims = [claim_in(factory, data.draw, 30, n, (A, B, C)) for n in range(data.draw(st.integers(1, 6)))]
    known = FIRST + timedelta(days=data.draw(st.integers(0, 33)))
    by_then = [claim for claim in claims if known_by(claim, known)]
    assert spells(claims, known=known) == spells(by_then)
    asked = FIRST + timedelta(days=data.draw(st.integers(0, 40)))
    assert spells(claims, known=known, on=asked) == spells(by_then, on=asked)


@pytest.mark.parametrize("name", ["decay", "change", "event", "neutral", "cap"])
def test_parameters_are_checked(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        Parameters(**{name: 0.0})
    with pytest.raises(ValueError, match="below 1"):
        Parameters(event=1.0)
