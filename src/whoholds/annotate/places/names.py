"""Runs of capitals that may name a place, and the reference that every place phrase comes to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.places.name_runs import COMPASS, NOT_PLACES, PARTICLES, TITLES, RunReader
from whoholds.annotate.trees.nominals import at_which, led_to, preposition
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis
from whoholds.gazetteer.wordlike import is_wordlike
from whoholds.model import PlaceType

OPENERS = words(", the a an some several and near out of in from to on at into over inside within onto towards toward")
"""What may open the phrase of a place and is no part of its name."""
ROAD_CODE = re.compile(r"(?:[AMNRPHE]|RN|RP|NH|CR)-?\d{1,3}")
"""Roads by their numbers: "the A5", "the RN2", "the N380"."""
PUNCTUATION = frozenset("-–'’\".")
TYPES = {
    "settlement": PlaceType.SETTLEMENT,
    "facility": PlaceType.FACILITY,
    "district": PlaceType.DISTRICT,
    "province": PlaceType.PROVINCE,
    "country_noun": PlaceType.COUNTRY,
    "road": PlaceType.ROAD,
    "border": PlaceType.BORDER,
    "natural": PlaceType.AREA,
    "area": PlaceType.AREA,
}
"""What the word classes say of a place; where a word is in several, the first counts."""
ANAPHORS = lexis()["anaphors"]
NOT_LAST = lexis()["not_last"]


NOT_OF_THE_PHRASE = words("nsubj nsubj:pass cop aux mark cc advcl advmod parataxis discourse punct")
"""Relations of what the parser hangs on a noun and is of its clause."""


OPENING = frozenset(["case", "cop", "mark", "aux"])
"""What a phrase stands behind: "On Thursday they were at the crossroads" begins it with the last of these."""


NO_PART = frozenset(["not", "only", "also"])


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


RELATIVES = frozenset(["which", "who", "that", "where", "whom", "whose"])


@cache
def _typed() -> dict[str, tuple[int, PlaceType]]:
    """What each word of those classes says, with the class's rank."""
    ranked = [(word, (rank, kind)) for rank, (name, kind) in enumerate(TYPES.items()) for word in lexis()[name]]
    return dict(reversed(ranked))


def antecedent(s: Sentence, i: int) -> int:
    """For "which", "who", "whose", "that" and "where": the noun before it, else the token itself."""
    t = s.doc[i]
    if t.tag_ not in ("WDT", "WP", "WRB", "WP$") or t.lower_ not in RELATIVES:
        return i
    node = t
    for _ in range(3):
        if node.dep_ == "acl:relcl" and node.head.i < i and i - node.head.i < 12:
            return _meant(node.head, t).i
        if node.head.i == node.i:
            break
        node = node.head
    for x in reversed(s.doc[max(0, i - 4) : i]):
        if x.pos_ in ("NOUN", "PROPN", "NUM"):
            while x.dep_ in ("flat", "compound") and x.head.i < i and x.head.i != x.i:
                x = x.head
            return led_to(_in_the_east(s, x)).i
    return i


def _in_the_east(s: Sentence, x: Token) -> Token:
    """ "P in the east, most of which they hold": P."""
    if not COMPASS.match(x.lower_) or x.i < 3 or [y.lower_ for y in s.doc[x.i - 2 : x.i]] != ["in", "the"]:
        return x
    before = s.doc[x.i - 3]
    while before.dep_ in ("flat", "compound") and before.head.i < x.i and before.head.i != before.i:
        before = before.head
    return before if before.pos_ in ("NOUN", "PROPN") else x


def _meant(noun: Token, relative: Token) -> Token:
    """ "a town of 5,000 people which fell": the town, and not its people; "the mayor of P, which fell": P."""
    if relative.lower_ == "who":
        return noun
    if relative.lower_ == "where":
        return at_which(noun)
    if relative.lower_ == "which" and lexis().has("person_role", noun.lower_):
        where = (c for c in noun.rights if c.i < relative.i and c.pos_ == "PROPN" and preposition(c) in ("of", "in"))
        return next(where, noun)
    counted = noun.lower_ in ("people", "inhabitants", "residents", "souls") and preposition(noun) == "of"
    above = noun.head
    return above if counted and noun.dep_ == "nmod" and above.i < noun.i and above.pos_ == "NOUN" else noun


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


