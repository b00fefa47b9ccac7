"""Names that no parser takes apart rightly, and the one word that stands for each while it parses.

"An attack by Front for Renewal in Equatoria fighters on Yambio" has prepositions that belong to no phrase of the
sentence. The parser gets "an attack by Front fighters on Yambio"; what was left out hangs on that word when it is done.
So it is with towns like "Sar-e Pul" and "Port-au-Prince", whose particles it takes for words of English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whoholds.annotate.words import lexis

WITHIN = frozenset(["of", "for", "in", "and", "the", "to", "against", "on"])
"""Words after which a name says what its group is for, or where."""
FAMILIAR = "Hezbollah"
"""What the parser is given for a name in another language, which it would tag by chance."""
FAMILIAR_TOWN = "Aleppo"
"""What it is given for a town whose name has particles between hyphens."""
_FIRST = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the parser does not get of a name, first to last token, and the token that stands for it.

    That is the one before ("Front" of "Front for Renewal"), or the last, in another form.
    """

    first: int
    last: int
    kept: int
    form: str | None


class LongNames:
    """Finds the names in sentences. `names`: in any case; those of one word, and plain compounds, are left alone."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, int]]] = {}
        self._all: dict[str, list[list[str]]] = {}
        known = lexis()["organisation"] | lexis()["plain_names"] | lexis()["group_again"]
        for name in names:
            name = name.lower()
            words = name.split()
            self._all.setdefault(words[0], []).append(words)
            tail = next((k for k, word in enumerate(words) if k and word in WITHIN), len(words))
            plain = words[tail - 1] in known
            first = _FIRST.match(name)
            if first is None or len(_FIRST.findall(name)) < 2 or (plain and tail == len(words)):
                continue
            kept = len(" ".join(words[:tail])) if plain else 0
            self._by_first.setdefault(first.group(), []).append((name, kept))
        for found in self._by_first.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def found(self, texts: Sequence[str], spaces: Sequence[bool]) -> list[Stretch]:
        """The names among the tokens of a sentence, from left to right, none within another."""
        stretches: list[Stretch] = []
        text, ends = "", list[int]()
        hyphened = "-" in texts
        i = 0
        while i < len(texts):
            here = self._by_first.get(texts[i].lower())
            if here is not None and not text:
                for word, blank in zip(texts, spaces, strict=True):
                    text += word.lower()
                    ends.append(len(text))
                    text += " " * blank
            stretch = self._at(i, here, text, ends) if here and any(t[:1].isupper() for t in texts[i : i + 3]) else None
            stretch = stretch or (_hyphenated(i, texts, spaces) if hyphened else None)
            if stretch is None:
                i += 1
            else:
                stretches.append(stretch)
                i = stretch.last + 1
        return stretches

    def within(self, texts: Sequence[str]) -> frozenset[int]:
        """The tokens that belong to any of the names, however plain it is: those of "Free Syrian Army"."""
        low = [text.lower() for text in texts]
        return frozenset(
            k
            for i, word in enumerate(low)
            for words in self._all.get(word, ())
            if low[i : i + len(words)] == words
            for k in range(i, i + len(words))
        )

    @staticmethod
    def _at(i: int, names: Iterable[tuple[str, int]], text: str, ends: Sequence[int]) -> Stretch | None:
        after = lexis()["after_a_name"]
        begin = ends[i - 1] if i else 0
        begin += text[begin : begin + 1] == " "
        for name, kept in names:
            if not text.startswith(name, begin) or begin + len(name) not in ends:
                continue
            last = ends.index(begin + len(name))
            if not kept:
                return Stretch(i, last, last, FAMILIAR) if last > i else None
            follows = text[begin + len(name) :].lstrip().partition(" ")[0].rstrip(".,;:")
            if begin + kept in ends and (follows in after or follows.startswith("-")):
                return Stretch(ends.index(begin + kept) + 1, last, ends.index(begin + kept), None)
        return None


def _hyphenated(i: int, texts: Sequence[str], spaces: Sequence[bool]) -> Stretch | None:
    """ "Sar-e Pul", "Port-au-Prince": the name with a particle tied to its first part that begins at a token."""
    particles, last = lexis()["particles"], i
    while texts[last][:1].isupper() and texts[last + 1 : last + 2] == ["-"] and not spaces[last]:
        inside, name = last + 2, last + 3
        if "".join(texts[inside:name]) not in particles:
            break
        name += texts[name : name + 1] == ["-"] and not spaces[inside]
        if not "".join(texts[name : name + 1])[:1].isupper():
            break
        last = name
    return Stretch(i, last, i, FAMILIAR_TOWN) if last > i else None
