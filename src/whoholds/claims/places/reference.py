"""What "the town", "it", "there" and a headline without a place stand for."""

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
from whoholds.claims.places.reference_fits import fits, garrisoned
from whoholds.model import PlaceType, Role

WIDE = (PlaceType.COUNTRY, PlaceType.PROVINCE, PlaceType.DISTRICT)
HEADED = 0.3
"""A place in the heading goes before what is named two sentences back."""
UNDER = 15
"""So many sentences stand under one heading at most."""
HERE = frozenset(["it", "there", "which", "where"])
PRONOUNS = HERE | {"them", "here"}
PAIRED = 4
"""Sentences that are looked back over for two places."""
GROUPED = 8
"""The same for more of them, or of any number."""
OFTEN, LISTED, GOAL, APART = 0.3, 0.4, 0.4, 0.5
"""What counts for a name where no pronoun points back, times the logarithm of how often the report names it; and what
counts against it: one more of a list; where somebody is going; another paragraph."""
TOPIC = {"pronoun": 0.5, "noun": 0.9, "gap": 1.2}
"""What counts for the place that the title names."""
UNKNOWN = (0.8, 0.3)
"""What counts against a name that nothing vouches for; less where a claim was read about it."""
FAINT = -1.5
"""A name less likely than this is not meant, unless no other may be."""
VAGUE = frozenset(["", "area", "region", "zone", "territory", "city"])
"""Words, or none, that may mean another place than any that was named; "the area" is asked for as part of a "city"."""
WATERS = frozenset(["river", "bank", "coast", "lake", "sea"])
"""What lies along many places: one named long ago need not be meant."""
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
TOLD_OF = 0.8
"""What counts for the subject of the sentence where a pronoun in a further clause points back."""
LABEL = 1.0
"""What counts for a name that is a sentence by itself over its paragraph: "Momauk. Quiet. The town serves …"."""
ITSELF = 1.0
"""What counts for the place that all is about where "the town itself" is told from others."""
LEAD = 0.5
"""The same for the place of the first claim, where the title names none."""


