"""The places that a report names, in order, and how likely each is the one that later words point back to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise
from math import log

from whoholds.annotate.document import Document
from whoholds.annotate.places.names import Named, PlaceRef
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.table import SUBJECT
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.model import PlaceType

WIDE = (PlaceType.COUNTRY, PlaceType.PROVINCE, PlaceType.DISTRICT)
HERE = frozenset(["it", "there", "which", "where"])
PRONOUNS = HERE | {"them", "here"}
OFTEN, LISTED, GOAL, APART = 0.3, 0.4, 0.4, 0.5
"""What counts for a name where no pronoun points back, times the logarithm of how often the report names it; and what
counts against it: one more of a list; where somebody is going; another paragraph."""
TOPIC = {"pronoun": 0.5, "noun": 0.9, "gap": 1.2}
"""What counts for the place that the title names."""
UNKNOWN = (0.8, 0.3)
"""What counts against a name that nothing vouches for; less where a claim was read about it."""
LOCATES = 1.0
"""What counts against a name that only says where another lies."""
LIES_IN = re.compile(
    r", (?:an?|the|one of|some|about|\d+)\b[^,;.:]{0,60}"
    r"\b(?:in|of|near|from|above|below|between|outside|behind|beyond|opposite|overlooking)(?: the)?"
)
GOES_ON_IN = re.compile(r"(?:[a-z]+ ?)?(?:,|in|of)(?: the)?")
"""Between a place and where it lies, and between that and where that lies: "Sabat, a village in Habila, Kordofan"."""
WITHIN = frozenset(["in", "at", "inside"])
FRONTED = 0.8
"""What counts for the place that a sentence opens with, where its own words leave out which is meant."""
LABEL = 1.0
"""What counts for a name that is a sentence by itself over its paragraph: "Momauk. Quiet. The town serves …"."""
SPOKEN_OF = {"pronoun": 1.0, "noun": 0.6, "gap": 0.0}
"""What counts for what the sentence right before was about: "They hold Bor. Akobo is another matter. It fell."."""
LEAD = 0.5
"""The same for the place of the first claim, where the title names none."""


class NamedPlaces:
    """The places of a report, by sentence, with what claims were read about them so far."""

    def __init__(
        self,
        document: Document,
        named: list[Named],
        countries: Collection[str] = (),
        topic: tuple[str | None, bool] = (None, False),
        seats: Collection[str] = (),
    ) -> None:
        self.document = document
        self.countries = frozenset(countries)
        """Of the report; a place elsewhere ("a ministry in Paris") is seldom "the town"."""
        self.topic, self.titled = topic
        """The place that the report is about, if one: what "the city" is likely to be; whether its title says so."""
        self.seats = frozenset(seats)
        """The capitals of those countries: what "the capital" is where the report names it."""
        self.by_sentence: dict[int, list[Named]] = {}
        self.of_type: dict[PlaceType | None, list[Named]] = {}
        self.often: Counter[str] = Counter()
        """How often the report names a place."""
        for n in named:
            self.by_sentence.setdefault(n.sentence, []).append(n)
            self.of_type.setdefault(n.type, []).append(n)
            self.often[(n.ref.name or "").casefold()] += 1
        self.paragraph = _paragraphs(document)
        self.lead = ""
        """The place of the first claim: what a report without such a title is likely to be about."""
        self.focus: dict[int, Named] = {}
        self.groups: dict[int, list[Named]] = {}
        """By sentence: the places of the last claim that was read about more than one."""
        self.attacks: dict[int, list[Named]] = {}
        """By sentence: the places of the last attack that was told there."""
        self.told: dict[tuple[int, int], list[Named]] = {}
        """By sentence and the token of a verb: the places of what was read of it."""
        self.parts: dict[str, Named] = {}
        """By noun: the place of which such a part was spoken of last ("the bridge at P")."""

    def note(self, sentence: int, ref: PlaceRef, named_in: int) -> None:
        """A claim of `sentence` was read about this place: it is what the next sentences speak of."""
        if ref.part and ref.first >= 0:
            self.parts[ref.part.split()[-1].lower()] = Named(named_in, ref, 1.0, ref.type)
        known = next((p for p in self.by_sentence.get(named_in, ()) if p.ref.name == ref.name), None)
        self.lead = self.lead or (ref.name or "").casefold()
        self.focus[sentence] = Named(
            named_in,
            ref,
            1.7,
            # what is claimed of Puerto Rico, the town, is not of the country
            ref.type or (known.type if known and known.type not in WIDE else None),
            known.people if known else None,
            known.countries if known else frozenset(),
        )

    def note_told(self, sentence: int, token: int, places: Iterable[tuple[PlaceRef, int]], *, attack: bool) -> None:
        """Claims of one verb or noun were read about these places; `attack`: somebody came for them."""
        rows = {ref.name: Named(named_in, ref, 1.0, ref.type) for ref, named_in in places if ref.name}
        told = list(rows.values())
        if len(told) > 1:
            self.groups[sentence] = told
        if told:
            self.told[sentence, token] = told
        if told and attack:
            self.attacks[sentence] = told

    # ---------------------------------------------------------------------------------------------- which is likely
    def _score(self, p: Named, sentence: int, n: int, word: str) -> float:
        """How likely a name that sentence `n` speaks of is what `word` in a sentence stands for.

        The numbers were chosen over claims by hand (those of the reports that are not held out).
        """
        name, back = (p.ref.name or "").casefold(), sentence - n
        kind = "pronoun" if word in PRONOUNS else "noun" if word else "gap"
        about = self._is_about(p)
        # who speaks from the very place that all is about does not speak of another
        score = (max(p.weight, 0.0) if about else p.weight) - 0.9 * back - (0 if p.ref.known else UNKNOWN[p.weight > 1])
        if p.countries and self.countries and not p.countries & self.countries:
            score -= 1.5
        if about and self.topic:
            score += TOPIC[kind]
        elif about and word:
            score += LEAD
        if back == 1 and self._is_subject(p) and n not in self.focus:
            score += SPOKEN_OF[kind]
        if self._only_locates(p):
            score -= LOCATES
        if kind != "pronoun":
            score += OFTEN * log(self.often[name] or 1) - self._by_the_way(p, word)
        if kind != "pronoun" and sum(name != (x.ref.name or "").casefold() for x in self.groups.get(n, ())) > 1:
            score -= LISTED
        if kind == "noun" and self.paragraph[n] != self.paragraph[sentence]:
            score -= APART
        if back == 0:
            score += 1.2 if word in HERE else 0.4 + 0.01 * p.ref.first / (1 + p.ref.first)
            score += FRONTED if kind != "pronoun" and (self._fronted(p) or self._is_label(p)) else 0.0
        elif kind != "pronoun" and self.paragraph[n] == self.paragraph[sentence] and self._is_label(p):
            score += LABEL
        return score

    def _is_about(self, p: Named) -> bool:
        """The place that the report's title, or else its first claim, tells of."""
        return (p.ref.name or "").casefold() == (self.topic or self.lead).casefold()

    def _is_subject(self, p: Named) -> bool:
        """ "Akobo is another matter": what the whole sentence speaks of."""
        t = self.document.sentences[p.sentence].doc[p.ref.head]
        return t.dep_ in SUBJECT and t.head.head.i == t.head.i

    def _is_label(self, p: Named) -> bool:
        """A name that is all of its sentence, or stands before a colon at its head."""
        doc = self.document.sentences[p.sentence].doc
        opens = all(t.pos_ == "PUNCT" for t in doc[: p.ref.first])
        if opens and text_of(doc[p.ref.last + 1 : p.ref.last + 2]) == ":":
            return True
        return sum(t.pos_ != "PUNCT" for t in doc) == p.ref.last - p.ref.first + 1

    def _fronted(self, p: Named) -> bool:
        """ "In P, further south, the army holds out in its barracks"."""
        doc = self.document.sentences[p.sentence].doc
        return 0 < p.ref.first <= 3 and doc[0].lower_ in WITHIN and doc[p.ref.head].head.i > p.ref.last

    def _told_of(self, p: Named, token: int) -> bool:
        """ "P changed hands when the rebels left it": what the clauses over the pronoun's own tell of."""
        doc = self.document.sentences[p.sentence].doc
        t, above = doc[token], set[int]()
        while t.head.i != t.i:
            if t.dep_ in ("advcl", "conj", "parataxis"):
                above.update(c.i for c in t.head.children if c.dep_ in SUBJECT and c.i < t.i)
            t = t.head
        return p.ref.head in above

    def _only_locates(self, p: Named) -> bool:
        """ "Sabat, a village in Habila, South Kordofan": not the place that is spoken of, but where that lies."""
        doc = self.document.sentences[p.sentence].doc
        named = sorted(self.by_sentence.get(p.sentence, ()), key=lambda q: q.ref.first)
        k = next((i for i, q in enumerate(named) if q.ref.first == p.ref.first), 0)
        between = [text_of(doc[a.ref.last + 1 : b.ref.first]) for a, b in pairwise(named[: k + 1])]
        while between and GOES_ON_IN.fullmatch(between[-1]):
            between.pop()
        return bool(between) and LIES_IN.fullmatch(between[-1]) is not None

    def _by_the_way(self, p: Named, word: str) -> float:
        """What it counts against a name that it is one more of a list, or only where somebody is going."""
        t = self.document.sentences[p.sentence].doc[p.ref.head]
        while t.dep_ in ("flat", "compound") and t.head.i != t.i:
            t = t.head
        if t.dep_ == "conj" or any(c.dep_ == "conj" and c.pos_ == "PROPN" for c in t.children):
            return LISTED
        if self._refuge(t):
            return GOAL
        if not word or preposition(t) not in ("to", "from"):
            return 0.0
        if preposition(t) == "to":
            return GOAL
        # "sent reinforcements from A to B": A is the least of the two
        sent = t.dep_ == "obl" and lexis().has("sends", t.head.lemma_.lower())
        return 2 * GOAL if sent else 0.0

    @staticmethod
    def _refuge(t: Token) -> bool:
        """ "4,000 people have reached P from Q": those who fled are there, and the war is not."""
        verb = t.head
        arrives = t.dep_ == "obj" or (t.dep_ == "obl" and preposition(t) in ("to", "in", "at", "into"))
        who = [c.lemma_.lower() for c in verb.children if c.dep_ == "nsubj"]
        return arrives and lexis().has("reaches", verb.lemma_.lower()) and lexis().has("not_a_side", *who)


def _paragraphs(document: Document) -> list[int]:
    """The number of the paragraph that each sentence stands in."""
    text, found = document.report.text, [0]
    for a, b in pairwise(document.sentences):
        between = text[a.span.end : b.span.start]
        found.append(found[-1] + (a.section != b.section or between.count("\n") > 1))
    return found
