"""The sides of one report: which groups and countries it names, and whom other words stand for."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from functools import cached_property

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.claims.sides import digest
from whoholds.claims.sides.acted_on import beaten_by
from whoholds.claims.sides.alliances import Alliances
from whoholds.claims.sides.branches import branch, ruling
from whoholds.claims.sides.bulletin import Bulletin
from whoholds.claims.sides.demands import STATELIKE, has_troops
from whoholds.claims.sides.described import inside_name, of_outsiders, only_describes
from whoholds.claims.sides.foreground import foreground
from whoholds.claims.sides.generic import ARMY, GenericSides
from whoholds.claims.sides.ground import NOWHERE, Ground, Setting
from whoholds.claims.sides.lands import Lands
from whoholds.claims.sides.named import NamedSides
from whoholds.claims.sides.pointers import Pointers
from whoholds.claims.sides.rulers import federation
from whoholds.claims.voices.speaker_phrase import QUOTES
from whoholds.model import Span

STATES_OWN = lexis()["states_own"]
OF_THE_STATE = frozenset(
    ["government", "regime", "police", "policeman", "loyalist", "gendarme", "gendarmerie", "federal"]
)
"""Words for a state's men that its own land has, whoever else fights there."""
IN_FRONT = 0.5
"""How much in the foreground somebody stands whose enemy "the enemy" of the same sentence is."""


