"""The sides of one report: whom the words for actors stand for, and who fights whom."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import replace

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.words import lexis
from whoholds.claims.sides.acted_on import beaten_by
from whoholds.claims.sides.alliances import Alliances
from whoholds.claims.sides.branches import branch, ruling
from whoholds.claims.sides.bulletin import Bulletin
from whoholds.claims.sides.census import Census
from whoholds.claims.sides.demands import has_troops
from whoholds.claims.sides.generic import GenericSides
from whoholds.claims.sides.ground import NOWHERE, Ground, Setting
from whoholds.claims.sides.lands import Lands
from whoholds.claims.sides.pointers import Pointers
from whoholds.claims.voices.speaker_phrase import QUOTES
from whoholds.model import Span

STATES_OWN = lexis()["states_own"]
IN_FRONT = 0.5
"""How much in the foreground somebody stands whose enemy "the enemy" of the same sentence is."""


class Register:
    """Sides of one report, and the resolution of words that stand for them."""

    def __init__(self, census: Census) -> None:
        self.census, lexicon = census, census.lexicon
        self.ground = Ground()
        """What the claims read so far say."""
        sides: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.alliances = Alliances(lexicon, sides, census.country, census.on)
        self.lands = Lands(census)
        self.generic = GenericSides(census, self.alliances, self.ground)
        self._note_peoples()
        self.bulletin = Bulletin(census, self.alliances, self.generic)
        self.pointers = Pointers(census, self.ground, lambda ref, n: self.resolve(ref, n)[0], self.declared)
        self._starts = [s.span.start for s in census.document.sentences]
        for spot, ref in census.spots():
            known = ref.cls in ("named", "state", "nonstate", "tribal", "people")
            if known and (side := self.resolve(ref, spot[0])[0]):
                sides[side].append(spot)

    def _note_peoples(self) -> None:
        """A group that is only ever called by its people ("the Kurds") is one of the report's groups too."""
        called = [
            (told, spot)
            for spot, ref in self.census.spots()
            if ref.maybe and ref.word not in STATES_OWN and (told := self.generic.among(ref, spot[0], None))
        ]
        for actor, spot in called:
            self.census.note(actor, spot)

    def resolve(self, ref: ActorRef | None, n: int, setting: Setting = NOWHERE) -> tuple[str | None, bool]:
        """The actor id that a reference stands for in sentence `n`, and whether the report (not its words) told it."""
        if ref is None:
            return None, True
        setting = self._here(setting, n)
        if ref.cls == "enemy" and ref.ids:
            # "anti-Houthi fighters"
            foe = self.census.choose(ref.ids)
            rebels = f"rebels:{foe[4:]}" if foe.startswith("gov:") else None
            return self.other(foe, setting.country or self.census.country) or rebels, True
        if side := self.lands.kin(ref, n, setting.country or self.census.country) or self.lands.by_compass(ref, n):
            return side, True
        if ref.word == "peacekeeper" and ref.cls == "state":
            mission = self.generic.peacekeepers(ref, n, setting.country)
            if mission:
                return mission, True
        told = self.generic.among(ref, n, setting.country) if ref.maybe else None
        if told and (self.generic.called(told, ref.word) or not (ref.ids or ref.word in STATES_OWN)):
            # "Hutu militiamen", "Iraqi Kurdish forces", and not "the Hutu government", which is a state's
            return told, True
        if ref.ids:
            named = branch(self.census.choose(ref.ids), self.census.groups, self.census.lexicon, self.alliances)
            return (self._of_state(named) if ref.cls == "state" else named), False
        if ref.cls == "people":
            return None, True
        if ref.cls == "state":
            state = self.bulletin.of_issuer(ref) or self.generic.state(ref, n, setting)
            if state and state == setting.speaker and lexis().has("scorned", ref.word):
                return self.other(state, setting.country), True  # "We shall rid P of the junta": not one's own
            if ref.word == "garrison" and state and self.ground.besets(state, setting.place, n):
                # "Government troops attacked P. The garrison surrendered": theirs who were there
                beset = self.other(state)
                state = state if beset is None or self.ground.besets(beset, setting.place, n) else beset
            if (seated := self.bulletin.seated) and ref.first == ref.head and state == f"gov:{self.census.country}":
                return seated, True  # "the army", in a bulletin of those who give themselves out for the state
            return self._of_state(state), True
        if ref.cls == "tribal":
            code = ref.country or setting.country or self.census.country
            unnamed = f"{'vigilantes' if ref.word == 'vigilante' else 'tribal'}:{code}" if code else None
            known = self.generic.vigilantes() if ref.word == "vigilante" else None
            return unnamed if known is None or self.census.lexicon.entry(unnamed or "") else known, True
        if ref.cls == "nonstate":
            fighters = self.bulletin.own_fighters(ref) or self.bulletin.scorned(ref, n)
            return fighters or self.generic.group(ref, n, setting), True
        if ref.cls == "ours":
            men = ref.first < ref.head or self.bulletin.says_ours
            own = men and not QUOTES & set(self.census.document.sentences[n].text)
            return setting.speaker or (self.bulletin.voice if own else None), True
        if ref.cls == "enemy" and not setting.speaker and (foreign := self._from_abroad(ref, setting)):
            return foreign, True
        if ref.cls == "enemy":
            # "The heroes of X freed P from the enemy": X's
            doers = [x.actor for x in self.pointers.spots(n) if x.i < ref.first and x.weight >= IN_FRONT]
            whose = setting.speaker or next(iter(doers), None) or self.bulletin.voice
            return self.other(whose) or self.alliances.unnamed(whose), True
        if ref.word == "peacekeeper":
            return self.generic.peacekeepers(ref, n, setting.country), True
        return next(iter(self.pointers.back(ref, n, setting)), None), True

    def _here(self, setting: Setting, n: int) -> Setting:
        """In a digest of several countries, that of the heading over the sentence."""
        headed = self.census.headed[n]
        return setting if setting.country or headed is None else replace(setting, country=headed)

    def _from_abroad(self, ref: ActorRef, setting: Setting) -> str | None:
        """ "the invaders", as the report itself calls them: the forces of another state that it names most."""
        home = setting.country or self.census.country
        if not lexis().has("invaders", ref.word) or home is None:
            return None
        states = [a for a in self.census.forces if a != f"gov:{home}" and self.census.forces[a]]
        return max(states, key=lambda a: (self.census.forces[a], a), default=None)

    def _of_state(self, state: str | None) -> str | None:
        """A state, or the group of the report that was its government."""
        return (ruling(state, self.census.groups, self.census.lexicon, self.census.on) if state else None) or state

    def speaks_for(self, ref: ActorRef, said: Span) -> str | None:
        """The side that a speaker named at `said` speaks for; the words may be carried from an earlier sentence."""
        n = bisect_right(self._starts, said.start) - 1
        office = self.bulletin.of_office(ref, said.of(self.census.document.report.text))
        return office or self.resolve(ref, max(n, 0))[0]

    def resolve_all(self, ref: ActorRef, n: int, setting: Setting = NOWHERE) -> tuple[list[str], bool]:
        """As `resolve`; a plural pronoun may stand for several."""
        setting = self._here(setting, n)
        again = ref.cls == "again" and ref.word != "peacekeeper" and not ref.maybe
        if (ref.cls == "pronoun" or again) and not ref.ids and not self.lands.by_compass(ref, n):
            beater = beaten_by(self.census.document.sentences[n], ref, self.pointers.spots(n)) if again else None
            if beater and (foe := self.foe(beater, n, setting.country)):
                return [foe], True
            found = self.pointers.back(ref, n, setting)
            return self._formal(ref, n, setting, found) or found, True
        actor, told = self.resolve(ref, n, setting)
        return ([actor] if actor else []), told

    def _formal(self, ref: ActorRef, n: int, setting: Setting, found: list[str]) -> list[str]:
        """ "The rebels attacked P. Forces have entered Q": a state's, where only rebels were spoken of before."""
        noun = self.census.document.sentences[n].doc[ref.head]
        both = {"DET", "NUM"} <= {c.pos_ for c in noun.children}  # "the two forces"
        bare = ref.first == ref.head and noun.tag_ == "NNS" and not both
        one = any(c.lower_ in ("a", "an") for c in noun.children) and lexis().has("units", ref.word)  # "a platoon"
        if not (found and (one or (bare and lexis().has("formal_forces", ref.word)))):
            return []
        state = self.generic.state(ref, n, setting)
        if state is None or state in setting.apart or has_troops(found[0], self.census.lexicon):
            return []
        return [state] if self.declared(found[0], state) else []

    def other(self, actor: str | None, country: str | None = None) -> str | None:
        """The other side in this report, where it names just one that fights `actor`; `country`: where."""
        return self.alliances.other(actor, country)

    def foe(self, actor: str | None, n: int, country: str | None = None) -> str | None:
        """The other side where a sentence tells of it: the one enemy that it names, else as `other`."""
        here = {s.actor for s in self.pointers.spots(n) if actor and self.opposed(actor, s.actor)} - {actor}
        here = {a for a in here if country is None or self.alliances.at_home(a, country)}
        return next(iter(here)) if len(here) == 1 else self.other(actor, country)

    def opposed(self, a: str, b: str) -> bool:
        """Whether two may be on different sides."""
        return self.alliances.opposed(a, b)

    def declared(self, a: str, b: str) -> bool:
        """Whether the lexicon knows one as the other's enemy."""
        return self.alliances.declared(a, b)
