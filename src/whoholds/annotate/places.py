"""Where a noun phrase points: the place it names, whole or part, or the words that point back at one.

A phrase is read by its head: a name ("Ramadi"), a typed noun with a name ("the village of Ghnayman", "Mosul airport"),
a part of a place ("the eastern districts of Taiz"), an area described from one ("areas east of Ramadi"), or a word
that stands for a place named elsewhere ("the city", "it", "there"). Names need no gazetteer to be read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from spacy.tokens import Token

from whoholds.annotate.actors import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.model import PlaceType

COMPASS = re.compile(r"^(north|south|east|west)(-?(east|west))?(ern)?(most)?$|^[ns][ew]$", re.I)
ACRONYM = re.compile(r"[A-Z]{2,6}s?$")
PUNCTUATION = frozenset("-–'’\".")
PARTICLES = lexis()["particles"]
ANAPHORS = lexis()["anaphors"]
NOT_PLACES = lexis()["not_places"]
TITLES = lexis()["titles"]


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as a phrase names it; `name` is None where the report has to tell which ("the city")."""

    first: int
    last: int
    head: int
    name: str | None
    type: PlaceType | None = None
    extent: str | None = None
    part: str | None = None
    share: float | None = None
    anaphor: str = ""
    """The word that points back: "city", "it", "there"."""
    many: bool = False
    known: bool = False
    """A name that a gazetteer or a typed noun vouches for."""
    parent: str | None = None


