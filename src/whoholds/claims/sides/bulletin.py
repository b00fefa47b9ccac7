"""Whose bulletin a report is, whose voice says "our troops" in it, and whom its own words stand for."""

from __future__ import annotations

from functools import cached_property

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.words import lexis
from whoholds.claims.sides.alliances import Alliances
from whoholds.claims.sides.census import Census
from whoholds.claims.sides.generic import WIDE, GenericSides
from whoholds.claims.sides.seats import seated
from whoholds.claims.sides.state_wars import army_in
from whoholds.claims.voices.issuer import issuer
from whoholds.claims.voices.narrator import in_its_own_voice, narrator
from whoholds.claims.voices.speaker_phrase import QUOTES

OFFICES = frozenset(["command", "staff", "headquarters", "leadership", "secretariat"])
"""Who speaks in a bulletin by an office alone: "the General Staff informs"."""


class Bulletin:
    """One report as the word of a side."""

    def __init__(self, census: Census, alliances: Alliances, generic: GenericSides) -> None:
        self.census, self.alliances, self.generic = census, alliances, generic

    @cached_property
    def issuer(self) -> str | None:
        """The side whose bulletin the report is."""
        return issuer(
            self.census.document, self.census.refs, self.census.names, self.census.choose, self.census.lexicon
        )

    @cached_property
    def says_ours(self) -> bool:
        """Whether the report says "our troops" in its own voice."""
        return any(
            ref.cls == "ours" for s in in_its_own_voice(self.census.document) for _, ref in self.census.refs[s.index]
        )

    @cached_property
    def seated(self) -> str | None:
        """The group that governs from where a bulletin was issued that says "our forces"."""
        text = self.census.document.report.text
        return seated(text, self.census.country, self.census.on) if self.says_ours else None

    @cached_property
    def voice(self) -> str | None:
        """The side of whoever writes "our troops"."""

        def other(actor: str) -> str | None:
            return self.alliances.other(actor) or self.alliances.unnamed(actor)

        home = self.seated or self.issuer
        side = narrator(
            self.census.document,
            self.census.refs,
            self.census.names,
            self.census.choose,
            other,
            self.census.country,
            home,
        )
        return (
            army_in(self.census.country, self.census.on, self.census.seen)
            if side == f"gov:{self.census.country}"
            else None
        ) or side

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
        states = [a for a in self.census.forces if self.alliances.declared(a, self.issuer)]
        return max(states, key=lambda a: (self.census.forces[a], a), default=None)

    def own_fighters(self, ref: ActorRef) -> str | None:
        """ "The guerrilla", "the mujahideen", in the bulletin of those who are called so."""
        if self.issuer is None or ref.country or lexis().has("scorned", ref.word) or ref.word in WIDE:
            return None
        return self.issuer if self.generic.described(self.issuer, ref.word) else None

    def scorned(self, ref: ActorRef, n: int) -> str | None:
        """ "The mercenaries crept into P", as a movement that says "our forces" calls those of the state."""
        own = self.says_ours and not QUOTES & set(self.census.document.sentences[n].text)
        if not own or self.issuer is None or self.issuer.startswith("gov:"):
            return None
        if ref.country or not lexis().has("scorned", ref.word):
            return None
        foe = self.alliances.other(self.voice)
        return foe if foe and foe.startswith("gov:") else None
