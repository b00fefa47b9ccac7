"""Runs of capitals that are one name: "Deir ez-Zor", "al-Qaim", "Loka West"."""

from __future__ import annotations

import re
from collections.abc import Callable

from whoholds.annotate.actors.find import Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token, text_of
from whoholds.annotate.words import lexis

COMPASS = re.compile(r"^(north|south|east|west)(-?(east|west))?(ern)?(most)?$|^[ns][ew]$", re.I)
ACRONYM = re.compile(r"[A-Z]{2,6}s?$")
ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th|d)")
ELIDED = re.compile(r"[dlDL]['’][A-Z]")
"""As in "Saut-d'Eau"."""
PARTICLES = lexis()["particles"]
ARTICLES = lexis()["after_de"]
NOT_PLACES = lexis()["not_places"]
OPENING_QUOTES = frozenset(["“", "‘", '"', "«"])
TITLES = lexis()["titles"]


def is_word(t: Token) -> bool:
    """Letters, with an apostrophe or a dot inside at most: "Sana'a", "St."."""
    return t.text[:1].isalpha() and all(c.isalpha() or c in "'’.`" for c in t.text)


class RunReader:
    """Runs of capitals of one sentence. `is_known(name)` asks the gazetteer."""

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
        self.is_region: Callable[[str], bool] = is_known
        """Whether a name is that of a province or a wider region, and of no large town."""
        self._runs: dict[int, tuple[int, int]] = {}

    def learn(
        self,
        persons: frozenset[str],
        is_known: Callable[[str], bool],
        is_great: Callable[[str], bool],
        is_region: Callable[[str], bool],
    ) -> None:
        """Go on with what the whole report has told since."""
        self.persons, self.is_known, self.is_great, self.is_region = persons, is_known, is_great, is_region
        self._runs.clear()

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

    def run(self, i: int) -> tuple[int, int]:
        """First and last token of the run of capitals around `i`, with particles and hyphens inside it."""
        if i not in self._runs:
            self._runs[i] = self._run(i)
        return self._runs[i]

    def _run(self, i: int) -> tuple[int, int]:
        first = last = i
        goes_on = True
        while goes_on and first > 0:
            first, goes_on = self._leftwards(first, last)
        goes_on = True
        while goes_on and last < len(self.s.doc) - 1:
            last, goes_on = self._rightwards(first, last)
        return first, last

    def _joins(self, left: int, right: int) -> bool:
        """True where two neighbouring tokens belong to one name."""
        a, b = self.s.doc[left], self.s.doc[right]
        if right in self.names.groups or left in self.names.groups:
            return False
        if b.text in "-–'’" or a.text in "-–'’":
            return not a.whitespace_
        return bool(a.text[:1].isupper() or a.lower_ in PARTICLES)

    def _leftwards(self, first: int, last: int) -> tuple[int, bool]:
        """Where a run begins when one word more is looked at, and whether another may follow."""
        doc, j = self.s.doc, first - 1
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
            within = doc[j - 1].lower_ in PARTICLES or doc[j - 1].text[:1].isupper()
            return (j - 1, True) if within else (first, False)
        if ORDINAL.fullmatch(p.text) and self.lex.has("military_unit", doc[first].lower_):
            return j, False  # "the 310th Brigade camp"
        belongs = (
            (p.text[:1].isupper() or (p.lower_ in PARTICLES and p.whitespace_ == ""))
            and is_word(p)
            and self._joins(j, first)
            and (p.lower_ not in NOT_PLACES or self._joined(p, text_of(doc[j : last + 1])))
            and p.lower_ not in ("the", "in", "on", "at", "and")
            and p.pos_ in ("PROPN", "NOUN", "ADJ", "X", "ADP", "DET", "VERB")
        )
        stops = belongs and (
            (p.lower_ in TITLES and not (j and self._opens_name(doc[j - 1])))
            or j in self.names.demonyms
            or (self._starts_sentence_word(p) and not self.is_known(text_of(doc[j : last + 1])))
        )
        return (j, True) if belongs and not stops else (first, False)

    def _rightwards(self, first: int, last: int) -> tuple[int, bool]:
        """Where a run ends when one word more is looked at, and whether another may follow."""
        doc, j = self.s.doc, last + 1
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
            return j + 1, True
        if n.text[:1].isupper() and COMPASS.match(n.text) and n.dep_ == "flat" and first <= n.head.i < j:
            return j, False  # "Loka West"
        if (
            n.text[:1].isupper()
            and is_word(n)
            and n.pos_ in ("PROPN", "NOUN", "X", "ADJ")
            and self._joins(last, j)
            and n.lower_ not in NOT_PLACES
            and j not in self.names.demonyms
        ):
            return j, True
        if n.text.isdigit() and self.lex.has("military_unit", doc[last].lower_) and last > first:
            return j, False  # "Infantry Battalion 275"
        linked = self._linked(last)
        return (linked, True) if linked else (last, False)

    def _linked(self, last: int) -> int:
        """The capital that a small word joins to what is before it, or 0."""
        doc, j = self.s.doc, last + 1
        n = doc[j]
        if n.lower_ == "of" and self.lex.has("of_a_name", doc[last].lower_) and doc[j + 1].text[:1].isupper():
            return j + 1  # "the Sea of Azov"
        if j + 1 >= len(doc):
            return 0
        after = doc[j + 1]
        if n.lower_ == "de" and after.lower_ in ARTICLES and j + 2 < len(doc) and doc[j + 2].text[:1].isupper():
            return j + 2  # "San Cristóbal de las Casas"
        if n.lower_ not in PARTICLES:
            return 0
        hyphen = after.text in "-–"
        if not (hyphen or (after.text[:1].isupper() and n.lower_ not in ("at", "as", "an", "la"))):
            return 0
        k = j + 2 if hyphen and j + 2 < len(doc) else j + 1
        return k if doc[k].text[:1].isupper() else 0

    def _opens_name(self, t: Token) -> bool:
        return t.text[:1].isupper() and self.lex.has("before_a_name", t.lower_)

    def _starts_sentence_word(self, p: Token) -> bool:
        """A capital that is only that of the first word of a sentence, or of what is quoted ("In", "“Next")."""
        opens = p.i == 0 or (self.s.doc[p.i - 1].text in OPENING_QUOTES and p.lower_ not in TITLES)
        return opens and p.pos_ not in ("PROPN",)

    def _run_text(self, i: int) -> str:
        first, last = self.run(i)
        return text_of(self.s.doc[first : last + 1])
