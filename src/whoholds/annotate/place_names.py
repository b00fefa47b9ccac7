"""Runs of capitals that may name a place, and the reference that every place phrase comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from whoholds.annotate.actors import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.nominals import led_to
from whoholds.annotate.tree import Token
from whoholds.annotate.words import lexis
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import PlaceType

COMPASS = re.compile(r"^(north|south|east|west)(-?(east|west))?(ern)?(most)?$|^[ns][ew]$", re.I)
OPENERS = words(", the a an some several and near out of in from to on at into over inside within onto towards toward")
"""What may open the phrase of a place and is no part of its name."""
ACRONYM = re.compile(r"[A-Z]{2,6}s?$")
ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|d)")
ELIDED = re.compile(r"[dlDL]['’][A-Z]")
"""As in "Saut-d'Eau"."""
ROAD_CODE = re.compile(r"(?:[AMNRPHE]|RN|RP|NH|CR)-?\d{1,3}")
"""Roads by their numbers: "the A5", "the RN2", "the N380"."""
PUNCTUATION = frozenset("-–'’\".")
PARTICLES = lexis()["particles"]
ANAPHORS = lexis()["anaphors"]
NOT_PLACES = lexis()["not_places"]
TITLES = lexis()["titles"]
NOT_LAST = lexis()["not_last"]


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
            return led_to(x).i
    return i


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in the text: sentence, first token, name and what is known of it."""

    sentence: int
    ref: PlaceRef
    weight: float
    """1 for an argument of the clause, less for "390 km west of Baghdad" and datelines."""
    type: PlaceType | None
    people: int | None = None
    """Inhabitants of the likeliest place of the name."""
    countries: frozenset[str] = frozenset()
    """Where places of the name lie."""
    said: str = ""
    """The facility that it is said to be: "Wadi al-Deif, the largest army base"."""


