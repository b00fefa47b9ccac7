"""Whom a name means in one report: which of several groups of that name, whose forces on that day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from datetime import date
from functools import cached_property, lru_cache

from whoholds.annotate.lexicon.lexicon import ActorEntry, Lexicon
from whoholds.claims.sides.rulers import ruler


@lru_cache(maxsize=512)
def _at_home(lexicon: Lexicon, country: str | None) -> tuple[str, ...]:
    """The groups that are first of all at home in a country."""
    return tuple(a for a, entry in lexicon.actors.items() if entry.countries[:1] == (country,))


class NamedSides:
    """Chooses between the ids of a name by the report's countries and day.

    `countries`: how often the report speaks of each (alpha-3); `home`: those where its places lie; `own_names`: groups
    that some name of the report can only mean; `country`: the one that the report is about; `called`: groups that it
    calls by their own names, and not only by their leaders'.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        on: date | None,
        countries: Mapping[str, int],
        home: Set[str],
        own_names: Set[str],
        country: str | None,
        called: Set[str] = frozenset(),
    ) -> None:
        self.lexicon, self.on, self.countries, self.home, self.own_names = lexicon, on, countries, home, own_names
        self.country, self.called = country, called
        self._short: dict[str, str] = {}

    def choose(self, ids: tuple[str, ...]) -> str:
        """One of several groups of a name: the one that fights in the report's countries."""
        actor = self._of_name(ids)
        if actor == "islamic-state" and self._province:
            return self._province
        return self._namesakes.get(actor, actor)

    def _of_name(self, ids: tuple[str, ...]) -> str:
        if len(ids) == 1:
            only = self.lexicon.canonical(ids[0])
            return self.then(only) if self.lexicon.is_known(only) else self._shortened(only)
        ids = self.lexicon.narrow(ids, (), self.on)
        if len(told := [a for a in ids if a in self.own_names]) == 1:
            return self.lexicon.canonical(told[0])
        # A leader of both: a group that fights the state is meant while it does so, not the state he came to head.
        fighting = [a for a in ids if (e := self.lexicon.entry(a)) and any(x in e.enemies for x in ids)]
        if self.on and len(fighting) == 1:
            return self.lexicon.canonical(fighting[0])
        remnants = [a for a in ids if self._is_loyal(a)]
        if self.on and remnants and self.then(remnants[0]) == remnants[0]:
            # "Person's men", when Person had fallen
            return remnants[0]
        return self.lexicon.canonical(max(ids, key=self._weight))

    @cached_property
    def _namesakes(self) -> dict[str, str]:
        """ "The Taliban" in a report about Pakistan: a group → its ally of that name, the Tehrik-i-Taliban.

        Only where that one is first of all at home in the country that the report is about, and by its date was there
        already, or is named. The first of all at home elsewhere is meant unless its state is what the report is about.
        """
        found: dict[str, str] = {}
        for group in sorted(_at_home(self.lexicon, self.country)):
            entry = self.lexicon.actors[group]
            then = self.on is not None and entry.active[0] <= self.on.year <= (entry.active[1] or self.on.year)
            for ally in (x.actor for x in entry.alignments if (x.covers(self.on) if self.on else x.end is None)):
                whole = self.lexicon.entry(ally)
                if (
                    whole is None
                    or whole.id == entry.id
                    or f"-{whole.name}-" not in f"-{entry.name.replace(' ', '-')}-"
                ):
                    continue
                next_door = whole.countries[0] != self.country and self.country in whole.countries
                if group in self.called or (then and next_door):
                    found[whole.id] = group
        return found

    @cached_property
    def _province(self) -> str | None:
        """The group that bears the name of "Islamic State" in the country that the report is about, and no other."""
        on = self.on
        if on is None or self.country not in self.home:
            return None
        for group in _at_home(self.lexicon, self.country):
            entry = self.lexicon.actors[group]
            if any(x.actor == "islamic-state" and x.covers(on) for x in entry.alignments):
                land = self.lexicon.countries[entry.countries[0]].name
                if f"Islamic State {land}" in entry.aliases:
                    return group
        return None

    def _weight(self, actor: str) -> int:
        if actor.startswith("gov:"):
            return 2 * self.countries.get(actor[4:], 0)
        entry = self.lexicon.entry(actor)
        return sum(self.countries.get(c, 0) for c in entry.countries) if entry else 0

    def _shortened(self, actor: str) -> str:
        """ "the Shura Council": a listed group at home here whose whole name has these words, if it is the only one."""
        if actor not in self._short:
            words = actor.split("-")
            found = [
                a
                for a, entry in self.lexicon.actors.items()
                if len(words) > 1 and self.home & set(entry.countries) and _has_words(entry, words)
            ]
            found = [a for a in found if a in self.own_names] or found
            found = list(self.lexicon.narrow(found, (), self.on)) if found else []
            self._short[actor] = found[0] if len(found) == 1 else actor
        return self._short[actor]

    def then(self, actor: str) -> str:
        """Whose forces they were on the report's day.

        For a state that did not exist yet the one that it was part of (Serbia in 1998), for loyalists of a government
        the state while that government was in power.
        """
        if self.on is None:
            return actor
        entry = self.lexicon.entry(actor)
        if entry is not None and self._is_loyal(actor):
            ruled = f"gov:{entry.countries[0]}"
            reigned = any(x.actor == ruled and x.end is not None and x.covers(self.on) for x in entry.alignments)
            return ruled if reigned else actor
        country = self.lexicon.country(actor) if actor.startswith("gov:") else None
        return (
            actor if country is None or country.exists[0] <= self.on.year else f"gov:{ruler(country.alpha3, self.on)}"
        )

    def _is_loyal(self, actor: str) -> bool:
        entry = self.lexicon.entry(actor)
        return entry is not None and entry.are_loyalists


def _has_words(entry: ActorEntry, words: list[str]) -> bool:
    """Whether a name of the group has these words, one after the other: "Popular Front" of "Popular Front of X"."""
    names = (re.sub(r"[^a-z0-9]+", "-", name.casefold().replace("'", "")) for name in (entry.name, *entry.aliases))
    part = f"-{'-'.join(w for w in words if w != 's')}-"
    return any(part in f"-{name}-" for name in names)
