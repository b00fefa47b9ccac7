"""Answers as tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from whoholds.claims.confidence import is_unsure
from whoholds.cli.layout import Column, Line, show, show_head, show_lines, show_row, width
from whoholds.cli.output import one_line
from whoholds.model import PlaceType, Status
from whoholds.views.actors import country_name
from whoholds.views.question import LATEST
from whoholds.views.records import claim_words, flags, headline, interval_words, since_words

if TYPE_CHECKING:
    from datetime import date

    from whoholds.model import Claim
    from whoholds.views import Evidence, Question, State, Timeline

NARROW = 80
"""Columns below which a table's cells would be a few letters wide: then each state is a block of lines."""
SHORT_QUOTE = 200
LONG_QUOTE = 600
SINCE = len("by 2016-03-13")
_STATES = (Column("Place", 3), Column("Held by", 5), Column("Since", fixed=SINCE), Column("Rests on", 10))
_BRIEF = (Column("Place", 4), Column("Held by", 6), Column("Since", fixed=SINCE), Column("Rests on", 5))
_CLAIMS = (Column("Place", 3), Column("Claim", 4), Column("When", 3), Column("Words", 8), Column("Report", 3))


def print_states(states: Sequence[State], *, everything: bool = False) -> None:
    """One state a row with its strongest evidence, by country; with `everything`, a block each with all of it."""
    if not states:
        return
    show_question(states[0].question)
    narrow = everything or width() < NARROW
    if not narrow:
        show_head(_STATES)
        show()
    for country, group in groupby(states, key=_country):
        if not everything:
            show(country, "bold")
            show()
        for state in group:
            if narrow:
                _block(state, len(state.evidence) if everything else 1)
                continue
            best = _evidence(state.evidence[0], SHORT_QUOTE) if state.evidence else [("-", "")]
            holder: list[Line] = [(headline(state), ""), *((fact, "dim") for fact in _facts(state))]
            show_row([[(place_name(state), "")], holder, [(_since(state), "")], best], _STATES)
            show()