class NameReader:
    """Names of one sentence that can be places. `is_known(name)` asks the gazetteer."""

    def __init__(
        self,
        s: Sentence,
        names: Names,
        is_known: Callable[[str], bool],
        persons: frozenset[str] = frozenset(),
        country_name: Callable[[str], str] = str,
    ) -> None:
        self.s, self.names, self.is_known, self.lex, self.persons = s, names, is_known, lexis(), persons
        self.country_name = country_name
        self.is_great: Callable[[str], bool] = is_known
        """Whether a name is that of a country, a province, a part of the world or a large town."""

    def is_acronym(self, t: Token) -> bool:
        """True for "NATO" and "CIS", not for "BEIRUT (AP)" nor for "EU"."""
        if not ACRONYM.match(t.text) or t.i in self.names.countries or not any(c.islower() for c in self.s.text):
            return False
        return not self.is_great(t.text)

    def leads(self, t: Token) -> bool:
        """True for the first word of "West Bank", "Tamil Nadu": no place alone, and part of a name."""
        run = self._run_text(t.i)
        return run != t.text and self._joined(t, run)

    def _joined(self, t: Token, run: str) -> bool:
        return self.is_great(run) or (COMPASS.match(t.text) is not None and self.is_known(run))

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
        if self.is_acronym(t):
            return False
        if t.i in self.names.demonyms and t.i not in self.names.countries:
            return False
        if t.pos_ == "PROPN" or t.tag_ in ("NNP", "NNPS") or t.i in self.names.countries:
            return True
        if (
            t.i > 0
            and self.s.doc[t.i - 1].lower_ in (",", "and", "of", "in", "at", "near", "from", "into")
            and t.pos_ not in ("PRON", "DET", "ADP", "CCONJ", "SCONJ")
            and self.s.role.value != "title"
        ):
            return True
        if (
            t.i > 0
            and t.pos_ == "NOUN"
            and self.s.doc[t.i - 1].text[:1].isupper()
            and self.s.doc[t.i - 1].tag_ in ("NNP", "NNPS")
        ):
            return self.s.role.value != "title" and t.lower_ not in TITLES
        if t.i == 0 and t.dep_ not in ("advmod", "det", "amod", "mark", "case", "cc", "discourse"):
            # The first word of a sentence, read as an adjective: a name if the gazetteer has it and no dictionary.
            return self.is_known(t.text) and not is_wordlike(t.text)
        if t.i > 0 and self.s.doc[t.i - 1].text[:1].isupper() and self.s.doc[t.i - 1].lower_ in PARTICLES:
            return True  # "Al Slaleyyi", whatever the parser takes it for
        if t.i > 0 and t.pos_ == "NOUN" and "'" in t.text.strip("'"):
            return True  # "Sana'a"
        return t.pos_ in ("NOUN", "ADJ", "X", "VERB", "INTJ") and t.i > 0 and self.is_known(self._run_text(t.i))

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
            if ORDINAL.fullmatch(p.text) and self.lex.has("military_unit", doc[first].lower_):
                first = j  # "the 310th Brigade camp"
                break
            if (
                (p.text[:1].isupper() or (p.lower_ in PARTICLES and p.whitespace_ == ""))
                and is_word(p)
                and joins(j, first)
                and (p.lower_ not in NOT_PLACES or self._joined(p, doc[j : last + 1].text))
                and p.lower_ not in ("the", "in", "on", "at", "and")
                and p.pos_ in ("PROPN", "NOUN", "ADJ", "X", "ADP", "DET", "VERB")
            ):
                if (
                    (p.lower_ in TITLES and not (j and self._opens_name(doc[j - 1])))
                    or j in self.names.demonyms
                    or (self._starts_sentence_word(p) and not self.is_known(doc[j : last + 1].text))
                ):
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
                and (
                    doc[j + 1].text[:1].isupper()
                    or doc[last].lower_ in PARTICLES
                    or doc[j + 1].lower_ in PARTICLES
                    or ELIDED.match(doc[j + 1].text)
                )
            ):
                last = j + 1
                continue
            if n.text[:1].isupper() and COMPASS.match(n.text) and n.dep_ == "flat" and first <= n.head.i < j:
                last = j  # "Loka West"
                break
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

    def _opens_name(self, t: Token) -> bool:
        return t.text[:1].isupper() and self.lex.has("before_a_name", t.lower_)

    def _starts_sentence_word(self, p: Token) -> bool:
        """A capital that is only that of the sentence's first word ("In", "While", "Nearby")."""
        return p.i == 0 and p.pos_ not in ("PROPN",)

    def _run_text(self, i: int) -> str:
        first, last = self.run(i)
        return self.s.doc[first : last + 1].text

    def named(self, t: Token) -> list[PlaceRef]:
        doc = self.s.doc
        first, last = self.run(t.i)
        if any(i in self.names.groups for i in range(first, last + 1)):
            return []
        if first > 0 and doc[first - 1].lower_ == "sheikh" and self.is_known(doc[first - 1 : last + 1].text):
            # a district's name as well as a man's
            first -= 1
        elif not self._opens_name(doc[first]) and any(x.lower_ in TITLES for x in doc[max(0, first - 1) : last + 1]):
            return []
        if doc[last].lower_ in NOT_LAST and last > first:
            return []
        if first == last and doc[last].lower_ in NOT_PLACES:
            return []  # "6 March: ..."
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
            one = doc[last].lower_.removesuffix("s")
            tail = self._type(self.s.lemma(last).lower(), doc[last]) or self._type(one, doc[last])
            if tail is not None and tail in (PlaceType.SETTLEMENT, PlaceType.PROVINCE, PlaceType.DISTRICT):
                kind, known = tail, True
                if tail is PlaceType.SETTLEMENT:
                    # but "Kimbe-Port" and "Goose Settlement" are whole names
                    own = doc[last].text[:1].isupper() and not self.lex.has("plain_settlement", doc[last].lower_)
                    name = name if own or doc[last - 1].text in "-–" else doc[first:last].text
                elif doc[last].tag_ == "NNPS" or doc[last].text.endswith("s"):
                    # "Gao and Kidal Regions"
                    name = name.removesuffix("s")
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

    def _type(self, lemma: str, t: Token) -> PlaceType | None:
        if t.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        after = self.s.doc[t.i + 1 : t.i + 2]
        if t.text[:1].isupper() and after.text[:1].isdigit() and self.lex.has("numbered_ground", t.lower_):
            return PlaceType.AREA
        if ROAD_CODE.fullmatch(t.text) and t.i not in self.names.groups and any(c.lower_ == "the" for c in t.lefts):
            return PlaceType.ROAD
        for name, kind in (
            ("settlement", PlaceType.SETTLEMENT),
            ("facility", PlaceType.FACILITY),
            ("district", PlaceType.DISTRICT),
            ("province", PlaceType.PROVINCE),
            ("country_noun", PlaceType.COUNTRY),
            ("road", PlaceType.ROAD),
            ("border", PlaceType.BORDER),
            ("natural", PlaceType.AREA),
            ("area", PlaceType.AREA),
        ):
            if self.lex.has(name, lemma, t.lower_):
                return kind
        return None

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

    def _np_start(self, t: Token, bare: bool = True) -> int:
        """First token of the phrase before its head, without the article."""
        aside = ("nsubj", "nsubj:pass", "cop", "aux", "mark", "cc", "advcl", "parataxis", "discourse", "punct")
        kept = [c for c in t.lefts if c.dep_ not in aside and c.lower_ not in ("not", "only", "also")]
        left = [x.i for c in kept for x in c.subtree if x.i < t.i]
        first = min([i for i in left if self._contiguous(i, t.i)], default=t.i)
        while bare and first < t.i and self.s.doc[first].lower_ in OPENERS:
            first += 1
        return first

    def _contiguous(self, i: int, j: int) -> bool:
        return j - i <= 8 and not any(x.text in ',;:()"“”' for x in self.s.doc[i:j])

    def _phrase(self, t: Token) -> str:
        return self.s.doc[self._np_start(t) : t.i + 1].text[:80]
