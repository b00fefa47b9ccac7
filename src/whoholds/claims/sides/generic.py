"""Whom "the army", "the troops", "the rebels" and "the militants" stand for in one report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from math import exp

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.words import lexis
from whoholds.claims.sides.alliances import Alliances
from whoholds.claims.sides.census import ARMY, Census
from whoholds.claims.sides.foreground import foreground
from whoholds.claims.sides.ground import Ground, Setting
from whoholds.claims.sides.rulers import federation, ruler

TROOPS = lexis()["troops"]
"""Words for a state's men that go on with the state just named."""
ARMED_MEN = lexis()["armed_men"]
"""Words that any group may be called by."""
OWN_WORDS = lexis()["own_words"]
REBELLIOUS = lexis()["rebellious"]
"""Words for those only who fight the state."""


COALITION = 0.5
"""What it counts for a coalition that members of it are named beside it."""
HERE = 0.5
"""What it counts that a group is named before in the same sentence, be it only as where: "in Puntland, the militia"."""
FITS = 0.8
"""What it counts for a group that it fits the claims read so far."""
ARMY_BACK = 3
"""Sentences within which "the army" is still the one just named."""
WIDE = frozenset(["rebel", "opposition"])
"""Words for all who rise against a state, of whatever group."""
FEW = 2
"""Groups of a side that are told apart even by "the rebels"."""
AFTERMATH = timedelta(days=365)
"""After the fall of a government "the loyalists" are its men for so long."""
INVADES = 3
"""How often another state must be named whose men "the soldiers" are."""
NEAR = 4.0
"""Sentences after which a name stands a third as much in front."""
FAR = 60
"""Sentences after which nothing is left of that."""


