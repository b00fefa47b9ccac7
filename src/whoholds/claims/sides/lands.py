"""Sides that are called by a land or a people: "southern troops", "Croat forces" in Bosnia."""

from __future__ import annotations

import re

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.trees.tree import text_of
from whoholds.annotate.words import lexis
from whoholds.claims.sides.census import ARMY, Census
from whoholds.claims.sides.generic import TROOPS
from whoholds.claims.sides.state_wars import foes

HOLDS = frozenset(["hands", "control", "rule", "grip", "held", "run", "controlled"])
"""What a people may have of a town, or how it has it: "Croat hands", "Croat-held"."""
OPPOSITE = {"north": "south", "south": "north", "east": "west", "west": "east"}


class Lands:
    """Resolves them in one report."""

    def __init__(self, census: Census) -> None:
        self.census, self.document, self.lexicon = census, census.document, census.lexicon

    def kin(self, ref: ActorRef, n: int, here: str | None) -> str | None:
        """ "Croat forces" in Bosnia, "Ugandan rebels" in Congo: the group that is called so where the place lies."""
        if ref.country in (None, here) or here is None or ref.cls not in ("state", "nonstate", "named"):
            return None
        words = text_of(self.document.sentences[n].doc[ref.first : ref.last + 1]).casefold()
        noun = self.document.sentences[n].doc[ref.head]
        # but "one Croat soldier", "Croat flags" may be Croatia's, and so may all of a state that fights there itself
        alone = (
            ref.first == ref.last and noun.head.lower_ in HOLDS and here not in foes(ref.country or "", self.census.on)
        )
        # "Croat hands"; "what remained of the Croat force"
        forms = (f"{words} forces",) if alone else (words, re.sub("force$", "forces", words))
        kin = dict.fromkeys((a for form in forms for a in self.lexicon.abroad(form)), 1)
        if not kin and not self.census.forces[f"gov:{ref.country}"] and (people := self._people(ref, n)):
            kin = dict(self.lexicon.kin(people))
        called = [a for a in kin if (e := self.lexicon.entry(a)) and here in e.countries]
        called = list(self.lexicon.narrow(called, (), self.census.on)) if called else []
        # Of several those whom the press calls so most.
        called.sort(key=lambda a: -kin[a])
        return called[0] if called and all(kin[a] < kin[called[0]] for a in called[1:]) else None

    def by_compass(self, ref: ActorRef, n: int) -> str | None:
        """ "southern troops", where the report is of two countries whose names only the compass tells apart."""
        if ref.ids or ref.country or ref.word not in TROOPS | ARMY or ref.first < ref.head - 1:
            return None
        point = text_of(self.document.sentences[n].doc[: ref.head]).rpartition(" ")[2].lower()
        if not point.endswith("ern"):
            return None
        named = {
            self.lexicon.countries[c].name: c for c in sorted(self.census.spoken_of) if c in self.lexicon.countries
        }
        for name in named:
            half, _, land = name.partition(" ")
            rest = OPPOSITE.get(half.lower(), "")
            twin = next((x for x in (f"{rest.capitalize()} {land}", land) if x in named), None)
            if rest and twin:
                own = half.lower() == point.removesuffix("ern")
                return f"gov:{named[name if own else twin]}" if own or rest == point.removesuffix("ern") else None
        return None

    def _people(self, ref: ActorRef, n: int) -> str | None:
        """ "the Croats", "Croat and Moslem defenders": the people's name where no state's army is meant."""
        doc, demonyms = self.document.sentences[n].doc, self.census.names[n].demonyms
        i = next((i for i in range(ref.first, ref.last + 1) if demonyms.get(i) == ref.country), None)
        if i is None or not (i == ref.last == ref.first or lexis().has("anybodys", ref.word)):
            return None
        if i == ref.head and doc[i].tag_ not in ("NNS", "NNPS"):
            return None
        return doc[i].lower_
