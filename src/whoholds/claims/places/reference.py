"""What "the town", "it", "there" and a headline without a place stand for."""

from __future__ import annotations

from whoholds.annotate.places.names import Named
from whoholds.annotate.trees.tree import text_of
from whoholds.annotate.words import lexis
from whoholds.claims.places.reference_fits import fits, garrisoned
from whoholds.claims.places.reference_weight import HERE, PRONOUNS, NamedPlaces
from whoholds.model import PlaceType, Role

HEADED = 0.3
"""A place in the heading goes before what is named two sentences back."""
UNDER = 15
"""So many sentences stand under one heading at most."""
PAIRED = 4
"""Sentences that are looked back over for two places."""
GROUPED = 8
"""The same for more of them, or of any number."""
FAINT = -1.5
"""A name less likely than this is not meant, unless no other may be."""
VAGUE = frozenset(["", "area", "region", "zone", "territory", "city"])
"""Words, or none, that may mean another place than any that was named; "the area" is asked for as part of a "city"."""
WATERS = frozenset(["river", "bank", "coast", "lake", "sea"])
"""What lies along many places: one named long ago need not be meant."""
TOLD_OF = 0.8
"""What counts for the subject of the sentence where a pronoun in a further clause points back."""
ITSELF = 1.0
"""What counts for the place that all is about where "the town itself" is told from others."""


class PlaceMemory(NamedPlaces):
    """The places of a report in order, and the look back (or ahead, from a headline) for the one that is meant."""

    def resolve(self, sentence: int, token: int, word: str, type_: PlaceType | None = None) -> Named | None:
        """The place that `word` ("city", "it", "airport", "" for no word) at a token points back to."""
        s = self.document.sentences[sentence]
        if word == "capital" and (seat := self._seat(sentence, token)):
            return seat
        if s.role is Role.TITLE:
            return self._ahead(sentence, token, word, type_)
        if word and (that := self._that(sentence, token, word, type_)):
            return that
        if word not in PRONOUNS and (there := self._where_that_is(sentence, token, word, type_)):
            return there
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
        natural = word not in WATERS and lexis().has("natural", word)
        if (natural or type_ is PlaceType.FACILITY) and (only := self._only(sentence, word, type_)):
            return only
        if sentence < 4 or s.role is Role.CAPTION:
            # The first lines of a report may speak of "the town" before they name it.
            return self._ahead(sentence, token, word, type_)
        return None

    def _only(self, sentence: int, word: str, type_: PlaceType | None) -> Named | None:
        """The one valley, or airport, that the report has named so far, however long ago."""
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

    def _where_that_is(self, sentence: int, token: int, word: str, type_: PlaceType | None) -> Named | None:
        """ "from A and from P, where rebels overran the centre": the centre of P."""
        doc = self.document.sentences[sentence].doc
        t = doc[token]
        while t.dep_ != "acl:relcl" and t.head.i != t.i:
            t = t.head
        where = next((c.i for c in t.lefts if c.lower_ == "where"), 0) if t.dep_ == "acl:relcl" else 0
        if not where or doc[where - 1].lower_ == "from":
            return None  # "P, from where they attack convoys": elsewhere
        here = (p for p in self.by_sentence.get(sentence, ()) if p.ref.first <= t.head.i <= p.ref.last)
        return next((p for p in here if p.ref.name and fits(p, word, type_)), None)

    def _modifies(self, p: Named, token: int) -> bool:
        """ "the Borno town", "the Donetsk region town": the name before a noun is not what the noun stands for."""
        t = self.document.sentences[p.sentence].doc[p.ref.head]
        return 0 < token - p.ref.last < 3 and t.dep_ not in ("conj", "nmod:poss") and token in (t.head.i, t.head.head.i)

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