class GenericSides:
    """Resolves words for a state's or a group's men from what the report names."""

    def __init__(self, census: Census, alliances: Alliances, ground: Ground) -> None:
        self.census, self.lexicon, self.alliances, self.ground = census, census.lexicon, alliances, ground
        self._descriptions: dict[tuple[str, str], bool] = {}
        self._weighed: dict[str, tuple[list[tuple[int, int]], list[float]]] = {}

    # ---------------------------------------------------------------------------------------------------- a state's
    def state(self, ref: ActorRef, n: int, setting: Setting) -> str | None:
        if ref.country:
            return f"gov:{ref.country}"
        theme = self.census.theme(n, ref.head)
        land = theme or setting.country or self.census.country
        if ref.word == "loyalist" and land and (fallen := self._remnant(land)):
            return fallen
        if ref.word in TROOPS | ARMY and ref.first == ref.head and self._has_troops(setting.speaker):
            # "the LNA said troops had entered", "said P was in the army's hands": its own
            return setting.speaker
        if theme:
            return f"gov:{theme}"
        main = setting.country or self.census.country
        if ref.word == "federal" and main and (union := federation(main, self.alliances.on)):
            return f"gov:{union}"
        if ref.word in ARMY and ref.first == ref.head and f"gov:{main}" not in self.census.armies:
            # "The federal army shelled P. The army entered it on Tuesday"
            recent = self.recent(n, ref.head, lambda a: a in self.census.armies, back=ARMY_BACK)
            if recent and recent not in setting.apart and self._at_war(recent, main):
                return recent
        if ref.first == ref.head and ref.word != "government" and (foreign := self._invader(main)):
            return foreign
        return f"gov:{ruler(main, self.alliances.on)}" if main else None

    def _invader(self, country: str | None) -> str | None:
        """ "The paratroopers", in a report of one state's war in another whose own army it never names."""
        home = f"gov:{ruler(country, self.alliances.on)}" if country else ""
        if not home or home in self.census.seen or self.census.tells_of_own_men:
            return None
        named = {a: len(spots) for a, spots in self.census.seen.items() if a.startswith("gov:") and spots}
        most = max(named, key=lambda a: (named[a], a), default=None)
        if most is None or named[most] < INVADES or 2 * named[most] < sum(named.values()):
            return None
        fought = any(self.alliances.declared(most, group) for group in self.census.groups)
        return most if fought and self.alliances.opposed(most, home) else None

    def _remnant(self, country: str) -> str | None:
        """The loyalists of a government that fell not long before the report."""
        on = self.alliances.on
        for actor, entry in self.lexicon.actors.items() if on else ():
            if not entry.are_loyalists or entry.countries[:1] != (country,):
                continue
            fell = max((x.end for x in entry.alignments if x.actor == f"gov:{country}" and x.end), default=None)
            if on and fell and fell < on <= fell + AFTERMATH:
                return actor
        return None

    def _at_war(self, state: str, country: str | None) -> bool:
        """Whether a state's army is in the country as an enemy, or as the army of the union that it leaves."""
        if country is None or self.alliances.opposed(state, f"gov:{country}"):
            return True
        return state == f"gov:{federation(country, self.alliances.on)}"

    def _has_troops(self, actor: str | None) -> bool:
        """Whether the press calls the men of a group troops, as it does those of a state."""
        entry = self.lexicon.entry(actor) if actor else None
        words = {w for phrase in entry.described_as for w in phrase.casefold().split()} if entry else set()
        return bool(words & {"troops", "army", "soldiers"})

    # ---------------------------------------------------------------------------------------------------- a group's
    def among(self, ref: ActorRef, n: int, country: str | None) -> str | None:
        """Which of the groups that are called so is meant: one that the report names, else the one at home here.

        `country`: where the place lies that is spoken of, if known.
        """
        if ref.maybe[0].startswith("rebels:"):
            return None
        country = country or self.census.country
        here = [a for a in ref.maybe if (e := self.lexicon.entry(a)) and country in e.countries]
        here = list(self.lexicon.narrow(here, (), self.alliances.on)) if here else []
        if self.alliances.on is None:
            now = [a for a in here if a in self.census.seen or ((e := self.lexicon.entry(a)) and e.active[1] is None)]
            here = now or here
        here = [a for a in here if self.called(a, ref.word)] or here
        named = [a for a in here or ref.maybe if a in self.census.seen]
        if named:
            recent = self.recent(n, ref.head, lambda a: a in named, back=6)
            return recent or max(named, key=lambda a: len(self.census.seen[a]))
        # "the Kurds", who are many: those whom the press calls so most
        here.sort(key=lambda a: -self.called(a))
        first_of_all = len(here) == 1 or (here and self.called(here[0]) > self.called(here[1]))
        return here[0] if first_of_all else None

    def peacekeepers(self, ref: ActorRef, n: int, country: str | None) -> str | None:
        """The peacekeeping mission that the report names, else the one in the country on that day."""
        missions = tuple(a for a in self.lexicon.actors if self.lexicon.keeps_peace(a))
        if ref.ids:
            # "Uruguayan peacekeepers": of the mission that the report names, else their state's own
            missions = tuple(a for a in missions if a in self.census.seen)
        return self.among(replace(ref, maybe=missions, word="peacekeepers"), n, country) if missions else None

    def called(self, actor: str, word: str = "") -> int:
        """How many words for its men join a name to a noun ("Kurdish forces"), to the noun `word` where it is given."""
        entry = self.lexicon.entry(actor)
        phrases = [p.split() for p in (*entry.described_as, *entry.fighters)] if entry else []
        return sum(len(p) > 1 and p[0][:1].isupper() and p[-1].startswith(word) for p in phrases)

    def vigilantes(self) -> str | None:
        """The one group of the report that is known as vigilantes, if there is one: "the self-defence groups"."""
        found = [a for a in self.census.groups if (e := self.lexicon.entry(a)) and "vigilantes" in e.described_as]
        return found[0] if len(found) == 1 else None

    def group(self, ref: ActorRef, n: int, setting: Setting) -> str | None:
        word, main = ref.word, ref.country or self.census.theme(n, ref.head) or setting.country or self.census.country
        candidates = [
            a for a in self.census.groups if not a.startswith(("rebels:", "tribal:")) and a not in setting.apart
        ]
        candidates = [a for a in candidates if not self.lexicon.keeps_peace(a)]
        if (word in REBELLIOUS or word == "gunman") and main:
            # Who stands with the government is not "the rebels", nor "gunmen".
            candidates = [a for a in candidates if not self.alliances.friends(a, f"gov:{main}")]
        if word in OWN_WORDS and setting.speaker in candidates:
            return setting.speaker
        if ref.country:
            inside = [a for a in candidates if (e := self.lexicon.entry(a)) and ref.country in e.countries]
            inside = [a for a in inside if not self.alliances.friends(a, f"gov:{ref.country}")]
            matching = [a for a in inside if self.described(a, word)]
            if len(matching) > 1 and ref.maybe:
                # "Chechen rebels", "Donbas separatists": a name for all of them
                return f"rebels:{ref.country}"
            return self._of_several(matching, ref, n, setting) if matching else f"rebels:{ref.country}"
        if word == "terrorist" and self._many(main):
            # So a government calls all who fight it.
            candidates = [a for a in candidates if not self._of_side(a, f"rebels:{main}")] or candidates[:0]
        matching = [a for a in candidates if self.described(a, word)]
        if main:
            beside = self.recent(n, ref.head, lambda a: a in matching, back=1)
            home = [a for a in matching if (e := self.lexicon.entry(a)) is None or main in e.countries]
            # A digest of several wars: a group of another country that was just named
            matching = home or ([beside] if beside else [])
        if matching:
            return self._of_several(matching, ref, n, setting)
        if main and self.lexicon.entry(side := f"rebels:{main}") and self.described(side, word):
            # "the rebels" of a country where they are a side of that name, and no group in the report is called so
            return side
        known = [a for a in candidates if self.lexicon.entry(a) is not None]
        if word in ARMED_MEN and candidates:
            pool = [a for a in candidates if (e := self.lexicon.entry(a)) is None or e.described_as]
            if main:
                pool = [a for a in pool if self.alliances.at_home(a, main)]
            if word == "rebel" and self._many(main):
                pool = [a for a in pool if a not in known]
            elif word in REBELLIOUS:
                pool = [a for a in pool if a not in known] or pool
            recent = self.recent(n, ref.head, lambda a: a in pool, back=4)
            if recent:
                return recent
            if len(pool) == 1 or (pool and word in ("terrorist", "militant", "gunman", "fighter")):
                return pool[0]
        return (self._only_one(word, main) or f"rebels:{main}") if main else None

    def _only_one(self, word: str, country: str) -> str | None:
        """The group that is called so where just one of the country's is, and fights its state on the report's day."""
        if self.alliances.on is None or word in WIDE:
            return None
        ours = [a for a, e in self.lexicon.actors.items() if e.countries[:1] == (country,) and self.described(a, word)]
        fighting = [a for a in ours if self.alliances.declared(a, f"gov:{country}")]
        year = self.alliances.on.year
        now = [a for a in fighting if (e := self.lexicon.entry(a)) and e.active[0] <= year <= (e.active[1] or year)]
        return now[0] if len(now) == 1 else None

    def _of_several(self, matching: list[str], ref: ActorRef, n: int, setting: Setting) -> str:
        sides = {e.side for a in matching if (e := self.lexicon.entry(a))}
        side = next(iter(sides)) if len(sides) == 1 else None
        of_many = side if side and side.startswith("rebels:") and self._many_of(side) else None
        if len(matching) > 1:
            return of_many or self._foremost(matching, ref, n, setting)
        near = self.recent(n, ref.head, lambda a: a == matching[0], back=2)
        # "the rebels", long after one of many rebel groups was named
        return matching[0] if near or of_many is None else of_many

    def _foremost(self, matching: list[str], ref: ActorRef, n: int, setting: Setting) -> str:
        """The group in the foreground: a subject rather than in "a branch of X", near, often, and where it fits."""
        everywhere = {a: sum(self._weighed_spots(a)[1]) for a in matching}
        most = max(everywhere.values(), default=0.0) or 1.0

        def score(actor: str) -> float:
            spots, weights = self._weighed_spots(actor)
            before = bisect_left(spots, (n, ref.head))
            first = bisect_left(spots, (n - FAR, 0), hi=before)
            weighed = zip(spots[first:before], weights[first:before], strict=True)
            near = max([w * exp((m - n) / NEAR) for (m, _), w in weighed] + [0.0] * (first > 0), default=0.0)
            here = before > 0 and spots[before - 1][0] == n
            front = near + everywhere[actor] / most + FITS * self.ground.speaks_for(actor, setting)
            return front + self._has_members(actor, matching) * COALITION + here * HERE

        return max(matching, key=lambda a: (round(score(a), 3), -matching.index(a)))

    def _weighed_spots(self, actor: str) -> tuple[list[tuple[int, int]], list[float]]:
        """Where an actor is named, in order, and how much it stands in front at each spot.

        Kept from when it is first asked for: all names are noted by then.
        """
        known = self._weighed.get(actor)
        if known is None:
            sentences, spots = self.census.document.sentences, sorted(set(self.census.seen[actor]))
            known = self._weighed[actor] = spots, [foreground(sentences[n].doc[i]) for n, i in spots]
        return known

    def _has_members(self, actor: str, groups: Sequence[str]) -> bool:
        """Whether an actor is a coalition, and two of the groups stand with it."""
        entry = self.lexicon.entry(actor)
        if entry is None or not any(w in p for p in entry.described_as for w in ("coalition", "alliance")):
            return False
        return sum(a != actor and self.alliances.friends(a, actor) for a in groups) > 1

    def _many_of(self, side: str) -> bool:
        """Whether a side has so many groups that one of them does not stand for the others."""
        return sum(e.side == side for e in self.lexicon.actors.values()) > FEW

    def _many(self, country: str | None) -> bool:
        """Whether the rebels of a country are a side of their own, of many groups."""
        return any(e.side == f"rebels:{country}" for e in self.lexicon.actors.values())

    def _of_side(self, actor: str, side: str) -> bool:
        entry = self.lexicon.entry(actor)
        return entry is not None and entry.side == side

    def described(self, actor: str, word: str) -> bool:
        """Whether the press calls the men of a group by this word."""
        entry = self.lexicon.entry(actor)
        if entry is None:
            return word in ("rebel", "militia", "fighter", "group", "insurgent", "militant")
        known = self._descriptions.get((actor, word))
        if known is None:
            stem = word.casefold().removesuffix("y")  # "mercenary", "mercenaries"
            told = any(w.casefold().startswith(stem) for w in entry.described_as)
            known = self._descriptions[actor, word] = told
        return known

    def recent(self, n: int, i: int, accept: Callable[[str], bool], back: int) -> str | None:
        """The actor named last before token `i` of sentence `n`, at most `back` sentences before."""
        best: tuple[int, int] | None = None
        chosen = None
        for actor, spots in self.census.seen.items():
            if not accept(actor):
                continue
            for spot in spots:
                if spot < (n, i) and spot[0] >= n - back and (best is None or spot > best):
                    best, chosen = spot, actor
        return chosen
