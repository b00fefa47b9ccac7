"""Whom "they", "it", "the group" and "the men" point back to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from whoholds.annotate.actors.find import ActorRef
from whoholds.annotate.places.seats import is_speaker
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.claims.sides.acted_on import bidden
from whoholds.claims.sides.census import STATELIKE, Census
from whoholds.claims.sides.demands import BEFORE, FURTHEST, IN_ONE_BREATH, Demands
from whoholds.claims.sides.foreground import Spot, foreground, noun_of, top_of
from whoholds.claims.sides.ground import NOWHERE, Ground, Setting

HIM = frozenset(["he", "him", "his", "himself"])
ORDER = ("former", "latter")
TWO = "two"
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves", "both"])
CLAIMED = 10_000
"""Above all tokens: marks whom a claim tells, not a word."""
ONE_SPEAKS = 1.0
"""What it counts against the side of one man who speaks that "they" are several."""
SAME_WORD = 1.0
"""What counts for somebody who was named with the very word: "units of the army", and then "the units"."""
ONE_MAN = 0.4
"""What it counts against somebody named by his leader alone that "they" are several."""

Scored = tuple[float, int, int, str]
"""How much speaks for an actor, the sentence and the token where it stands, and the actor."""


class Pointers:
    """Looks back through the report for the actor that is meant.

    Each actor named in the sentences before is weighed: how near it stands, whether it is a subject, whether it
    fits the pronoun and the claims read so far.
    """

    def __init__(
        self,
        census: Census,
        ground: Ground,
        resolve: Callable[[ActorRef, int], str | None],
        declared: Callable[[str, str], bool],
    ) -> None:
        self.census, self.document, self.ground = census, census.document, ground
        self.resolve, self.declared, self.lex = resolve, declared, lexis()
        self._spots: dict[int, list[Spot]] = {}
        self._again: list[list[Spot]] = []

    def back(self, ref: ActorRef, n: int, setting: Setting) -> list[str]:
        """Whom it means, best first; several only where a plural points at several named together."""
        if ref.word in HIM and (leader := self._who_did(ref, n)):
            return [leader]
        if setting.own and setting.speaker and setting.speaker not in setting.apart:
            return [setting.speaker]
        if asked := bidden(self.document.sentences[n], ref, self.spots(n)):
            return asked
        if ref.word in ORDER or ref.word == TWO:
            pair = self._pair(ref, n)
            return pair if ref.word == TWO or not pair else [pair[ORDER.index(ref.word)]]
        if ref.word in HIM and (leader := self._leader(ref, n)):
            return [leader]
        asks = Demands(
            ref,
            self.document.sentences[n],
            setting,
            self.census.lexicon,
            self.ground,
            self.census.seen,
            setting.apart | self._beside(ref, n),
            self.declared,
        )
        if scored := self._scored(ref, n, asks):
            # Of equals the last before it in its own sentence, but the first of another: its main subject.
            _, m, i, actor = max(scored, key=lambda x: (x[0], x[1], x[2] if x[1] == n else -x[2]))
            several = ref.word in PLURAL or asks.part or self._both(ref, n)
            return [actor, *(self._together(m, i, actor) if several else [])]
        return self._unweighed(ref, n, asks)

    def _scored(self, ref: ActorRef, n: int, asks: Demands) -> list[Scored]:
        """Everybody before it who may be meant, weighed."""
        rivals = [(m, spot) for m, spot in self._before(ref, n) if asks.allow(spot.actor)]
        history = IN_ONE_BREATH if any(m == n for m, _ in rivals) else BEFORE
        latest = self._where_they(ref, n)
        scored = [
            (
                spot.weight
                - 0.9 * (n - m)
                + self._number(ref, m, spot)
                - self._one_speaks(ref, m, spot)
                + asks.fit(spot.actor, history)
                + (spot is latest)
                + SAME_WORD * (ref.cls == "again" and spot.ref.word == ref.word),
                m,
                spot.i,
                spot.actor,
            )
            for m, spot in rivals
        ]
        # Whom the sentences before spoke of, by whatever word: their first claim most.
        scored += [
            (0.85 - 0.9 * (n - m) + asks.fit(actor, history), m, CLAIMED + k, actor)
            for m in (n - 2, n - 1)
            for k, actor in self.ground.in_sentence.get(m, ())
            if asks.allow(actor)
        ]
        if asks.part:
            # "the defenders" of a place that somebody attacked: who was only met as the other side
            scored += [
                (0.3 - 0.9 * (n - m) + asks.fit(actor, history), m, CLAIMED, actor)
                for actor, (m, _) in self.ground.last.items()
                if 0 <= n - m <= FURTHEST and asks.allow(actor)
            ]
        if asks.named and asks.by_name:
            scored = [x for x in scored if x[3] in asks.named]
        between = preposition(self.document.sentences[n].doc[ref.head]) == "between"
        if self._both(ref, n) and not between and ref.word not in ("side", "party"):
            # "the two forces", who do something together: those who were named together
            scored = [x for x in scored if self._together(x[1], x[2], x[3])] or scored
        return scored

    def _unweighed(self, ref: ActorRef, n: int, asks: Demands) -> list[str]:
        """Whom it means where nobody near before it can be meant."""
        if asks.named:
            return asks.named[:1]
        if asks.group_only:
            before = [(max(spots_before), a) for a, spots_before in self._groups_before(n) if asks.allow(a)]
            return [max(before)[1]] if before else []
        if ref.cls != "pronoun":
            return []
        # "After its loss of P the group fled": named only after
        ahead = [s.actor for s in self.spots(n) if s.i > ref.last and asks.allow(s.actor)]
        last = (a for m, a in reversed(self.ground.actors) if m <= n and asks.allow(a))
        return ahead[:1] or list(islice(last, 1))

    def _pair(self, ref: ActorRef, n: int) -> list[str]:
        """ "the former", "the latter", "the two": the last two sides that a sentence names before it."""
        for m in (n, n - 1):
            before = [s.actor for s in self.spots(m) if m < n or s.i < ref.first] if m >= 0 else []
            if len(pair := list(dict.fromkeys(before))) == 2:
                return pair
        return []

    def _where_they(self, ref: ActorRef, n: int) -> Spot | None:
        """ "A forced B back to P, where they set up positions": who was spoken of last."""
        doc = self.document.sentences[n].doc
        placed = ref.head and doc[ref.head].lower_ == "they" and doc[ref.head - 1].lower_ == "where"
        return next((s for s in reversed(self.spots(n)) if s.i < ref.first), None) if placed else None

    def _leader(self, ref: ActorRef, n: int) -> str | None:
        """Whose leader was named last before "his", unless somebody has spoken since whom we do not know."""
        for m in range(n, max(-1, n - FURTHEST), -1):
            before = [i for i in self.census.leaders[m] if m < n or i < ref.first]
            if before:
                return self.census.leaders[m][max(before)]
            s = self.document.sentences[m]
            if m < n and any(self.lex.has("say", s.lemma(t)) for t in s.doc):
                return None
        return None

    def _who_did(self, ref: ActorRef, n: int) -> str | None:
        """ "X was asked whether he would march on P": whose leader is the subject of the same sentence."""
        doc = self.document.sentences[n].doc
        found = [i for i in self.census.leaders[n] if i < ref.first and doc[i].dep_ in ("nsubj", "nsubj:pass")]
        return self.census.leaders[n][found[-1]] if found else None

    def _both(self, ref: ActorRef, n: int) -> bool:
        """ "the two forces", "both groups", "the allies"."""
        noun = self.document.sentences[n].doc[ref.head]
        return ref.cls == "again" and any(c.lower_ in ("two", "both", "three") for c in noun.children)

    def _groups_before(self, n: int) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """The groups named before sentence `n`, however far, with where."""
        for actor, spots in self.census.seen.items():
            before = [spot for spot in spots if spot[0] < n]
            if before and not actor.startswith((*STATELIKE, "rebels:", "tribal:")):
                yield actor, before

    def _before(self, ref: ActorRef, n: int) -> Iterator[tuple[int, Spot]]:
        section = self.document.sentences[n].section
        for m in range(n, max(-1, n - FURTHEST), -1):
            if self.document.sentences[m].section != section and n - m > 2:
                return
            yield from ((m, spot) for spot in self.spots(m) if m < n or spot.i < ref.first)
            # "the towns that the group seized are still its own"
            here = ref.cls == "pronoun" and m == n
            yield from ((m, spot) for spot in self._pointing(m) if m < n or (here and spot.i < ref.first))

    def _together(self, m: int, i: int, actor: str) -> list[str]:
        """Who is named in one breath with the actor at token `i`: "A and B entered P. They ..."."""
        if i >= CLAIMED:
            i = next((s.i for s in self.spots(m) if s.actor == actor), -1)
        if i < 0:
            return []
        doc = self.document.sentences[m].doc
        top = top_of(doc[i])
        return sorted({s.actor for s in self.spots(m) if s.actor != actor and top_of(doc[s.i]) == top})

    def spots(self, n: int) -> list[Spot]:
        """The actors that a sentence names by themselves, from left to right."""
        found = self._spots.get(n)
        if found is None:
            found = []
            for i, ref in self.census.refs[n]:
                points = ref.cls in ("pronoun", "again", "ours", "enemy") and ref.word != "peacekeeper"
                if not points and (actor := self.resolve(ref, n)):
                    t = self.document.sentences[n].doc[i]
                    found.append(Spot(i, ref, actor, foreground(t), noun_of(t).tag_))
            self._spots[n] = found
        return found

    def _pointing(self, n: int) -> list[Spot]:
        """Who is meant by the words of a sentence that name none themselves ("the group")."""
        while len(self._again) <= n:
            # From the first sentence on, so that each finds those before it done.
            m = len(self._again)
            self._again.append([])
            for i, ref in self.census.refs[m]:
                found = self.back(ref, m, NOWHERE) if ref.cls == "again" and ref.word != "peacekeeper" else []
                if ref.cls == "enemy" and (foe := self.resolve(ref, m)):
                    found = [foe]  # "The enemy attacked P. He was driven off"
                if found:
                    t = self.document.sentences[m].doc[i]
                    self._again[m].append(Spot(i, ref, found[0], foreground(t), t.tag_))
        return self._again[n]

    def _number(self, ref: ActorRef, m: int, spot: Spot) -> float:
        """How well the numbers agree."""
        plural = spot.ref.cls in ("state", "nonstate", "tribal", "named") and spot.tag == "NNS"
        if ref.word in ("it", "its", "itself"):
            return -0.7 if plural else 0.0
        return -ONE_MAN if ref.word in PLURAL and spot.i in self.census.leaders[m] else 0.0

    def _one_speaks(self, ref: ActorRef, m: int, spot: Spot) -> float:
        """ "A rebel fighter said that troops had entered P. They held the bridge": they are not the one who says it."""
        doc = self.document.sentences[m].doc
        noun = noun_of(doc[spot.i])
        if noun.dep_ == "nmod" and preposition(noun) == "of" and noun.head.lower_ == "member":
            noun = noun.head  # "A member of the militia said the town was in their hands"
        one = noun.lower_ == "member" or self.lex.has("one_man", noun.lower_)
        alone = ref.word in PLURAL and noun.tag_ == "NN" and one
        return ONE_SPEAKS if alone and is_speaker(self.document.sentences[m], noun) else 0.0

    def _beside(self, ref: ActorRef, n: int) -> frozenset[str]:
        """Whom the other arguments of the same verb name: they are somebody else."""
        if ref.cls != "pronoun":
            return frozenset()
        doc = self.document.sentences[n].doc
        t = doc[ref.head]
        above = self.document.sentences[n].lemma(t.head)
        if ref.first < ref.head and (self.lex.has("governs", above) or self.lex.has("moves_own", above)):
            # "Moscow ordered its troops to leave": its own
            return frozenset()
        if t.dep_ not in ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent"):
            return frozenset()
        return frozenset(
            s.actor
            for s in self.spots(n)
            if doc[s.i].head.i == t.head.i
            and s.i != t.i
            and doc[s.i].dep_ in ("nsubj", "nsubj:pass", "obj", "obl:agent")
        )
