"""Whose bulletin a report is, whose voice says "our troops" in it, and whom its own words stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.document import Document
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.words import lexis
from whoholds.claims.sides.alliances import Alliances
from whoholds.claims.sides.generic import WIDE, GenericSides
from whoholds.claims.sides.seats import seated
from whoholds.claims.sides.state_wars import army_in
from whoholds.claims.voices.issuer import issuer
from whoholds.claims.voices.narrator import in_its_own_voice, narrator
from whoholds.claims.voices.speaker_phrase import QUOTES

OFFICES = frozenset(["command", "staff", "headquarters", "leadership", "secretariat"])
"""Who speaks in a bulletin by an office alone: "the General Staff informs"."""


class Bulletin:
    """One report as the word of a side. `country`: whom it is about; `on`: its day; `forces`: states, how often named.

    `choose`: the one group among those that a name may mean. `seen`: where each side is named.
    """

    def __init__(
        self,
        document: Document,
        names: list[Names],
        refs: list[list[tuple[int, ActorRef]]],
        lexicon: Lexicon,
        choose: Callable[[tuple[str, ...]], str],
        alliances: Alliances,
        generic: GenericSides,
        forces: Mapping[str, int],
        seen: Mapping[str, list[tuple[int, int]]],
        country: str | None,
        on: date | None,
    ) -> None:
        self.document, self.names, self.refs, self.lexicon, self.choose = document, names, refs, lexicon, choose
        self.alliances, self.generic, self.forces, self.seen = alliances, generic, forces, seen
        self.country, self.on = country, on

    @cached_property
    def issuer(self) -> str | None:
        """The side whose bulletin the report is."""
        return issuer(self.document, self.refs, self.names, self.choose, self.lexicon)

    @cached_property
    def says_ours(self) -> bool:
        """Whether the report says "our troops" in its own voice."""
        return any(ref.cls == "ours" for s in in_its_own_voice(self.document) for _, ref in self.refs[s.index])

    @cached_property
    def seated(self) -> str | None:
        """The group that governs from where a bulletin was issued that says "our forces"."""
        text = self.document.report.text
        return seated(text, self.country, self.on) if self.says_ours else None

    @cached_property
    def voice(self) -> str | None:
        """The side of whoever writes "our troops"."""

        def other(actor: str) -> str | None:
            return self.alliances.other(actor) or self.alliances.unnamed(actor)

        home = self.seated or self.issuer
        side = narrator(self.document, self.refs, self.names, self.choose, other, self.country, home)
        return (army_in(self.country, self.on, self.seen) if side == f"gov:{self.country}" else None) or side

    @property
    def ours(self) -> str | None:
        """The side of "our troops", where the report speaks of them."""
        return self.voice if self.says_ours else None

    def of_office(self, ref: ActorRef, words: str) -> str | None:
        """ "The General Staff informs": the issuer's, where the words name an office of nobody."""
        office = not OFFICES.isdisjoint(words.lower().split())
        return self.issuer if office and not (ref.ids or ref.country) else None

    def of_issuer(self, ref: ActorRef) -> str | None:
        """ "The columns crossed the river", in a bulletin: its own, or where a group gives it, those of its enemy."""
        if self.issuer is None or ref.first != ref.head or ref.country:
            return None
        if self.issuer.startswith("gov:"):
            return self.issuer if self.says_ours else None
        states = [a for a in self.forces if self.alliances.declared(a, self.issuer)]
        return max(states, key=lambda a: (self.forces[a], a), default=None)

    def own_fighters(self, ref: ActorRef) -> str | None:
        """ "The guerrilla", "the mujahideen", in the bulletin of those who are called so."""
        if self.issuer is None or ref.country or lexis().has("scorned", ref.word) or ref.word in WIDE:
            return None
        return self.issuer if self.generic.described(self.issuer, ref.word) else None

    def scorned(self, ref: ActorRef, n: int) -> str | None:
        """ "The mercenaries crept into P", as a movement that says "our forces" calls those of the state."""
        own = self.says_ours and not QUOTES & set(self.document.sentences[n].text)
        if not own or self.issuer is None or self.issuer.startswith("gov:"):
            return None
        if ref.country or not lexis().has("scorned", ref.word):
            return None
        foe = self.alliances.other(self.voice)
        return foe if foe and foe.startswith("gov:") else None