class NameReader(RunReader):
    """Names of one sentence that can be places. `is_known(name)` asks the gazetteer."""

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
            # "Dozens of rebels" are no town of some such name.
            return self.is_known(t.text) and not is_wordlike(t.text) and not self.lex.has("many_of", self.s.lemma(t))
        if t.i > 0 and self.s.doc[t.i - 1].text[:1].isupper() and self.s.doc[t.i - 1].lower_ in PARTICLES:
            return True  # "Al Slaleyyi", whatever the parser takes it for
        if t.i > 0 and t.pos_ == "NOUN" and "'" in t.text.strip("'"):
            return True  # "Sana'a"
        return t.pos_ in ("NOUN", "ADJ", "X", "VERB", "INTJ") and t.i > 0 and self.is_known(self._run_text(t.i))

    def _is_person(self, first: int, last: int) -> bool:
        return all(x.lower_ in self.persons for x in self.s.doc[first : last + 1] if x.text not in PUNCTUATION)

    def named(self, t: Token) -> list[PlaceRef]:
        doc = self.s.doc
        first, last = self.run(t.i)
        if any(i in self.names.groups for i in range(first, last + 1)):
            return []
        if first > 0 and doc[first - 1].lower_ == "sheikh" and self.is_known(text_of(doc[first - 1 : last + 1])):
            # a district's name as well as a man's
            first -= 1
        elif not self._opens_name(doc[first]) and any(x.lower_ in TITLES for x in doc[max(0, first - 1) : last + 1]):
            return []
        if doc[last].lower_ in NOT_LAST and last > first:
            return []
        no_name = doc[last].lower_ in NOT_PLACES or self.lex.has("road", doc[last].lower_)
        if first == last and (no_name or self.lex.has("military_unit", doc[last].lower_)):
            return []  # "6 March: ...", "Highway 21", "Battalion 5"
        extent, part = None, None
        name = text_of(doc[first : last + 1])
        if self._is_person(first, last) and not self.is_known(name):
            return []
        kind: PlaceType | None = None
        known = t.i in self.names.countries
        if known:
            hit = self.names.countries[t.i]
            first, last = min(first, hit.first), max(last, hit.last)
            name, kind = text_of(doc[hit.first : hit.last + 1]), PlaceType.COUNTRY
        # "Kirkuk city", "Hasakah Province": the type is not part of the name, but it tells what is meant.
        if not known and last > first:
            one = doc[last].lower_.removesuffix("s")
            tail = self._type(self.s.lemma(last).lower(), doc[last]) or self._type(one, doc[last])
            if tail is not None and tail in (PlaceType.SETTLEMENT, PlaceType.PROVINCE, PlaceType.DISTRICT):
                kind, known = tail, True
                if tail is PlaceType.SETTLEMENT:
                    # but "Kimbe-Port" and "Goose Settlement" are whole names
                    own = doc[last].text[:1].isupper() and not self.lex.has("plain_settlement", doc[last].lower_)
                    alone = first + 1 == last and self.lex.has("old_town", doc[first].lower_)  # "the Old City"
                    name = name if own or alone or doc[last - 1].text in "-–" else text_of(doc[first:last])
                elif doc[last].tag_ == "NNPS" or doc[last].text.endswith("s"):
                    # "Gao and Kidal Regions"
                    name = name.removesuffix("s")
            elif tail is PlaceType.FACILITY:
                kind, known = tail, True
        lead = doc[first]
        if last > first and self.lex.has("before_a_village", lead.lower_):
            name, kind, known = text_of(doc[first + 1 : last + 1]).lstrip(". "), PlaceType.SETTLEMENT, True
        if COMPASS.match(lead.text) and last > first and not self.is_known(name):
            extent, part = "part", lead.text
            name = text_of(doc[first + 1 : last + 1])
        elif first > 0 and COMPASS.match(doc[first - 1].text) and doc[first - 1].head.i in range(first, last + 1):
            extent, part = "part", doc[first - 1].text
        if kind is PlaceType.COUNTRY and first > 0 and COMPASS.match(doc[first - 1].text):
            # "northern Ukraine", "north-western Iraq" are smaller than a country.
            hyphened = first > 2 and doc[first - 2].text == "-" and COMPASS.match(doc[first - 3].text)
            side = doc[first - (3 if hyphened else 1) : first]
            first = side[0].i
            name, kind, extent, part = f"{text_of(side)} {name}", PlaceType.AREA, None, None
        known = known or self.is_known(name)
        if last + 1 == len(doc):
            name = name.removesuffix(".")  # "captured Mrauk-U."
        ref = PlaceRef(first, last, t.i, name.strip(" '’-"), kind, extent, part, known=known)
        return [ref]

    def _type(self, lemma: str, t: Token) -> PlaceType | None:
        if t.pos_ not in ("NOUN", "PROPN", "ADJ"):
            return None
        after = text_of(self.s.doc[t.i + 1 : t.i + 2])
        if t.text[:1].isupper() and after[:1].isdigit() and self.lex.has("numbered_ground", t.lower_):
            return PlaceType.AREA
        if ROAD_CODE.fullmatch(t.text) and t.i not in self.names.groups and any(c.lower_ == "the" for c in t.lefts):
            return PlaceType.ROAD
        if t.i and self.lex.has("road", f"{self.s.doc[t.i - 1].lower_} {lemma}"):
            return PlaceType.ROAD  # "the supply line to P"
        kinds = [kind for word in (lemma, t.lower_) if (kind := _typed().get(word))]
        return min(kinds)[1] if kinds else None

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
        opened = max((c.i for c in t.lefts if c.dep_ in OPENING), default=-1)
        kept = [c for c in t.lefts if c.i > opened and c.dep_ not in NOT_OF_THE_PHRASE and c.lower_ not in NO_PART]
        left = [x.i for c in kept for x in c.subtree if x.i < t.i]
        first = min([i for i in left if self._contiguous(i, t.i)], default=t.i)
        while bare and first < t.i and (self.s.doc[first].lower_ in OPENERS or self.s.doc[first].tag_ == "PRP$"):
            first += 1
        return first

    def _contiguous(self, i: int, j: int) -> bool:
        return j - i <= 8 and not any(x.text in ',;:()"“”' for x in self.s.doc[i:j])

    def _phrase(self, t: Token) -> str:
        return text_of(self.s.doc[self._np_start(t) : t.i + 1])[:80]
