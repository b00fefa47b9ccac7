"""Rival accounts, reasons and changes, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whoholds.cli.layout import Column, Line, show, show_head, show_row, width
from whoholds.cli.output import one_line
from whoholds.cli.tables import NARROW, SHORT_QUOTE, claim_lines, cut, place_name
from whoholds.model import Rival
from whoholds.views.actors import country_name
from whoholds.views.records import claim_words, flags, headline, interval_words, rival_words

if TYPE_CHECKING:
    from datetime import date

    from whoholds.model import Claim
    from whoholds.views import Account, Change, State, Why
    from whoholds.views.copies import CopiedReport
    from whoholds.views.rollup import Held, Rollup

_REASONS = (Column("Without it", fixed=10), Column("Then", 2), Column("What is said", 5))


def print_accounts(state: State, found: Sequence[Account]) -> None:
    """The answer's rivals, and who has it by whose word: one line each."""
    for rival in state.spell.rivals:
        show(f"or: {rival_words(rival)}, support {rival.support:.2f}", indent=2)
    for account in found:
        spell = account.state.spell
        facts = [flag for flag in flags(account.state) if flag != "stale"]
        facts += [f"support {spell.support:.2f}"] if spell.support else []
        facts += [f"{account.voices} claim{'s' if account.voices != 1 else ''}"]
        show(f"by {account.name}: {headline(account.state)}; {', '.join(facts)}", indent=2)


def print_side_by_side(names: Sequence[str], answers: Sequence[Sequence[State]]) -> None:
    """One place a row, one view a column."""
    places = {state.spell.place_id: state for states in answers for state in states}
    by_view = [{state.spell.place_id: state for state in states} for states in answers]
    columns = (Column("Place", 1), *(Column(name, 1) for name in names))
    narrow = width() < NARROW
    if not narrow:
        show_head(columns)
    for place_id in sorted(places, key=lambda name: (places[name].name.casefold(), name)):
        cells = [_cell(found.get(place_id)) for found in by_view]
        if narrow:
            show(place_name(places[place_id]), "bold")
            for name, cell in zip(names, cells, strict=True):
                show(f"{name}: {cell}", indent=2)
            continue
        show_row([[(place_name(places[place_id]), "")], *([(cell, "")] for cell in cells)], columns)


def print_why(found: Why) -> None:
    """The answer, what each witness adds to it, and what would change it."""
    show(f"{found.place.name}, on {found.day}: {found.answer}, support {found.support:.2f}", "bold")
    if not found.reasons:
        return
    show()
    narrow = width() < NARROW
    if not narrow:
        show_head(_REASONS)
    for reason in found.reasons:
        carried = f", carried by {reason.carriers} claims" if reason.carriers > 1 else ""
        words: list[Line] = [*claim_lines(reason.claim, SHORT_QUOTE), (f"weight {reason.weight:.2f}{carried}", "dim")]
        then = "the same" if reason.without == found.answer else reason.without
        if narrow:
            show(f"without it {reason.support:.2f}, {then}:")
            for text, style in words:
                show(text, style, 2)
            continue
        show_row([[(f"{reason.support:.2f}", "")], [(then, "")], words], _REASONS)
    show()
    if not found.shortest:
        show("No set of witnesses was found without which the answer would be another.")
        return
    count = len(found.shortest)
    show(f"Without {'this one' if count == 1 else f'these {count}'} it would be {found.instead}:", "bold")
    for claim in found.shortest:
        show(f"{_short(claim)}", indent=2)


def print_changes(found: Sequence[Change], since: date, until: date, known: date | None) -> None:
    """Each place that changed: from what to what, and because of which words."""
    clock = f"both as known on {known}, in hindsight" if known else "each as known on its day"
    show(f"From {since} to {until}, {clock}.", "dim")
    show()
    if not found:
        show("Nothing changed.")
    for change in found:
        before = _cell(change.before)
        show(f"{place_name(change.after)}: {before} → {_cell(change.after)}", "bold")
        for claim in change.because[:3]:
            show(_short(claim), indent=4)
        if len(change.because) > 3:
            show(f"and {len(change.because) - 3} more claims", "dim", indent=4)


def _cell(state: State | None) -> str:
    if state is None:
        return "nothing is said"
    support = f", {state.spell.support:.2f}" if state.spell.support else ""
    return ", ".join([headline(state), *flags(state)]) + support


def _short(claim: Claim) -> str:
    quote = cut(one_line(claim.quote_text), SHORT_QUOTE)
    return f"“{quote}” ({claim_words(claim)}, {interval_words(claim.when)}; {claim.report})"


def print_rollups(found: Sequence[Rollup]) -> None:
    """One province a line: "Iraq, Anbar: Iraqi government forces 14 of 22 known towns; 31 more not known"."""
    for one in found:
        disputed = f" ({one.disputed} disputed)" if one.disputed else ""
        country = country_name(one.country)
        where = f"{country}, {one.division}" if one.division else f"Elsewhere in {country}"
        towns = f"{_counted(one.held, one.known, 'town') or 'no town known'}{disputed}; {one.unknown} more not known"
        districts = _counted(one.districts, one.districts_known, "district")
        apart = f". Districts: {districts}; {one.districts_unknown} more not known" if districts else ""
        show(f"{where}: {towns}{apart}")


def _counted(held: Held, known: int, what: str) -> str:
    parts = [f"{rival_words(Rival(holders, 1.0))} {count}" for holders, count in held]
    if parts:
        parts[0] += f" of {known} known {what}{'s' if known != 1 else ''}"
    return ", ".join(parts)


def print_copies(found: Sequence[Sequence[CopiedReport]]) -> None:
    """Each tree with its branches indented."""
    if not found:
        show("No report is a near copy of another.")
    for tree in found:
        for copy in tree:
            facts = [part for part in (copy.outlet, copy.published or "undated") if part]
            facts += [f"{copy.likeness:.0%} alike"] if copy.parent else []
            show(f"{copy.report}, {', '.join(facts)}", "" if copy.parent else "bold", indent=4 * copy.depth)
        show()
