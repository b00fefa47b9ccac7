"""Groups that stand for a larger name in a report: a government for its state, al-Qaeda's branch for al-Qaeda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.claims.sides.alliances import Alliances


def ruling(state: str, groups: Sequence[str], lexicon: Lexicon, on: date | None) -> str | None:
    """The group, of those that the report names, that was a state's government on the report's day: Libya's GNA.

    A group that has an alignment with the state is its government from the first day of it on.
    """
    for actor in groups:
        entry = lexicon.entry(actor)
        if entry is None or f"gov:{entry.countries[0]}" != state:
            continue
        if not any(w.endswith(" government") for w in entry.described_as):
            continue
        first, last = entry.active
        began = min((x.start for x in entry.alignments if x.actor == state and x.start), default=None)
        if on is None or (first <= on.year <= (last or on.year) and (began is None or began <= on)):
            return actor
    return None


def branch(actor: str, groups: Sequence[str], lexicon: Lexicon, alliances: Alliances) -> str:
    """ "al-Qaeda" in a report about its Yemeni branch is that branch."""
    if actor != "al-qaeda":
        return actor
    for group in groups:
        entry = lexicon.entry(group)
        if (
            entry
            and group != actor
            and "qaeda" in f"{entry.name} {' '.join(entry.aliases)}".casefold()
            and alliances.friends(group, actor)
        ):
            return group
    return actor