class PlaceReader:
    """Reads place phrases of one sentence. `is_known(name)` asks the gazetteer."""

    def __init__(self, s: Sentence, names: Names, is_known: Callable[[str], bool], persons: frozenset[str] = frozenset(),
                 country_name: Callable[[str], str] = str) -> None:  # fmt: skip
        self.s, self.names, self.is_known, self.lex, self.persons = s, names, is_known, lexis(), persons
        self.country_name = country_name

    def places(self, i: int, depth: int = 0, *, strict: bool = False) -> list[PlaceRef]:
        """Places named by the phrase headed by token `i`, coordinated ones included. Empty where it is no place."""
        if depth > 4:
            return []
        asked, i = i, antecedent(self.s, i)
        found = self._one(i, depth)
        if i != asked:
            # "in the desert, 50 km north of P, where ...": the description right before the pronoun
            near = [
                r
                for x in self.s.doc[max(0, asked - 8) : asked]
                for r in [self._described(x)]
                if r and r.last >= max(i, asked - 3)
            ]
            found = near[:1] or found
        for child in self.s.doc[i].children:
            if (
                child.i > i
                and child.dep_ in ("nmod", "obl", "appos", "conj")
                and _case(child) in ("including", "such as", "like", "notably", "especially", "among")
            ):
                found += self.places(child.i, depth + 1)
        for child in self.s.doc[i].children:
            if child.dep_ == "conj" and child.i > i and not self._other_clause(child):
                more = self.places(child.i, depth + 1, strict=strict)
                # "the towns of A and B": the type goes on over the list, and so does "parts of".
                if found and more:
                    more = [
                        replace(m, extent=m.extent or found[0].extent, known=m.known or found[0].known) for m in more
                    ]
                found += more
        unique: dict[tuple[int, int], PlaceRef] = {}
        for ref in found:
            unique.setdefault((ref.first, ref.last), ref)
        return list(unique.values())

    def placeable(self, i: int) -> bool:
        """True where the phrase is of something on the ground, named or not: villages, bases, positions, ground."""
        t = self.s.doc[i]
        if self._type(self.s.lemma(t), t) is not None or self.lex.has("part_of", self.s.lemma(t)):
            return True
        return any(_case(c) == "of" and self._type(self.s.lemma(c), c) is not None for c in t.children)

    # ------------------------------------------------------------------------------------------------ one phrase
    def _one(self, i: int, depth: int) -> list[PlaceRef]:
        t = self.s.doc[i]
        lower, lemma = t.lower_, self.s.lemma(t)
        described = self._described(t)
        if described:
            return [described]
        if t.pos_ in ("PRON", "ADV") or lower in ANAPHORS:
            return [PlaceRef(i, i, i, None, anaphor=lower)] if lower in ANAPHORS else []
        if COMPASS.match(lower) or (
            not self._titled(t)
            and (
                lemma in ("centre", "center", "downtown", "outskirt", "outskirts")
                or self.lex.has("part_of", lemma, lower)
            )
        ):
            part = self._part(t, depth)
            if part:
                return part
        kind = self._type(lemma, t)
        if kind is not None:
            return self._typed(t, kind, depth)
        if self._is_name(t):
            return self._named(t)
        if lemma in ("rest", "most", "all", "much", "half", "majority", "third", "quarter", "percent", "%", "whole", "entirety", "control",
                     "bulk", "lot", "remainder", "number", "dozen", "series", "hundred", "several", "each", "any", "one", "two", "some", "many") or t.pos_ == "NUM":  # fmt: skip
            return self._quantity(t, depth)
        return []

    def _titled(self, t: Token) -> bool:
        """ "Penitentiary center", "Ramouseh district": a part with a name of its own."""
        return any(
            c.i < t.i
            and c.dep_ in ("compound", "amod", "nmod", "flat")
            and c.text[:1].isupper()
            and not COMPASS.match(c.text)
            and c.lower_ not in ("city", "town")
            for c in t.children
        )

    def _type(self, lemma: str, t: Token) -> PlaceType | None:
        if t.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        for name, kind in (
            ("settlement", PlaceType.SETTLEMENT), ("facility", PlaceType.FACILITY), ("district", PlaceType.DISTRICT),
            ("province", PlaceType.PROVINCE), ("country_noun", PlaceType.COUNTRY), ("road", PlaceType.ROAD), ("border", PlaceType.BORDER),
            ("natural", PlaceType.AREA), ("area", PlaceType.AREA),
        ):  # fmt: skip
            if self.lex.has(name, lemma, t.lower_):
                return kind
        return None

    def starts_name(self, t: Token) -> bool:
        """True for a capital, and for the particle of "al-Rai", "ez-Zor"."""
        if t.text[:1].isupper():
            return True
        doc = self.s.doc
        return (
            t.lower_ in PARTICLES
            and t.i + 2 < len(doc)
            and doc[t.i + 1].text in "-–"
            and doc[t.i + 2].text[:1].isupper()
        )

    def _is_name(self, t: Token) -> bool:
        if not t.text[:1].isupper() and self.starts_name(t) and t.i not in self.names.groups:
            return True
        if not t.text[:1].isupper() or t.lower_ in NOT_PLACES or t.i in self.names.groups:
            return False
        if ACRONYM.match(t.text) and any(c.islower() for c in self.s.text) and t.i not in self.names.countries:
            return False
        if t.i in self.names.demonyms and t.i not in self.names.countries:
            return False
        if t.pos_ == "PROPN" or t.tag_ in ("NNP", "NNPS") or t.i in self.names.countries:
            return True
        if (
            t.i > 0
            and self.s.doc[t.i - 1].lower_ in (",", "and", "of")
            and t.pos_ not in ("PRON", "DET", "ADP", "CCONJ", "SCONJ")
            and self.s.role.value != "title"
        ):
            return True
        return t.pos_ in ("NOUN", "ADJ", "X", "VERB", "INTJ") and t.i > 0 and self.is_known(self._run_text(t.i))

    # ------------------------------------------------------------------------------------------------ names
    def run(self, i: int) -> tuple[int, int]:
        """First and last token of the run of capitals around `i`, with particles and hyphens inside it."""
        doc = self.s.doc

        def joins(left: int, right: int) -> bool:
            """True where two neighbouring tokens belong to one name."""
            a, b = doc[left], doc[right]
            if right in self.names.groups or left in self.names.groups:
                return False
            if b.text in "-–'’" or a.text in "-–'’":
                return not a.whitespace_
            return bool(a.text[:1].isupper() or a.lower_ in PARTICLES)

        first = last = i
        while first > 0:
            j = first - 1
            p = doc[j]
            if (
                p.text in "-–'’"
                and not p.whitespace_
                and j > 0
                and not doc[j - 1].whitespace_
                and is_word(doc[j - 1])
                and doc[j - 1].lower_ not in ("held", "controlled", "backed", "led")
            ):
                # al-Qaim, Deir ez-Zor, M'Goma; but not "ISIS-held"
                if doc[j - 1].lower_ in PARTICLES or doc[j - 1].text[:1].isupper():
                    first = j - 1
                    continue
                break
            if (
                (p.text[:1].isupper() or (p.lower_ in PARTICLES and p.whitespace_ == ""))
                and is_word(p)
                and joins(j, first)
                and p.lower_ not in NOT_PLACES
                and p.lower_ not in ("the", "in", "on", "at", "and")
                and p.pos_ in ("PROPN", "NOUN", "ADJ", "X", "ADP", "DET", "VERB")
            ):
                if p.lower_ in TITLES or j in self.names.demonyms or self._starts_sentence_word(p):
                    break
                first = j
                continue
            break
        while last < len(doc) - 1:
            j = last + 1
            n = doc[j]
            if (
                n.text in "-–'’"
                and not doc[last].whitespace_
                and not n.whitespace_
                and j + 1 < len(doc)
                and (doc[j + 1].text[:1].isupper() or doc[last].lower_ in PARTICLES or doc[j + 1].lower_ in PARTICLES)
            ):
                last = j + 1
                continue
            if (
                n.text[:1].isupper()
                and is_word(n)
                and n.pos_ in ("PROPN", "NOUN", "X", "ADJ")
                and joins(last, j)
                and n.lower_ not in NOT_PLACES
                and j not in self.names.demonyms
            ):
                last = j
                continue
            if (
                n.lower_ in PARTICLES
                and j + 1 < len(doc)
                and (doc[j + 1].text[:1].isupper() or doc[j + 1].text in "-–")
                and (n.lower_ not in ("at", "as", "an", "la") or (j + 1 < len(doc) and doc[j + 1].text in "-–"))
            ):
                k = j + 1
                if doc[k].text in "-–" and k + 1 < len(doc):
                    k += 1
                if k < len(doc) and doc[k].text[:1].isupper():
                    last = k
                    continue
            break
        return first, last

    def _starts_sentence_word(self, p: Token) -> bool:
        """A capital that is only that of the sentence's first word ("In", "While", "Nearby")."""
        return p.i == 0 and p.pos_ not in ("PROPN",)

    def _run_text(self, i: int) -> str:
        first, last = self.run(i)
        return self.s.doc[first : last + 1].text

    def _named(self, t: Token) -> list[PlaceRef]:
        doc = self.s.doc
        first, last = self.run(t.i)
        if any(x.lower_ in TITLES for x in doc[max(0, first - 1) : last + 1]):
            return []
        if all(x.lower_ in self.persons for x in doc[first : last + 1] if x.text not in PUNCTUATION):
            return []
        extent, part = None, None
        name = doc[first : last + 1].text
        kind: PlaceType | None = None
        known = t.i in self.names.countries
        if known:
            hit = self.names.countries[t.i]
            first, last = min(first, hit.first), max(last, hit.last)
            name, kind = doc[hit.first : hit.last + 1].text, PlaceType.COUNTRY
        # "Kirkuk city", "Hasakah Province": the type is not part of the name, but it tells what is meant.
        if not known and last > first:
            tail = self._type(doc[last].lower_, doc[last])
            if tail is not None and tail in (PlaceType.SETTLEMENT, PlaceType.PROVINCE, PlaceType.DISTRICT):
                kind, known = tail, True
                if tail is PlaceType.SETTLEMENT:
                    name = doc[first:last].text
            elif tail is not None:
                kind, known = tail, True
        lead = doc[first]
        if COMPASS.match(lead.text) and last > first and not self.is_known(name):
            extent, part = "part", lead.text
            name = doc[first + 1 : last + 1].text
        elif first > 0 and COMPASS.match(doc[first - 1].text) and doc[first - 1].head.i in range(first, last + 1):
            extent, part = "part", doc[first - 1].text
        if kind is PlaceType.COUNTRY and first > 0 and COMPASS.match(doc[first - 1].text):
            # "northern Ukraine" is smaller than a country.
            first -= 1
            name, kind, extent, part = f"{doc[first].text} {name}", PlaceType.AREA, None, None
        known = known or self.is_known(name)
        ref = PlaceRef(first, last, t.i, name.strip(" '’-"), kind, extent, part, known=known)
        return [ref]

    # ------------------------------------------------------------------------------------------------ typed nouns
    def _typed(self, t: Token, kind: PlaceType, depth: int) -> list[PlaceRef]:
        doc, s = self.s.doc, self.s
        extent, part, share = self._extent(t)
        # "the town of X", "the villages of A, B and C", "areas of X"
        for child in t.children:
            case = _case(child)
            if (
                child.i > t.i
                and child.dep_ in ("nmod", "obl", "flat", "compound")
                and case in ("of", "called", "named")
                and (self.starts_name(child) or self._type(s.lemma(child), child) is not None)
            ):
                inner = self.places(child.i, depth + 1)
                if not inner and self.starts_name(child) and child.i not in self.names.groups:
                    inner = self._named(child)
                if not inner:
                    continue
                if (
                    t.tag_ == "NNS"
                    and len(inner) == 1
                    and case == "of"
                    and kind in (PlaceType.SETTLEMENT, PlaceType.FACILITY)
                    and any(c.pos_ == "NUM" or c.lower_ in ("several", "some", "many") for c in t.children)
                ):
                    # "six villages of Djugu" are not Djugu
                    first = self._np_start(t)
                    return [
                        PlaceRef(
                            first,
                            inner[0].last,
                            t.i,
                            s.text[doc[first].idx : doc[inner[0].last].idx + len(doc[inner[0].last])],
                            PlaceType.AREA,
                            extent,
                            known=True,
                        )
                    ]
                if kind in (PlaceType.SETTLEMENT, PlaceType.DISTRICT, PlaceType.PROVINCE, PlaceType.COUNTRY) and not (
                    kind is PlaceType.DISTRICT and t.tag_ == "NNS"
                ):
                    return [replace(r, type=r.type or kind, known=True, extent=r.extent or extent) for r in inner]
                if kind is PlaceType.AREA or (kind is PlaceType.DISTRICT and t.tag_ == "NNS"):
                    return [replace(r, extent=r.extent or "part", part=r.part or self._phrase(t)) for r in inner]
                if inner[0].name and kind is PlaceType.FACILITY and self.lex.has("inside_town", s.lemma(t)):
                    return [replace(r, extent="part", part=self._phrase(t)) for r in inner]
                if inner[0].name:
                    first = self._np_start(t)
                    return [
                        PlaceRef(
                            t.i, inner[0].last, t.i, doc[first : inner[0].last + 1].text, kind, extent, part, known=True
                        )
                    ]
        # a name before the noun: "Mosul airport", "the Rawa area", "Bab al-Hawa crossing"
        before = [
            x
            for x in t.subtree
            if x.i < t.i
            and (x.head.i == t.i or (x.head.head.i == t.i and x.dep_ == "compound"))
            and x.dep_ in ("compound", "nmod:poss", "flat", "amod", "nmod", "nmod:desc")
            and (
                self._is_name(x)
                or (
                    x.text[:1].isupper()
                    and x.i > 0
                    and x.i not in self.names.demonyms
                    and x.i not in self.names.groups
                    and x.lower_ not in NOT_PLACES
                    and kind is PlaceType.FACILITY
                )
            )
        ]
        if (
            t.pos_ == "PROPN"
            and not before
            and t.i > 0
            and self._is_name(doc[t.i - 1])
            and doc[t.i - 1].head.i == t.head.i
        ):
            before = [doc[t.i - 1]]
        if before:
            x = before[-1]
            inner = self._named(x)
            if inner and inner[0].name:
                ref = inner[0]
                if ref.last >= t.i:
                    return [replace(ref, type=kind, known=True, extent=extent or ref.extent)]
                if x.dep_ == "nmod:poss" and kind in (PlaceType.DISTRICT, PlaceType.AREA, PlaceType.SETTLEMENT):
                    return [replace(ref, extent="part", part=self._phrase(t))]
                if kind in (PlaceType.SETTLEMENT, PlaceType.PROVINCE):
                    return [replace(ref, type=kind, known=True, extent=extent or ref.extent, last=t.i)]
                if kind is PlaceType.AREA and self.lex.has("area", s.lemma(t)):
                    if t.tag_ == "NNS" or s.lemma(t) in ("outskirts", "countryside", "outskirt", "pocket", "part"):
                        return [replace(ref, extent=extent or "part", part=self._phrase(t), last=t.i)]
                    return [replace(ref, extent=extent or ref.extent, last=t.i)]
                name = doc[ref.first : t.i + 1].text
                parent = ref.name
                return [PlaceRef(ref.first, t.i, t.i, name, kind, extent, part, known=True, parent=parent)]
        # apposition: "the town, Bor," / "Bor, a town on the Nile" is read at its own head
        for child in t.children:
            if child.dep_ == "appos" and child.i > t.i and self._is_name(child):
                inner = self._named(child)
                if inner:
                    return [replace(r, type=r.type or kind, known=True, extent=r.extent or extent) for r in inner]
        if t.dep_ == "appos" and t.head.i < t.i and self._is_name(t.head):
            inner = self._named(t.head)
            if inner:
                return [replace(r, known=True) for r in inner]
        described = self._near(t, depth, extent, kind)
        if described:
            return [described]
        if (s.lemma(t) != t.lower_ and kind is PlaceType.DISTRICT) or (
            self.lex.has("part_of", s.lemma(t))
            and kind is not PlaceType.FACILITY
            and s.lemma(t) not in ("street", "centre", "center")
        ):
            return [
                PlaceRef(
                    t.i, t.i, t.i, None, PlaceType.SETTLEMENT, extent or "part", self._phrase(t), share, anaphor="city"
                )
            ]
        definite = any(
            c.lower_ in ("the", "this", "that", "both", "these", "those", "its", "their") or c.tag_ == "PRP$"
            for c in t.children
            if c.i < t.i
        )
        if definite or s.role.value == "title":
            return [PlaceRef(t.i, t.i, t.i, None, kind, extent, part, share, anaphor=s.lemma(t), many=t.tag_ == "NNS")]
        return []

    def _near(self, t: Token, depth: int, extent: str | None, kind: PlaceType) -> PlaceRef | None:
        """ "two villages near Goma", "a base outside Gao", "positions around Bakhmut": placed from a named one."""
        for child in t.children:
            case = _case(child)
            if (
                child.i > t.i
                and child.dep_ in ("nmod", "obl")
                and case
                in ("near", "outside", "around", "in", "on", "at", "along", "between", "inside", "over", "across")
            ) or (case in ("from", "to", "into") and kind is PlaceType.ROAD and child.i > t.i):
                inner = self.places(child.i, depth + 1)
                inner = [r for r in inner if r.name]
                if not inner:
                    continue
                if case in ("from", "to", "into"):
                    last = max(
                        [r.last for r in inner]
                        + [
                            r.last
                            for c in [*t.children, *child.children]
                            if _case(c) in ("to", "and") and c.i > child.i
                            for r in self.places(c.i, depth + 1)
                        ]
                    )
                    first = self._np_start(t)
                    return PlaceRef(
                        first, last, t.i, self.s.doc[first : last + 1].text, PlaceType.ROAD, extent, known=True
                    )
                if case in ("near", "outside", "around", "between", "over", "across"):
                    last = max(r.last for r in inner) if case == "between" else inner[0].last
                    first = self._np_start(t, bare=True)
                    return PlaceRef(
                        first, last, t.i, self.s.doc[first : last + 1].text, PlaceType.AREA, extent, known=True
                    )
                if case in ("in", "inside") and not self.lex.has("settlement", self.s.lemma(t)):
                    return replace(inner[0], extent="part", part=self._phrase(t))
                return None
        return None

    def _part(self, t: Token, depth: int) -> list[PlaceRef]:
        """ "the eastern districts of Taiz", "the outskirts of Goma", "the east of the city", "80 percent of X"."""
        extent, part, share = self._extent(t)
        for child in t.children:
            if child.i > t.i and child.dep_ in ("nmod", "obl") and _case(child) in ("of", "in"):
                inner = self.places(child.i, depth + 1)
                if inner:
                    return [
                        replace(r, extent=extent or "part", part=part or self._phrase(t), share=share or r.share)
                        for r in inner
                    ]
        if self.s.lemma(t) in (
            "district",
            "neighbourhood",
            "neighborhood",
            "quarter",
            "suburb",
            "outskirts",
            "outskirt",
            "section",
            "centre",
            "center",
        ):
            return [
                PlaceRef(
                    t.i, t.i, t.i, None, PlaceType.SETTLEMENT, extent or "part", self._phrase(t), share, anaphor="city"
                )
            ]
        return []

    def _quantity(self, t: Token, depth: int) -> list[PlaceRef]:
        extent, _part, share = self._extent(t)
        word = self.s.lemma(t)
        if word in ("rest", "all", "whole", "entirety"):
            extent = "whole" if word != "rest" else "part"
        elif word in ("most", "much", "majority", "bulk"):
            extent = "most"
        elif word in ("half", "third", "quarter", "percent", "%", "part", "lot"):
            extent = extent or "part"
        for child in t.children:
            if child.i > t.i and child.dep_ in ("nmod", "obl") and _case(child) == "of":
                inner = self.places(child.i, depth + 1)
                if inner:
                    return [replace(r, extent=r.extent or extent, share=share or r.share) for r in inner]
        return []

    def _extent(self, t: Token) -> tuple[str | None, str | None, float | None]:
        """Extent, part and share that the words before `t` say."""
        s, doc = self.s, self.s.doc
        extent: str | None = None
        part: str | None = None
        share: float | None = None
        first = self._np_start(t)
        for x in doc[first : t.i + 1]:
            lower = x.lower_
            if lower in ("whole", "entire", "all", "every", "full"):
                extent = "whole"
            elif lower in ("most", "much", "large", "vast") and lower in ("most", "much"):
                extent = "most"
            elif (
                COMPASS.match(lower)
                or lower
                in (
                    "central",
                    "inner",
                    "outer",
                    "old",
                    "several",
                    "some",
                    "parts",
                    "half",
                )
            ) and (s.lemma(t) not in ("town", "city", "village") or COMPASS.match(lower) is None):
                extent, part = extent or "part", part or lower
        text = doc[max(0, first - 3) : t.i + 1].text.lower()
        m = re.search(r"(\d{1,3}(?:\.\d+)?)\s*(?:%|per\s?cent)", text)
        if m and float(m.group(1)) <= 100:
            share = float(m.group(1)) / 100
        return extent, part, share

    def share_of_country(self) -> PlaceRef | None:
        """ "lost 95% of the area it held in Iraq and Syria", "about 4% of Iraqi territory": the country, with the share."""
        m = SHARE.search(self.s.text)
        if not m or not 0 < float(m.group(1)) <= 100:
            return None
        found: list[int] = []
        for t in self.s.doc:
            if t.idx < m.end() or (found and t.i > found[-1] + 2):
                continue
            if t.idx > m.end() + 120:
                break
            if t.i in self.names.countries or t.i in self.names.demonyms:
                found.append(t.i)
        if not found:
            return None
        names = []
        for i in found:
            hit = self.names.countries.get(i)
            word = self.s.doc[i].text if hit is None else self.s.doc[hit.first : hit.last + 1].text
            code = hit.ids[0] if hit else self.names.demonyms[i]
            names.append(word if hit is not None and i not in self.names.demonyms else self.country_name(code))
        name = " and ".join(dict.fromkeys(names))
        return PlaceRef(
            found[0], found[-1], found[0], name, PlaceType.COUNTRY, "part", None, float(m.group(1)) / 100, known=True
        )

    # ------------------------------------------------------------------------------------------------ described areas
    def _described(self, t: Token) -> PlaceRef | None:
        """ "areas east of Ramadi", "50 km north east of Haditha", "north of Hama": the description is the name."""
        s, doc = self.s, self.s.doc
        start = self._np_start(t)
        end = min(len(doc), t.i + 14)
        origin = doc[start].idx
        window = s.text[origin : doc[end - 1].idx + len(doc[end - 1])]
        after = t.idx + len(t) - origin
        m = next(
            (m for m in DESCRIBED.finditer(window) if m.start() < after or BRIDGE.fullmatch(window[after : m.start()])),
            None,
        )
        if m is None:
            return None
        # the anchor: the name that follows "of"
        anchor_char = origin + m.end()
        anchor = next(
            (x for x in doc[t.i :] if x.idx >= anchor_char and x.lower_ not in ("the", "town", "city", "village")), None
        )
        if anchor is None or anchor.i > t.i + 10:
            return None
        while anchor.lower_ in ("of",) and anchor.i + 1 < len(doc):
            anchor = doc[anchor.i + 1]
        if not self._is_name(anchor) and anchor.lower_ not in PARTICLES:
            return None
        _a, b = self.run(anchor.i)
        head_ok = (
            self._type(s.lemma(t), t) is not None
            or COMPASS.match(t.lower_)
            or t.lower_ in ("km", "kms", "kilometers", "kilometres", "miles", "mile", "kilometer", "kilometre")
        )
        if not head_ok:
            return None
        if (
            self._type(s.lemma(t), t) is PlaceType.SETTLEMENT
            and t.tag_ != "NNS"
            and any(
                self._is_name(c)
                for c in t.children
                if c.i < anchor.i and c.dep_ in ("nmod", "appos", "compound", "flat")
            )
        ):
            return None
        return PlaceRef(start, b, t.i, doc[start : b + 1].text, PlaceType.AREA, known=True)

    def _np_start(self, t: Token, bare: bool = True) -> int:
        """First token of the phrase before its head, without the article."""
        left = [x.i for x in t.subtree if x.i < t.i]
        first = min([i for i in left if self._contiguous(i, t.i)], default=t.i)
        while (
            bare
            and first < t.i
            and self.s.doc[first].lower_
            in ("the", "a", "an", "of", "in", "from", "to", "on", "at", "some", "and", ",", "near", "into", "several")
        ):
            first += 1
        return first

    def _contiguous(self, i: int, j: int) -> bool:
        return j - i <= 8 and not any(x.text in ',;:()"“”' for x in self.s.doc[i:j])

    def _phrase(self, t: Token) -> str:
        return self.s.doc[self._np_start(t) : t.i + 1].text[:80]

    def _other_clause(self, t: Token) -> bool:
        return any(c.dep_ in ("nsubj", "nsubj:pass", "cop", "aux") for c in t.children)


