"""Whom and which countries one report names, where and how often, and so which country it is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.trees.nominals import preposition
from whoholds.claims.sides import digest
from whoholds.claims.sides.described import inside_name, of_outsiders, only_describes
from whoholds.claims.sides.named import NamedSides
from whoholds.claims.sides.rulers import federation

STATELIKE = ("gov:", "coalition:")
ARMY = frozenset(["army", "military"])
"""Words for a state's men of whom a report of two armies may have only one called so."""
OF_THE_STATE = frozenset(
    ["government", "regime", "police", "policeman", "loyalist", "gendarme", "gendarmerie", "federal"]
)
"""Words for a state's men that its own land has, whoever else fights there."""
AT_HEAD = 3
"""Sentences at the head of a report, which say what it is about."""


class Census:
    """The sides and countries that a report names.

    `readers`: of the phrases of each sentence; `place_countries`: how many places lie in each country (alpha-3);
    `theatres`: how many of them without the places where talks were held.
    """

    def __init__(
        self,
        document: Document,
        names: list[Names],
        readers: list[PhraseReader],
        lexicon: Lexicon,
        place_countries: Counter[str],
        theatres: Counter[str],
    ) -> None:
        self.document, self.names, self.lexicon, self.theatres = document, names, lexicon, theatres
        published = document.report.published
        self.on: date | None = published.end if published is not None else None
        """The report's day."""
        self.refs = [_refs(s, found, readers[s.index]) for s, found in zip(document.sentences, names, strict=True)]
        """By sentence the words for actors, with the token that each hangs on."""
        self.countries: Counter[str] = Counter()
        """How often each is named or meant (alpha-3)."""
        self.forces: Counter[str] = Counter()
        """How often each state's forces are named as such."""
        self._count_words()
        self.spoken_of = frozenset(self.countries)
        """Countries that the words name, not only their places."""
        self.headed = digest.lands(document, names, lexicon.country_names())
        """The country of the heading over each sentence, in a digest of several."""
        self.countries.update(place_countries)
        self._count_homes()
        for actor, k in self.forces.items():
            self.countries[actor.removeprefix("gov:")] += k
        own_names = {ref.ids[0] for _, ref in self.spots() if ref.cls == "named" and len(ref.ids) == 1}
        called = {h.ids[0] for found in names for h in found.groups.values() if len(h.ids) == 1}
        chosen = NamedSides(lexicon, self.on, self.countries, self.home, own_names, self.country, called)
        self.choose = chosen.choose
        """Which of the actors that a name may mean is meant here."""
        self.leaders = [{i: chosen.then(self.choose(h.ids)) for i, h in found.leaders.items()} for found in names]
        """By sentence and token the actor whose leader is named there."""
        self.seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """By actor: sentences and tokens that name it."""
        for spot, ref in self.spots():
            if ref.cls in ("named", "state", "enemy") and ref.ids:
                self.seen[self.choose(ref.ids)].append(spot)
        self.groups: list[str] = []
        """The actors named that are no states, those named most first."""
        self._order_groups()
        self.armies = self._armies()
        """The states whose army is named as such: "the Yugoslav army", "the federal army"."""

    def spots(self) -> Iterator[tuple[tuple[int, int], ActorRef]]:
        """All words for actors, with their sentence and token, in order."""
        return (((n, i), ref) for n, row in enumerate(self.refs) for i, ref in row)

    def note(self, actor: str, spot: tuple[int, int]) -> None:
        """Words of the report that turned out to name an actor."""
        self.seen[actor] = sorted([*self.seen[actor], spot])
        self._order_groups()

    def _order_groups(self) -> None:
        found = [a for a in self.seen if not a.startswith(STATELIKE)]
        self.groups = sorted(found, key=lambda a: (-len(self.seen[a]), self.seen[a][0]))

    def _count_words(self) -> None:
        for s, found, here in zip(self.document.sentences, self.names, self.refs, strict=True):
            weight = 2 if s.role.value in ("title", "caption") or s.index < AT_HEAD else 1
            for code in {code for i, code in found.demonyms.items() if not of_outsiders(s.doc[i])}:
                self.countries[code] += weight
            for hit in {id(h): h for h in found.countries.values()}.values():
                where = preposition(s.doc[hit.first]) in ("in", "across", "throughout")
                self.countries[hit.ids[0]] += weight * (3 if where else 1)
            for _, ref in here:
                if ref.cls == "state" and ref.ids:
                    self.forces[ref.ids[0]] += weight

    def _count_homes(self) -> None:
        """Groups of one country, and heads of state, speak for their country, be it never named (else others)."""
        for found in self.names:
            ids = {h.ids[0] for h in (*found.groups.values(), *found.leaders.values()) if len(h.ids) == 1}
            homes = {e.countries for a in ids if (e := self.lexicon.entry(a)) is not None}
            homes |= {(h.ids[0][4:],) for h in found.leaders.values() if h.ids[0].startswith("gov:")}
            own = {home[0] for home in homes if len(home) == 1}
            self.countries.update(own if own or self.countries else {home[0] for home in homes if home})

    def _armies(self) -> set[str]:
        armies = set()
        for spot, ref in self.spots():
            if ref.word == "federal" and self.country and (union := federation(self.country, self.on)):
                armies.add(f"gov:{union}")
                self.note(f"gov:{union}", spot)
            elif len(ref.ids) == 1 and ref.ids[0].startswith("gov:") and ref.word in ARMY:
                armies.add(self.choose(ref.ids))
        return armies

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
    def home(self) -> frozenset[str]:
        """The countries where the report's places lie."""
        total = self.theatres.total()
        own = {c for c, k in self.theatres.items() if k >= 0.15 * total}
        return frozenset(own | ({self.country} if self.country else set()))

    @cached_property
    def tells_of_own_men(self) -> bool:
        """Whether words tell of the state's own men, without its name: "the government", "police"."""
        return any(ref.word in OF_THE_STATE and not ref.ids for _, ref in self.spots())

    def theme(self, n: int, i: int) -> str | None:
        """ "In Niger, soldiers ...": the country that the sentence is about before token `i`."""
        doc, found = self.document.sentences[n].doc, self.names[n].countries
        named = [found[j].ids[0] for j in sorted(found) if j < i and preposition(doc[j]) in ("in", "of", "across")]
        return named[-1] if named else None

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


def _refs(s: Sentence, found: Names, reader: PhraseReader) -> list[tuple[int, ActorRef]]:
    """The words of a sentence for actors; not what only says where or of which kind something is."""
    here: list[tuple[int, ActorRef]] = []
    for t in s.doc:
        if t.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and t.i not in found.groups:
            continue
        if not only_describes(t, found) and not inside_name(t, found):
            here += [(ref.head, ref) for ref in reader.actors(t.i)]
    return here
