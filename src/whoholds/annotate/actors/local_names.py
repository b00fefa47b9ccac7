"""Names that a report explains itself: "Union of Free Riders (UFR)"."""

from __future__ import annotations

import re

from whoholds.annotate.lexicon.lexicon import Lexicon

LOOKED_AT = 400_000
"""Characters of a report in which names are looked for; a name is explained where it first stands."""
_WORD = r"[A-Z][\w'’-]{1,40}"
_LINKS = r"(?:\s{1,3}(?:of|for|the|and|to|in|de|du|des|la|et)\b){0,3}"
ABBREVIATION = re.compile(
    rf"(?<![\w'’-])({_WORD}(?:{_LINKS}\s{{1,3}}{_WORD}){{0,8}})"
    r"\s{0,3}\(\s{0,3}(?:the\s{1,3})?([A-Z][A-Za-z0-9-]{1,9})([,;][^)]{0,60})?\)"
)
BODIES = frozenset(
    {
        *("army", "front", "movement", "forces", "force", "militia", "brigade", "brigades", "battalion", "guard"),
        *("party", "alliance", "council", "union", "coalition"),
    }
)
"""What a name ends in that nobody has told us of, and that is an armed group's or a government's."""

OF_MEN = re.compile(
    r"(?<![\w'’-])([A-Z]{3,6})\s(?:rebels?|fighters|militants|guerrillas?|insurgents|gunmen|militiamen|militia|combatants)\b"
)
"""An abbreviation that nobody explains: "RFL rebels"."""

OPENS = frozenset(["army", "front", "movement", "forces", "alliance", "brigades"])
"""Of these, what may also stand first: "Front for X"."""


def local_names(text: str, lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Abbreviations that the report itself explains: "Union of Free Riders (UFR)" makes UFR a name here."""
    found: dict[str, tuple[str, ...]] = {}
    for m in ABBREVIATION.finditer(text[:LOOKED_AT]):
        words, short = m.group(1).split(), m.group(2)
        if m.group(3) and _known(short, lexicon):
            continue  # "the Northern Alliance (UFR, MDJ and others)": its members
        known = next((ids for n in range(len(words)) if (ids := _known(" ".join(words[n:]), lexicon))), None)
        if known:
            found[short.casefold()] = known
        elif short.isupper() and _is_body(words) and not _known(short, lexicon) and _fits(words, short):
            found.update(dict.fromkeys([short.casefold(), *_endings(words, short)], (short.casefold(),)))
    for m in OF_MEN.finditer(text[:LOOKED_AT]):
        short = m.group(1)
        elsewhere = short in lexicon.abbreviations() or short.casefold() in lexicon.country_names()
        if short.casefold() not in found and not elsewhere and not _known(short, lexicon):
            found[short.casefold()] = (short.casefold(),)
    return found


def _known(name: str, lexicon: Lexicon) -> tuple[str, ...] | None:
    name = name.casefold()
    return lexicon.names().get(name) or lexicon.forces().get(name)


def _is_body(words: list[str]) -> bool:
    """ "Hill People's Army", "Movement for the Liberation of the Hills"."""
    first = next((k for k, w in enumerate(words) if w[0].isupper() and w != "The"), 0)
    return words[-1].casefold() in BODIES or (words[first].casefold() in OPENS and words[first + 1 : first + 2] != [])


def _capitals(words: list[str]) -> list[str]:
    return [w[0] for w in words if w[0].isupper()]


def _fits(words: list[str], short: str) -> bool:
    """Whether the letters are the words' initials, all but one."""
    pairs = zip(reversed(_capitals(words)), reversed(short), strict=False)
    return sum(a == b for a, b in pairs) >= len(short) - 1


def _endings(words: list[str], short: str) -> list[str]:
    """The name as written, and what is left when words before it ("Yesterday the") are cut off."""
    cut = [k for k in range(1, len(words) - 1) if words[k][0].isupper() and len(_capitals(words[k:])) >= len(short) - 1]
    return [" ".join(words[k:]).casefold() for k in (0, *cut)]