class Register:
    """Sides of one report, and the resolution of words that stand for them."""

    def __init__(
        self,
        document: Document,
        names: list[Names],
        readers: list[PhraseReader],
        lexicon: Lexicon,
        place_countries: Counter[str],
        theatres: Counter[str],
    ) -> None:
        self.document, self.names, self.lexicon = document, names, lexicon
        self.starts = [s.span.start for s in document.sentences]
        published = document.report.published
        self.on: date | None = published.end if published is not None else None
        """The report's day."""
        self.countries: Counter[str] = Counter()
        self.seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.refs: list[list[tuple[int, ActorRef]]] = []
        self.forces = forces = Counter[str]()
        """How often each state's forces are named."""
        for n, (s, found) in enumerate(zip(document.sentences, names, strict=True)):
            weight = 2 if s.role.value in ("title", "caption") or n < 3 else 1
            for code in {code for i, code in found.demonyms.items() if not of_outsiders(s.doc[i])}:
                self.countries[code] += weight
            for hit in {id(h): h for h in found.countries.values()}.values():
                where = preposition(s.doc[hit.first]) in ("in", "across", "throughout")
                self.countries[hit.ids[0]] += weight * (3 if where else 1)
            here = self._refs(s, found, readers[n])
            for _, ref in here:
                if ref.cls == "state" and ref.ids:
                    forces[ref.ids[0]] += weight
            self.refs.append(here)
        self.spoken_of = frozenset(self.countries)
        """Countries that the words name, not only their places."""
        self.headed = digest.lands(document, names, lexicon.country_names())
        """The country of the heading over each sentence, in a digest of several."""
        self.lands = Lands(document, names, lexicon, forces, self.spoken_of, self.on)
        for code, k in place_countries.items():
            self.countries[code] += k
        self._count_homes()
        for actor, k in forces.items():
            self.countries[actor.removeprefix("gov:")] += k
        self.theatres = theatres
        self.by_own_name = {
            ref.ids[0] for row in self.refs for _, ref in row if ref.cls == "named" and len(ref.ids) == 1
        }
        """Groups that some name of the report can only mean."""
        called = {h.ids[0] for found in names for h in found.groups.values() if len(h.ids) == 1}
        named = NamedSides(lexicon, self.on, self.countries, self.home, self.by_own_name, self.country, called)
        self.choose = named.choose
        for n, here in enumerate(self.refs):
            for i, ref in here:
                if ref.cls in ("named", "state", "enemy") and ref.ids:
                    self.seen[self.choose(ref.ids)].append((n, i))
        self.groups: list[str] = []
        self._count_groups()
        self.ground = Ground()
        """What the claims read so far say."""
        sides: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self.alliances = Alliances(lexicon, sides, self.country, self.on)
        self.generic = GenericSides(
            lexicon,
            self.alliances,
            self.country,
            self.groups,
            forces,
            self._theme,
            self.seen,
            lambda n, i: foreground(document.sentences[n].doc[i]),
            lambda a, setting: 0.8 * self.ground.speaks_for(a, setting),
            self._armies(),
            lambda: self._at_home,
        )
        self._note_peoples()
        self.bulletin = Bulletin(
            document,
            names,
            self.refs,
            lexicon,
            self.choose,
            self.alliances,
            self.generic,
            forces,
            self.seen,
            self.country,
            self.on,
        )
        self.pointers = Pointers(
            document,
            self.refs,
            lexicon,
            self.ground,
            self.seen,
            lambda ref, n: self.resolve(ref, n)[0],
            [{i: named.then(self.choose(hit.ids)) for i, hit in found.leaders.items()} for found in names],
            self.declared,
        )

        for n, here in enumerate(self.refs):
            for i, ref in here:
                if ref.cls in ("named", "state", "nonstate", "tribal", "people") and (side := self.resolve(ref, n)[0]):
                    sides[side].append((n, i))

    @staticmethod
    def _refs(s: Sentence, found: Names, reader: PhraseReader) -> list[tuple[int, ActorRef]]:
        here: list[tuple[int, ActorRef]] = []
        for t in s.doc:
            if t.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and t.i not in found.groups:
                continue
            if not only_describes(t, found) and not inside_name(t, found):
                here += [(ref.head, ref) for ref in reader.actors(t.i)]
        return here

    def _armies(self) -> set[str]:
        """The states whose army is named as such: "the Yugoslav army", "the federal army"."""
        found = set()
        for n, here in enumerate(self.refs):
            for i, ref in here:
                if ref.word == "federal" and self.country and (union := federation(self.country, self.on)):
                    found.add(f"gov:{union}")
                    self.seen[f"gov:{union}"] = sorted([*self.seen[f"gov:{union}"], (n, i)])
                elif len(ref.ids) == 1 and ref.ids[0].startswith("gov:") and ref.word in ARMY:
                    found.add(self.choose(ref.ids))
        return found

    def _count_homes(self) -> None:
        """Groups of one country, and heads of state, speak for their country, be it never named (else others)."""
        for found in self.names:
            ids = {h.ids[0] for h in (*found.groups.values(), *found.leaders.values()) if len(h.ids) == 1}
            homes = {e.countries for a in ids if (e := self.lexicon.entry(a)) is not None}
            homes |= {(h.ids[0][4:],) for h in found.leaders.values() if h.ids[0].startswith("gov:")}
            own = {home[0] for home in homes if len(home) == 1}
            self.countries.update(own if own or self.countries else {home[0] for home in homes if home})

    def _count_groups(self) -> None:
        """The groups named so far, those named most first."""
        found = [a for a in self.seen if not a.startswith(STATELIKE)]
        self.groups[:] = sorted(found, key=lambda a: (-len(self.seen[a]), self.seen[a][0]))

    def _note_peoples(self) -> None:
        """A group that is only ever called by its people ("the Kurds") is one of the report's groups too."""
        called = [
            (told, (n, i))
            for n, here in enumerate(self.refs)
            for i, ref in here
            if ref.maybe and ref.word not in STATES_OWN and (told := self.generic.among(ref, n, None))
        ]
        for actor, spot in called:
            self.seen[actor] = sorted([*self.seen[actor], spot])
        self._count_groups()

    # -------------------------------------------------------------------------------------------------- countries
    @cached_property
    def country(self) -> str | None:
        """The country the report is about: where its places lie, then which it names most."""

        def weight(code: str) -> float:
            here = self.theatres.get(code, 0)
            # A country where no place of the report lies is an outsider: an ally, a mediator, a reporter's base.
            return 2 * here + min(self.countries[code], 8) * (1.0 if here else 0.4)

        codes = sorted({*self.countries, *self.theatres})
        return max(codes, key=weight) if codes else None

    @cached_property
    def _at_home(self) -> bool:
        return any(ref.word in OF_THE_STATE and not ref.ids for row in self.refs for _, ref in row)

    @cached_property
    def home(self) -> frozenset[str]:
        """The countries where the report's places lie."""
        total = self.theatres.total()
        own = {c for c, k in self.theatres.items() if k >= 0.15 * total}
        return frozenset(own | ({self.country} if self.country else set()))

    def lies_in(self, countries: frozenset[str], n: int) -> str | None:
        """The one country of the report in which a place of sentence `n` lies that may lie in several."""
        if self.headed[n] in countries:
            return self.headed[n]
        if self.country in countries:
            return self.country
        if len(countries) == 1 and countries <= self.spoken_of:
            return next(iter(countries))
        likely = [c for c in sorted(countries & self.spoken_of) if self.theatres[c] > 1]
        return likely[0] if len(likely) == 1 else None

    def _theme(self, n: int, i: int) -> str | None:
        """ "In Niger, soldiers ...": the country that the sentence is about before token `i`."""
        doc, found = self.document.sentences[n].doc, self.names[n].countries
        named = [found[j].ids[0] for j in sorted(found) if j < i and preposition(doc[j]) in ("in", "of", "across")]
        return named[-1] if named else None

    # -------------------------------------------------------------------------------------------------- actors
    def resolve(self, ref: ActorRef | None, n: int, setting: Setting = NOWHERE) -> tuple[str | None, bool]:
        """The actor id that a reference stands for in sentence `n`, and whether the report (not its words) told it."""
        if ref is None:
            return None, True
        setting = self._here(setting, n)
        if ref.cls == "enemy" and ref.ids:
            # "anti-Houthi fighters"
            foe = self.choose(ref.ids)
            rebels = f"rebels:{foe[4:]}" if foe.startswith("gov:") else None
            return self.other(foe, setting.country or self.country) or rebels, True
        if side := self.lands.kin(ref, n, setting.country or self.country) or self.lands.by_compass(ref, n):
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
            named = branch(self.choose(ref.ids), self.groups, self.lexicon, self.alliances)
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
            if (seated := self.bulletin.seated) and ref.first == ref.head and state == f"gov:{self.country}":
                return seated, True  # "the army", in a bulletin of those who give themselves out for the state
            return self._of_state(state), True
        if ref.cls == "tribal":
            code = ref.country or setting.country or self.country
            unnamed = f"{'vigilantes' if ref.word == 'vigilante' else 'tribal'}:{code}" if code else None
            known = self.generic.vigilantes() if ref.word == "vigilante" else None
            return unnamed if known is None or self.lexicon.entry(unnamed or "") else known, True
        if ref.cls == "nonstate":
            fighters = self.bulletin.own_fighters(ref) or self.bulletin.scorned(ref, n)
            return fighters or self.generic.group(ref, n, setting), True
        if ref.cls == "ours":
            men = ref.first < ref.head or self.bulletin.says_ours
            own = men and not QUOTES & set(self.document.sentences[n].text)
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
        headed = self.headed[n]
        return setting if setting.country or headed is None else replace(setting, country=headed)

    def _from_abroad(self, ref: ActorRef, setting: Setting) -> str | None:
        """ "the invaders", as the report itself calls them: the forces of another state that it names most."""
        home = setting.country or self.country
        if not lexis().has("invaders", ref.word) or home is None:
            return None
        states = [a for a in self.forces if a != f"gov:{home}" and self.forces[a]]
        return max(states, key=lambda a: (self.forces[a], a), default=None)

    def _of_state(self, state: str | None) -> str | None:
        """A state, or the group of the report that was its government."""
        return (ruling(state, self.groups, self.lexicon, self.on) if state else None) or state

    def speaks_for(self, ref: ActorRef, said: Span) -> str | None:
        """The side that a speaker named at `said` speaks for; the words may be carried from an earlier sentence."""
        n = bisect_right(self.starts, said.start) - 1
        office = self.bulletin.of_office(ref, said.of(self.document.report.text))
        return office or self.resolve(ref, max(n, 0))[0]

    def resolve_all(self, ref: ActorRef, n: int, setting: Setting = NOWHERE) -> tuple[list[str], bool]:
        """As `resolve`; a plural pronoun may stand for several."""
        setting = self._here(setting, n)
        again = ref.cls == "again" and ref.word != "peacekeeper" and not ref.maybe
        if (ref.cls == "pronoun" or again) and not ref.ids and not self.lands.by_compass(ref, n):
            beater = beaten_by(self.document.sentences[n], ref, self.pointers.spots(n)) if again else None
            if beater and (foe := self.foe(beater, n, setting.country)):
                return [foe], True
            found = self.pointers.back(ref, n, setting)
            return self._formal(ref, n, setting, found) or found, True
        actor, told = self.resolve(ref, n, setting)
        return ([actor] if actor else []), told

    def _formal(self, ref: ActorRef, n: int, setting: Setting, found: list[str]) -> list[str]:
        """ "The rebels attacked P. Forces have entered Q": a state's, where only rebels were spoken of before."""
        noun = self.document.sentences[n].doc[ref.head]
        both = {"DET", "NUM"} <= {c.pos_ for c in noun.children}  # "the two forces"
        bare = ref.first == ref.head and noun.tag_ == "NNS" and not both
        one = any(c.lower_ in ("a", "an") for c in noun.children) and lexis().has("units", ref.word)  # "a platoon"
        if not (found and (one or (bare and lexis().has("formal_forces", ref.word)))):
            return []
        state = self.generic.state(ref, n, setting)
        if state is None or state in setting.apart or has_troops(found[0], self.lexicon):
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