# What may stand between a noun and the direction that describes it: "villages to the east of X".
BRIDGE = re.compile(
    r"[\s,]*(?:(?:to|in|on|at|just|lying|located|situated|some|about|around|roughly|further|immediately|directly|the|which|lies|lie|is|are)\s+)*",
    re.I,
)
SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?(?:%|per\s?cent)\s+of\b", re.I)
_DIRECTION = r"(?:north|south|east|west)(?:[\s-]?(?:east|west))?(?:ern)?"
DESCRIBED = re.compile(
    rf"(?:\d[\d.,]*\s?(?:km|kms|kilomet\w+|miles?)\s+(?:to\s+the\s+)?(?:{_DIRECTION}|from|of|outside)(?:\s+(?:of|from))?"
    rf"|{_DIRECTION}\s+of)\s+",
    re.I,
)


def is_word(t: Token) -> bool:
    """Letters, with an apostrophe or a dot inside at most: "Sana'a", "St."."""
    return t.text[:1].isalpha() and all(c.isalpha() or c in "'’.`" for c in t.text)


def antecedent(s: Sentence, i: int) -> int:
    """For "which", "who", "that" and "where": the noun before it, else the token itself."""
    t = s.doc[i]
    if t.tag_ not in ("WDT", "WP", "WRB") or t.lower_ not in ("which", "who", "that", "where", "whom"):
        return i
    node = t
    for _ in range(3):
        if node.dep_ == "acl:relcl" and node.head.i < i and i - node.head.i < 12:
            return node.head.i
        if node.head.i == node.i:
            break
        node = node.head
    for x in reversed(s.doc[max(0, i - 4) : i]):
        if x.pos_ in ("NOUN", "PROPN", "NUM"):
            while x.dep_ in ("flat", "compound") and x.head.i < i and x.head.i != x.i:
                x = x.head
            return x.i
    return i


def _case(t: Token) -> str:
    return preposition(t)
