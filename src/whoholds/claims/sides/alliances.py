"""Who fights whom in one report, and who stands together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from whoholds.annotate.lexicon.lexicon import ActorEntry, Alignment, Lexicon
from whoholds.annotate.words import lexis
from whoholds.claims.sides.rulers import ruler
from whoholds.claims.sides.state_wars import foes

AT_WAR = lexis()["states_at_war"]
CHANGE = timedelta(days=7)
"""How long after a change of sides reports still tell of the fight before it."""


class Alliances:
    """The sides of one report against each other. `seen`: where each is named, in order."""

    def __init__(
        self, lexicon: Lexicon, seen: Mapping[str, Sequence[tuple[int, int]]], country: str | None, on: date | None
    ) -> None:
        self.lexicon, self.seen, self.country, self.on = lexicon, seen, country, on
        self._enemies: dict[tuple[str, str], bool] = {}

    def other(self, actor: str | None, country: str | None = None) -> str | None:
        """The other side in this report, where it names just one that fights `actor`.

        `country`: where they fight (alpha-3), if known. Who is not at home there is met only if nobody else is.
        """
        if actor is None:
            return None
        enemies = [a for a in self.seen if a != actor and self.opposed(actor, a)]
        if country is not None and (local := f"gov:{ruler(country, self.on)}") != actor:
            there = [a for a in enemies if self.at_home(a, country)]
            sworn = [a for a in enemies if self.declared(actor, a)]
            if not there and self.opposed(actor, local) and (self.declared(actor, local) or not sworn):
                return local
            enemies = there or enemies
        # Peacekeepers fight nobody whom nothing declares their enemy.
        enemies = [a for a in enemies if not self.lexicon.keeps_peace(a) or self.declared(actor, a)]
        if not enemies:
            state = f"gov:{self.country}"
            return state if self.country and actor != state and self.opposed(actor, state) else None
        enemies.sort(key=lambda a: (-len(self.seen[a]), self.seen[a][0]))
        if len(enemies) > 1 and len(self.seen[enemies[0]]) < 2 * len(self.seen[enemies[1]]):
            entry = self.lexicon.entry(actor)
            if entry:
                declared = [a for a in enemies if a in entry.enemies]
                if declared:
                    return declared[0]
        return enemies[0]

    def unnamed(self, actor: str | None) -> str | None:
        """The one state or group that a state is at war with at home, where a report never names it: "the enemy"."""
        if actor is None or actor != f"gov:{self.country}":
            return None
        found = [f"gov:{code}" for code in sorted(foes(actor[4:], self.on))] or self._risen(actor)
        return found[0] if len(found) == 1 else None

    def _risen(self, state: str) -> list[str]:
        """The groups at home in a state that fought it in the year of the report."""
        year = self.on.year if self.on is not None else 0
        at_home = [(a, e) for a, e in self.lexicon.actors.items() if e.countries[:1] == (state[4:],)]
        return [a for a, e in at_home if state in e.enemies and e.active[0] <= year <= (e.active[1] or year)]

    def at_home(self, actor: str, country: str) -> bool:
        """Whether a side is known to fight in a country, or nothing is known of where it fights."""
        if actor.startswith("gov:"):
            return actor[4:] == country
        entry = self.lexicon.entry(actor)
        return entry is None or not entry.countries or country in entry.countries

    def opposed(self, a: str, b: str) -> bool:
        """Whether the lexicon, or what they are, makes them enemies."""
        known = self._enemies.get((a, b))
        if known is None:
            known = self._enemies[a, b] = self._opposed(a, b)
        return known

    def _opposed(self, a: str, b: str) -> bool:
        state_a, state_b = a.startswith("gov:"), b.startswith("gov:")
        ea, eb = self.lexicon.entry(a), self.lexicon.entry(b)
        if self.declared(a, b):
            return True
        if state_a and state_b:
            pair = {a[4:], b[4:]}
            at_war = self.on is not None and b[4:] in foes(a[4:], self.on)
            return at_war or (self.country in pair and bool(pair & AT_WAR))
        if state_a != state_b:
            group, state = (eb, a) if state_a else (ea, b)
            if (b if state_a else a).startswith("vigilantes:"):
                return False
            if group and group.side and group.side == state:
                return False
            if group and any(x.actor == state for x in group.alignments):
                return False
            home = group.countries if group else ()
            return state[4:] in home or not home
        return False

    def declared(self, a: str, b: str) -> bool:
        """Whether the lexicon knows one as the other's enemy."""
        ea, eb = self.lexicon.entry(a), self.lexicon.entry(b)
        return bool((ea and b in ea.enemies) or (eb and a in eb.enemies))

    def friends(self, a: str, b: str) -> bool:
        """One side, or allies on the day of the report."""
        if a == b:
            return True
        for one, two in ((a, b), (b, a)):
            entry = self.lexicon.entry(one)
            if entry and (entry.side == two or any(x.actor == two and self._then(x, entry) for x in entry.alignments)):
                return True
        return False

    def _then(self, alignment: Alignment, entry: ActorEntry) -> bool:
        """Without a date, only those are friends who never fought each other.

        A report tells of the days before its own, so who changed sides only then is still met as an enemy.
        """
        if self.on is None or (alignment.actor in entry.enemies and not alignment.covers(self.on - CHANGE)):
            return alignment.actor not in entry.enemies
        return alignment.covers(self.on)
