"""Which countries a report's names point to: the states it names, where its groups fight, where its towns lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from whoholds.annotate.actors.find import ActorFinder, Names
from whoholds.gazetteer import Gazetteer

ALIKE = 0.5
"""Likeness of spellings from which a place may be meant by a name for where a report's country is asked."""


def states(names: Iterable[Names]) -> frozenset[str]:
    """The states that a report names; where it names none, those whose armies it names."""
    found: set[str] = set()
    armies: set[str] = set()
    for n in names:
        found.update(n.demonyms.values(), *(hit.ids for hit in n.countries.values()))
        armies.update(a[4:] for hit in n.groups.values() for a in hit.ids if a.startswith("gov:"))
    return frozenset(found or armies)


def homes_of(names: list[Names], finder: ActorFinder) -> frozenset[str]:
    """The countries where the groups fight that a report names."""
    ids = {a for n in names for hit in n.groups.values() for a in hit.ids}
    return frozenset(c for a in ids if (entry := finder.lexicon.entry(a)) for c in entry.countries)


def vote(
    votes: Counter[str], name: str, gazetteer: Gazetteer, mentioned: frozenset[str], homes: frozenset[str]
) -> None:
    """A vote for the country a name points to: one that the report mentions, or where a group that it names fights
    (`homes`), else where most of its bearers live."""
    candidates = gazetteer.candidates(name, 8, countries=mentioned or homes)
    exact = [c for c in candidates if c.is_named_so] or candidates
    # Konna, taken by French troops, is no Caulnes.
    alike = [c for c in candidates if c.is_named_so or c.likeness >= ALIKE]
    here = [c for c in alike if c.country in mentioned] or [c for c in exact if c.country in homes]
    # Where the report names countries, a hamlet somewhere else says nothing.
    exact = here or [c for c in exact if not mentioned or c.country in gazetteer.war_countries]
    total: Counter[str] = Counter()
    for c in exact:
        if c.country:
            total[c.country] += max(c.population or 0, 2000)
    if total:
        code, people = total.most_common(1)[0]
        if people >= 0.7 * total.total():
            votes[code] += 1


def without_venues(votes: Counter[str], gazetteer: Gazetteer) -> Counter[str]:
    """The votes without those for countries where talks are held and no wars: "As talks dragged on in Geneva, ..."."""
    most = max((n for code, n in votes.items() if code in gazetteer.war_countries), default=0)
    return Counter({code: n for code, n in votes.items() if code in gazetteer.war_countries or n > most})
