"""Whom a speaker speaks for, as far as the words tell: a group, a state, or nobody's side.

A spokesman, an officer or an institution speaks for a side; residents, monitors and analysts for none. The report then
settles which state "the army" or "the governor" is of (`register.speaks_for`).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices.speaker_phrase import Phrase
from whoholds.sources.outlets import outlets

PEOPLES_OWN = frozenset(["commander", "officer", "fighter", "soldier"])
"""Those of a people who speak for its men: "a Tuareg commander"."""
COMMANDS = frozenset(["command", "lead", "head"])
BODIES = frozenset(["ministry", "army", "military", "command", "government", "staff"])
SPOKESMEN = frozenset(["spokesman", "spokeswoman", "spokesperson", "commander", "leader"])
_STATE_COUNCILS = frozenset(["defence", "defense", "security"])


def side_of(
    s: Sentence, names: Names, phrases: PhraseReader, phrase: Phrase, capitals: Mapping[str, str]
) -> ActorRef | None:
    """The actor that the phrase's words name as the speaker's side; None where they name none."""
    speaker = _Speaker(s, names, phrases, phrase, capitals)
    if speaker.calls_itself("speaks_for_none"):
        return None
    if (named := speaker.named()) is not None:
        return named
    if speaker.is_unarmed():
        return None
    return speaker.nonstate() or speaker.states() or speaker.forces_own()


class _Speaker:
    """One phrase for a speaker, and what is asked of its words."""

    def __init__(
        self, s: Sentence, names: Names, phrases: PhraseReader, phrase: Phrase, capitals: Mapping[str, str]
    ) -> None:
        self.s, self.names, self.phrases, self.capitals = s, names, phrases, capitals
        self.words, self.main = phrase.words, phrase.chunks[0]
        self.head = next((t for t in reversed(self.main) if t.pos_ in ("NOUN", "PROPN")), self.main[-1])
        self.lemmas = {s.lemma(t) for t in self.words} | {t.lower_ for t in self.words}
        self.country = next((code for t in self.words if (code := self._country(t.i))), None)

    def calls_itself(self, *groups: str) -> bool:
        """Whether one of the words is of these groups of the lexis."""
        return any(not self.lemmas.isdisjoint(lexis()[group]) for group in groups)

    # ------------------------------------------------------------------------------------------------ by their name
    def named(self) -> ActorRef | None:
        """A side that the words name: an agency, a group, a leader, a people, the capital for the state."""
        outlet = outlets().named(" ".join(t.text for t in self.main))
        if outlet is not None and outlet.side:
            # "Amaq said": a side's own agency speaks for it
            first, last = self.main[0].i, self.main[-1].i
            return ActorRef(first, last, last, "named", (outlet.side,))
        return self._led() or self._group() or self._leaders() or self._peoples() or self._capitals()

    def _led(self) -> ActorRef | None:
        """Whom a relative clause says the speaker leads: "Major Ilunga, who commands the rebels in the town"."""
        verbs = (c for t in self.words for c in t.rights if c.dep_ == "acl:relcl" and self.s.lemma(c) in COMMANDS)
        men = (x for v in verbs for x in v.rights if x.dep_ == "obj")
        return next((ref for x in men if (ref := self.phrases.actor(x.i))), None)

    def _group(self) -> ActorRef | None:
        for t in self.words:
            if t.i in self.names.groups:
                hit = self.names.groups[t.i]
                return ActorRef(hit.first, hit.last, t.i, "named", hit.ids)
        for t in self.words:
            named = self.phrases.actor(t.i) if t.pos_ in ("NOUN", "PROPN") else None
            if named is not None and named.cls == "named" and not all(one.startswith("gov:") for one in named.ids):
                if t.lower_ in ("council", "committee") and self.lemmas & _STATE_COUNCILS:
                    continue  # "the National Security and Defence Council": a state's, and no group of that name
                return named
        return None

    def _leaders(self) -> ActorRef | None:
        t = next((t for t in self.words if t.i in self.names.leaders), None)
        hit = self.names.leaders[t.i] if t is not None else None
        return ActorRef(hit.first, hit.last, t.i, "named", hit.ids) if t is not None and hit is not None else None

    def _peoples(self) -> ActorRef | None:
        """ "a Tigrayan commander"."""
        people = next((self.names.peoples[t.i] for t in self.words if t.i in self.names.peoples), None)
        if people is None or not self.lemmas & PEOPLES_OWN:
            return None
        return ActorRef(people.first, people.last, people.last, "people", word="forces", maybe=people.ids)

    def _capitals(self) -> ActorRef | None:
        """ "Moscow said"."""
        seat = " ".join(t.text for t in self.main)
        code = self.capitals.get(seat)
        first, last = self.main[0].i, self.head.i
        return ActorRef(first, last, last, "state", (f"gov:{code}",), seat.casefold(), code) if code else None

    # ------------------------------------------------------------------------------------------------ by what they are
    def is_unarmed(self) -> bool:
        """ "a civil society leader"."""
        described = (t for t in self.words if t.dep_ in ("amod", "compound") and t.i != self.head.i)
        return bool(self.lemmas & {"leader", "chief", "head"}) and any(self._has(t, "unarmed") for t in described)

    def nonstate(self) -> ActorRef | None:
        """ "a rebel spokesman", and no "pro-government militias"."""
        t = next((t for t in self.words if self._has(t, "nonstate_modifier") or self._has(t, "nonstate_force")), None)
        states_own = any(lexis().has("state_modifier", x.lower_) for x in self.words)
        if t is None or states_own or lexis().has("state_force", self.s.lemma(self.head)):
            return None
        return ActorRef(t.i, t.i, t.i, "nonstate", word=self.s.lemma(t), country=self.country)

    def states(self) -> ActorRef | None:
        """ "the Iraqi defence ministry", "its army", "the governor", "a colonel in Kigali"."""
        state = next((t for t in self.words if self._has(t, "speaks_for_state")), None)
        official = self.calls_itself("official", "office_holders")
        if self.country and (official or state is not None or len(self.main) == 1 or self._has(self.head, "force")):
            where = next(t.i for t in self.words if self._country(t.i))
            return ActorRef(where, where, where, "state", (f"gov:{self.country}",), country=self.country)
        at = self._seat()
        whose = next((t for t in self.main if t.lower_ in ("its", "their") and t.i < self.head.i), None)
        if at is None and whose is not None and self.s.lemma(self.head) in BODIES:
            # "its defence ministry", of the side spoken of last; "its mayor" is a town's
            return self.phrases.actor(whose.i)
        if state is not None:
            return at or ActorRef(state.i, state.i, state.i, "state", word=self.s.lemma(state))
        ranks = lexis()["officer_ranks"]
        office = next((t for t in self.words if self._has(t, "office_holders") or t.lower_.strip(".") in ranks), None)
        if office is not None:
            return at or ActorRef(office.i, office.i, office.i, "state", word="government")
        if whose is not None and (official or self.lemmas & SPOKESMEN):
            return self.phrases.actor(whose.i)  # "its spokesman"
        return None

    def forces_own(self) -> ActorRef | None:
        """ "the troops said"."""
        direct = self.phrases.actor(self.head.i)
        return direct if direct is not None and direct.cls != "pronoun" and self._has(self.head, "force") else None

    def _seat(self) -> ActorRef | None:
        """ "Brigadier A. Person in Kigali", "the defence ministry in Baku": of the state whose capital that is."""
        for t, behind in pairwise(self.main):
            if t.lower_ == "in" and (code := self.capitals.get(behind.text)):
                return ActorRef(behind.i, behind.i, behind.i, "state", (f"gov:{code}",), country=code)
        return None

    def _has(self, t: Token, group: str) -> bool:
        return lexis().has(group, self.s.lemma(t), t.lower_)

    def _country(self, i: int) -> str | None:
        if i in self.names.demonyms:
            return self.names.demonyms[i]
        return self.names.countries[i].ids[0] if i in self.names.countries else None