def print_brief(states: Sequence[State]) -> None:
    """One short row a state: the holder, and the words it rests on as far as one line goes."""
    if not states:
        return
    show_question(states[0].question)
    narrow = width() < NARROW
    if not narrow:
        show_head(_BRIEF)
    for country, group in groupby(states, key=_country):
        show()
        show(country, "bold")
        for state in group:
            if narrow:
                show(f"{place_name(state)}: {', '.join([headline(state), *flags(state)])}{_told_since(state)}")
                continue
            room = max(width() // 4, 8)
            words = f"“{one_line(state.evidence[0].claim.quote_text)}”" if state.evidence else "-"
            held = ", ".join([headline(state), *flags(state)])
            show_row(
                [[(place_name(state), "")], [(held, "")], [(_since(state), "")], [(cut(words, room), "dim")]], _BRIEF
            )


def print_timeline(course: Timeline) -> None:
    """Every holder with the evidence that is new under it, then what was also said."""
    if course.states and course.states[0].question != LATEST:
        show_question(course.states[0].question)
    show(", ".join([course.place.name, *_where(course.place.country), course.place_id]), "bold")
    show()
    shown: set[str] = set()
    for _, group in groupby(course.states, key=_holding):
        states = list(group)
        first, last = states[0], states[-1]
        fights = [_days(state.spell.start, state.spell.end) for state in states if state.spell.fighting]
        facts = [flag for flag in flags(last) if flag != "fighting"]
        facts += [f"fighting {', '.join(fights)}"] if fights else []
        facts += [f"support {last.spell.support:.2f}"] if last.spell.support else []
        facts += [_age(last)] if last is course.states[-1] and last.last_evidence else []
        days = _days(first.spell.start, last.spell.end, _is_by(first))
        show("; ".join([f"{days}: {headline(first)}", *facts]), "bold")
        for state in states:
            for evidence in state.evidence:
                if evidence.claim.id not in shown:
                    show_lines(_evidence(evidence, LONG_QUOTE), indent=4)
                shown.add(evidence.claim.id)
        show()
    if course.others:
        show("Also said:", "bold")
        for evidence in course.others:
            show_lines(_evidence(evidence, LONG_QUOTE), indent=4)


def print_claims(claims: Iterable[Claim]) -> None:
    """One claim a row, as they come."""
    narrow = width() < NARROW
    for number, claim in enumerate(claims):
        said = f"{claim_words(claim)} (unsure)" if is_unsure(claim) else claim_words(claim)
        if narrow:
            show(claim.place.name, "bold")
            show(f"{said}, {interval_words(claim.when)}", indent=2)
            show(f"“{cut(one_line(claim.quote_text), SHORT_QUOTE)}”", indent=2)
            show(claim.report, "dim", indent=2)
            show()
            continue
        if not number:
            show_head(_CLAIMS)
        show()
        texts = (
            claim.place.name,
            said,
            interval_words(claim.when),
            cut(one_line(claim.quote_text), SHORT_QUOTE),
            claim.report,
        )
        show_row([[(text, "")] for text in texts], _CLAIMS)


def _block(state: State, evidence: int) -> None:
    show(", ".join([place_name(state), *_where(state.place.country)]), "bold")
    show("; ".join([f"{headline(state)}{_told_since(state)}", *_facts(state)]), indent=2)
    for one in state.evidence[:evidence]:
        show_lines(_evidence(one, LONG_QUOTE), indent=4)
    show()


def show_question(question: Question) -> None:
    """What is answered, so that no answer is taken for today's, nor what was known then for what is known now."""
    on, known = question.on, question.known
    if on is None and known is None:
        words = f"As the latest reports have it. Ages count to {question.today or 'today'}."
    elif known is None:
        words = f"On {on}, in hindsight (by all reports). Ages count to {on}."
    else:
        day = f"On {on}" if on else "The latest"
        words = f"{day}, as known on {known}. Ages count to {on or known}."
    show(words if question.view == LATEST.view else f"{words} View: {question.view}.", "dim")
    show()


def _holding(state: State) -> tuple[object, ...]:
    """What has to change for a new heading in a timeline; days of fighting alone do not."""
    spell = state.spell
    return (spell.status, spell.holders, spell.disputed, spell.divided, headline(state))


def _facts(state: State) -> list[str]:
    facts = flags(state)
    if state.spell.support:
        facts.append(f"support {state.spell.support:.2f}")
    if state.last_evidence:
        facts.append(_age(state))
    if state.last_fighting and not state.spell.fighting:
        facts.append(f"last fighting {state.last_fighting}")
    return facts


def _age(state: State) -> str:
    days = state.days or 0
    count = f", {abs(days)} day{'s' if abs(days) != 1 else ''}"
    if days < 0:
        return f"first evidence {state.last_evidence}{count} after"
    return f"last evidence {state.last_evidence}{f'{count} before' if days else ''}"


def _since(state: State) -> str:
    return "-" if state.spell.status is Status.UNKNOWN else since_words(state)


def _told_since(state: State) -> str:
    """The same within a sentence."""
    if state.spell.status is Status.UNKNOWN or state.since is None:
        return ""
    return f", since {state.since}" if state.since_exact else f", since {state.since} or before"


def _is_by(state: State) -> bool:
    """Whether the first day of a holder is only the one by which they had it."""
    return state.since is not None and state.since == state.spell.start and not state.since_exact


def _days(start: date | None, end: date | None, is_by: bool = False) -> str:
    if start and is_by:
        return f"by {start}{f', until {end}' if end and end > start else ''}"
    if start and end:
        return str(start) if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"up to {end}" if end else "undated"


def _evidence(evidence: Evidence, limit: int) -> list[Line]:
    return claim_lines(evidence.claim, limit, "" if evidence.supports else "against: ")


def claim_lines(claim: Claim, limit: int, mark: str = "") -> list[Line]:
    """A claim's words, what they say, and who says it where and when."""
    voices = "; ".join(_voice(voice.name, voice.role, voice.told) for voice in claim.voices)
    source = ", ".join(part for part in (claim.report, claim.outlet) if part)
    published = f"published {interval_words(claim.published)}" if claim.published else "undated"
    return [
        (f"{mark}“{cut(one_line(claim.quote_text), limit)}”", ""),
        (f"{claim_words(claim)}, {interval_words(claim.when)}", "dim"),
        (f"{voices + '; ' if voices else ''}{source}, {published}", "dim"),
    ]


def _voice(name: str | None, role: str | None, told: str | None) -> str:
    who = ", ".join(part for part in (name, role) if part) or "somebody unnamed"
    return f"{who} (to {told})" if told else who


def _country(state: State) -> str:
    return country_name(state.place.country) or "Country not known"


def _where(country: str | None) -> list[str]:
    return [name] if (name := country_name(country)) else []


def place_name(state: State) -> str:
    place = state.place
    plain = place.place_type is PlaceType.SETTLEMENT or place.name.casefold().endswith(place.place_type.value)
    notes = [*([] if plain else [place.place_type.value]), *([] if place.lat is not None else ["not found"])]
    return f"{place.name} ({', '.join(notes)})" if notes else place.name


def cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
