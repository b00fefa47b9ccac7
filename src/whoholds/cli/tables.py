"""Answers as tables for people. What comes from reports is cleaned first and printed as text, never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from whoholds.cli.output import console, one_line
from whoholds.model import Status
from whoholds.views.records import claim_words, flags, headline, interval_words, since_words

if TYPE_CHECKING:
    from datetime import date

    from whoholds.model import Claim
    from whoholds.views import Evidence, State, Timeline

NARROW = 80
"""Columns below which a table's cells would be a few letters wide: then each state is a block of lines."""
SHORT_QUOTE = 200
LONG_QUOTE = 600


def print_states(states: Sequence[State], *, everything: bool = False) -> None:
    """One state a row with its strongest evidence; with `everything`, a block each with all the evidence."""
    screen = console()
    if everything or screen.width < NARROW:
        for state in states:
            _block(state, len(state.evidence) if everything else 1)
        return
    if not states:
        return
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, expand=True)
    table.add_column("Place", ratio=3, overflow="fold")
    table.add_column("Held by", ratio=5, overflow="fold")
    table.add_column("Since", ratio=3, overflow="fold")
    table.add_column("Rests on", ratio=10, overflow="fold")
    for state in states:
        table.add_row(
            _text(_place(state)),
            _text("\n".join([headline(state), *_facts(state)])),
            _text("-" if state.spell.status is Status.UNKNOWN else since_words(state)),
            _evidence(state.evidence[0], SHORT_QUOTE) if state.evidence else _text("-"),
        )
    screen.print(table)


def print_brief(states: Sequence[State]) -> None:
    """One short row a state: the holder, and the words it rests on as far as one line goes."""
    if not states:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, expand=True)
    table.add_column("Place", ratio=4, overflow="fold")
    table.add_column("Held by", ratio=6, overflow="fold")
    table.add_column("Since", no_wrap=True)
    table.add_column("Rests on", ratio=5, no_wrap=True, overflow="ellipsis")
    for state in states:
        words = f"“{one_line(state.evidence[0].claim.quote_text)}”" if state.evidence else "-"
        table.add_row(
            _text(_place(state)),
            _text(", ".join([headline(state), *flags(state)])),
            _text("-" if state.spell.status is Status.UNKNOWN else since_words(state)),
            Text(words, "dim"),
        )
    console().print(table)


def print_timeline(course: Timeline) -> None:
    """Every state with the evidence that is new in it, then what was also said."""
    screen = console()
    screen.print(_text(f"{course.place.name} ({course.place_id})", "bold"))
    shown: set[str] = set()
    for state in course.states:
        spell = state.spell
        days = _days(spell.start, spell.end)
        screen.print(_text(", ".join([f"{days}: {headline(state)}", *_facts(state, fighting=False)])))
        for evidence in state.evidence:
            if evidence.claim.id not in shown:
                screen.print(Padding(_evidence(evidence, LONG_QUOTE), (0, 0, 0, 4), expand=False))
        shown |= {evidence.claim.id for evidence in state.evidence}
        screen.print()
    if course.others:
        screen.print(_text("Also said:", "bold"))
        for evidence in course.others:
            screen.print(Padding(_evidence(evidence, LONG_QUOTE), (0, 0, 0, 4), expand=False))


def print_claims(claims: Iterable[Claim]) -> None:
    """One claim a row."""
    table = Table(box=None, padding=(0, 2, 1, 0), pad_edge=False, expand=True)
    for name, ratio in (("Place", 3), ("Claim", 4), ("When", 3), ("Words", 8), ("Report", 3)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for claim in claims:
        table.add_row(
            _text(claim.place.name),
            _text(claim_words(claim)),
            _text(interval_words(claim.when)),
            _text(_cut(one_line(claim.quote_text), SHORT_QUOTE)),
            _text(claim.report),
        )
    if table.row_count:
        console().print(table)


def _block(state: State, evidence: int) -> None:
    screen = console()
    screen.print(_text(_place(state), "bold"))
    since = f", since {since_words(state)}" if state.spell.status is not Status.UNKNOWN else ""
    facts = [f"{headline(state)}{since}", *_facts(state)]
    screen.print(Padding(_text(", ".join(facts)), (0, 0, 0, 2), expand=False))
    for one in state.evidence[:evidence]:
        screen.print(Padding(_evidence(one, LONG_QUOTE), (0, 0, 0, 4), expand=False))
    screen.print()


def _facts(state: State, *, fighting: bool = True) -> list[str]:
    facts = flags(state)
    if state.spell.support:
        facts.append(f"support {state.spell.support:.2f}")
    if state.last_evidence:
        facts.append(f"last evidence {state.last_evidence} ({_count(state.days)})")
    if fighting and state.last_fighting and not state.spell.fighting:
        facts.append(f"last fighting {state.last_fighting}")
    return facts


def _days(start: date | None, end: date | None) -> str:
    if start and end:
        return str(start) if start == end else f"{start} to {end}"
    return f"from {start}" if start else f"up to {end}" if end else "undated"


def _count(days: int | None) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


def _evidence(evidence: Evidence, limit: int) -> Text:
    claim = evidence.claim
    text = Text()
    if not evidence.supports:
        text.append("against: ", "bold")
    text.append(f"“{_cut(one_line(claim.quote_text), limit)}”")
    said = f"{claim_words(claim)}, {interval_words(claim.when)}"
    text.append(f"\n{one_line(said)}", "dim")
    voices = "; ".join(_voice(voice.name, voice.role, voice.told) for voice in claim.voices)
    source = ", ".join(part for part in (claim.report, claim.outlet) if part)
    published = f"published {interval_words(claim.published)}" if claim.published else "undated"
    text.append(f"\n{one_line(voices) + '; ' if voices else ''}{one_line(source)}, {published}", "dim")
    return text


def _voice(name: str | None, role: str | None, told: str | None) -> str:
    who = ", ".join(part for part in (name, role) if part) or "somebody unnamed"
    return f"{who} (to {told})" if told else who


def _place(state: State) -> str:
    place = state.place
    where = place.country or ""
    if place.lat is None:
        where = f"{where}, not found" if where else "not found"
    return f"{place.name} ({where})" if where else place.name


def _text(value: str, style: str = "") -> Text:
    return Text("\n".join(one_line(line) for line in value.split("\n")), style)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