class PlaceMemory:
    """The places of a report in order, and the look back (or ahead, from a headline) for the one that is meant."""

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

    def note_group(self, sentence: int, places: Iterable[tuple[PlaceRef, int]]) -> None:
        """Claims of one frame were read about these places: "them", "both towns"."""
        rows = {ref.name: Named(named_in, ref, 1.0, ref.type) for ref, named_in in places if ref.name}
        if len(rows) > 1:
            self.groups[sentence] = list(rows.values())

    def resolve(self, sentence: int, token: int, word: str, type_: PlaceType | None = None) -> Named | None:
        """The place that `word` ("city", "it", "airport", "" for no word) at a token points back to."""
        s = self.document.sentences[sentence]
        if word == "capital" and (seat := self._seat(sentence, token)):
            return seat
        if s.role is Role.TITLE:
            return self._ahead(sentence, token, word, type_)
        if word and (that := self._that(sentence, token, word, type_)):
            return that
        itself = word != "" and text_of(s.doc[token + 1 : token + 2]) == "itself"
        best: tuple[float, Named] | None = None
        met: set[str] = set()
        for back in range(6):
            n = sentence - back
            if n < 0:
                break
            other = self.document.sentences[n]
            if back > 3 and other.section != s.section:
                break
            pool = [
                p
                for p in self.by_sentence.get(n, ())
                if (n < sentence or (p.ref.first < token and not self._modifies(p, token))) and fits(p, word, type_)
            ]
            focus = self.focus.get(n)
            if (
                focus
                and focus.ref.name
                and (fits(focus, word, type_) or (not word and garrisoned(focus, self.topic or self.lead)))
                and (back or focus.sentence < n or focus.ref.first < token)
            ):
                pool = [*pool, focus]
            for p in pool:
                score = self._score(p, sentence, n, word)
                score += TOLD_OF if word in HERE and p.sentence == sentence and self._told_of(p, token) else 0.0
                score += ITSELF if itself and self._is_about(p) else 0.0
                met.add((p.ref.name or "").casefold())
                if best is None or score > best[0]:
                    best = (score, p)
        if (headed := self._headed(sentence, word, type_)) and (best is None or best[0] < HEADED):
            return headed
        if self.topic and self.titled and (best is None or best[0] < 0.05):
            for row in self.by_sentence.values():
                for p in row:
                    if p.ref.name and p.ref.name.casefold() == self.topic.casefold() and fits(p, word, type_):
                        return p
        if best is not None and (best[0] > FAINT or (word not in VAGUE and len(met) == 1)):
            return best[1]
        for n in range(sentence - 1, -1, -1):
            if self.document.sentences[n].role is Role.TITLE:
                pool = [p for p in self.by_sentence.get(n, ()) if fits(p, word, type_)]
                if pool:
                    return pool[0]
        if lexis().has("province", word):
            earlier = [p for n in range(sentence - 1, -1, -1) for p in self.by_sentence.get(n, ())]
            if found := next((p for p in earlier if fits(p, word, type_)), None):
                return found
        if word not in WATERS and lexis().has("natural", word) and (only := self._only(sentence, word, type_)):
            return only
        if sentence < 4 or s.role is Role.CAPTION:
            # The first lines of a report may speak of "the town" before they name it.
            return self._ahead(sentence, token, word, type_)
        return None

    def _only(self, sentence: int, word: str, type_: PlaceType | None) -> Named | None:
        """The one valley that the report has named so far, however long ago."""
        before = (p for p in self.of_type.get(type_, ()) if p.sentence < sentence)
        named = {(p.ref.name or "").casefold(): p for p in before if fits(p, word, type_)}
        return next(iter(named.values())) if len(named) == 1 else None

    def _that(self, sentence: int, token: int, word: str, type_: PlaceType | None) -> Named | None:
        """ "can hold a road to P. That village": the one named last, however much by the way."""
        doc = self.document.sentences[sentence].doc
        if not any(c.lower_ == "that" and c.dep_ == "det" for c in doc[token].lefts):
            return None
        for n in range(sentence, max(-1, sentence - 3), -1):
            rows: list[Named] = list(self.by_sentence.get(n, ()))
            rows += [self.focus[n]] if n in self.focus else []
            pool = [p for p in rows if p.weight > -1 and fits(p, word, type_) and (n < sentence or p.ref.first < token)]
            here = [p for p in pool if p.sentence == n]
            if pool:
                return max(here, key=lambda p: p.ref.first) if here else pool[-1]
        return None

    def _modifies(self, p: Named, token: int) -> bool:
        """ "the Borno town", "the Donetsk region town": the name before a noun is not what the noun stands for."""
        t = self.document.sentences[p.sentence].doc[p.ref.head]
        return 0 < token - p.ref.last < 3 and t.dep_ not in ("conj", "nmod:poss") and token in (t.head.i, t.head.head.i)

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

    def _seat(self, sentence: int, token: int) -> Named | None:
        """The country's capital, as the report names it before (else after) a token."""
        order = [*range(sentence, -1, -1), *range(sentence + 1, len(self.document.sentences))]
        for n in order:
            for p in reversed(self.by_sentence.get(n, ())):
                if p.ref.name in self.seats and not (n == sentence and p.ref.first > token):
                    return p
        return None

    def _headed(self, sentence: int, word: str, type_: PlaceType | None) -> Named | None:
        """The place that the heading over a sentence names."""
        for n in range(sentence - 1, max(-1, sentence - UNDER), -1):
            if self.document.sentences[n].role is Role.HEADING:
                return next((p for p in self.by_sentence.get(n, ()) if fits(p, word, type_)), None)
        return None

    def resolve_many(self, sentence: int, token: int, word: str, count: int = 0) -> list[Named]:
        """ "both towns", "the two villages", "them": the places of the last sentence that names more than one.

        `count`: how many they are, where that is said ("all three").
        """
        wanted = 2 if word == "both" else count
        if wanted == 2 and (pair := self._pair(sentence, token, word)):
            return pair
        if word == "them" and len(listed := self._listed(sentence, token, word)) > 1:
            return listed
        for n in range(sentence, max(-1, sentence - GROUPED), -1):
            group = [p for p in self.groups.get(n, ()) if n < sentence or p.ref.last < token]
            if wanted > 2 and len(group) != wanted:
                if n < sentence and len(listed := self._listed(n, None, word)) == wanted:
                    return listed  # "All three": as many as a sentence lists
                continue
            if len(group) > 1:
                return group[-2:] if wanted == 2 else group
            if word == "them":
                continue
            pool = self._distinct(n, token if n == sentence else None, word)
            if len(pool) >= 2:
                return pool[-2:] if wanted == 2 else pool
        return []

    def _pair(self, sentence: int, token: int, word: str) -> list[Named]:
        """The last two that were named or claimed as two, and not as three: "both towns"."""
        for n in range(sentence, max(-1, sentence - PAIRED), -1):
            before = [p for p in self.groups.get(n, ()) if n < sentence or p.ref.last < token]
            found = before or self._listed(n, token if n == sentence else None, word)
            if not found and self.paragraph[n] == self.paragraph[sentence]:
                found = self._distinct(n, token if n == sentence else None, word)
            if len(found) == 2:
                return found
        return []

    def _distinct(self, n: int, token: int | None, word: str) -> list[Named]:
        """The places that a sentence names before a token, each once."""
        pool: dict[str, Named] = {}
        for p in self.by_sentence.get(n, ()):
            if (token is None or p.ref.last < token) and p.weight >= 1 and p.ref.name and fits(p, word, None):
                pool.setdefault(p.ref.name, p)
        return list(pool.values())

    def _listed(self, n: int, token: int | None, word: str) -> list[Named]:
        """The last places of a sentence, before a token, that it names in one breath: "A, B and C"."""
        doc = self.document.sentences[n].doc
        lists: dict[int, list[Named]] = {}
        for p in self._distinct(n, token, word):
            t = doc[p.ref.head]
            while t.dep_ in ("conj", "flat", "compound") and t.head.i < t.i:
                t = t.head
            lists.setdefault(t.i, []).append(p)
        return next((found for found in reversed(list(lists.values())) if len(found) > 1), [])

    def _ahead(self, sentence: int, token: int, word: str, type_: PlaceType | None) -> Named | None:
        named = self.by_sentence.get(sentence, ())
        here = [p for p in named if p.ref.first != token and p.weight >= 0 and fits(p, word, type_)]
        if here and word not in ("town", "city", "village", "stronghold", "bastion"):
            return here[0]
        later = range(sentence + 1, min(sentence + 10, len(self.document.sentences)))
        for n in later:
            focus = self.focus.get(n)
            if focus and focus.type is not PlaceType.AREA and fits(focus, word, type_):
                return focus
        for n in later[:1] if not word else ():
            pool = [p for p in self.by_sentence.get(n, ()) if fits(p, word, type_) and p.weight >= 1]
            if pool:
                return pool[0]
        return None


def _paragraphs(document: Document) -> list[int]:
    """The number of the paragraph that each sentence stands in."""
    text, found = document.report.text, [0]
    for a, b in pairwise(document.sentences):
        between = text[a.span.end : b.span.start]
        found.append(found[-1] + (a.section != b.section or between.count("\n") > 1))
    return found
