"""Names that a report explains itself: "Union of Free Riders (UFR)"."""

from __future__ import annotations

import re

from whoholds.annotate.lexicon import Lexicon

ABBREVIATION = re.compile(
    r"((?:[A-Z][\w'’-]+(?:\s+(?:of|for|the|and|to|in|de|du|des|la|et)\b)*\s+){1,8}[A-Z][\w'’-]+|[A-Z][\w'’-]+)\s*\(\s*(?:the\s+)?([A-Z][A-Za-z0-9-]{1,9})(?:[,;][^)]{0,60})?\)"
)


def local_names(text: str, lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Abbreviations that the report itself explains: "Union of Free Riders (UFR)" makes UFR a name here."""
    known = {k.casefold(): v for k, v in lexicon.names().items()}
    forces = {k.casefold(): v for k, v in lexicon.forces().items()}
    found: dict[str, tuple[str, ...]] = {}
    for m in ABBREVIATION.finditer(text[:400_000]):
        full, short = m.group(1), m.group(2)
        words = full.split()
        for n in range(len(words)):
            name = " ".join(words[n:]).casefold()
            if name in known:
                found[short.casefold()] = known[name]
                break
            if name in forces:
                found[short.casefold()] = tuple(forces[name])
                break
        else:
            last = words[-1].casefold()
            if (
                short.isupper()
                and short.casefold() not in known
                and last
                in (
                    "army",
                    "front",
                    "movement",
                    "forces",
                    "militia",
                    "brigade",
                    "brigades",
                    "party",
                    "alliance",
                    "council",
                    "union",
                    "coalition",
                    "force",
                    "guard",
                    "battalion",
                )
            ):
                initials = [w[0] for w in words if w[0].isupper()]
                if sum(a == b for a, b in zip(reversed(initials), reversed(short), strict=False)) >= len(short) - 1:
                    found[short.casefold()] = (short.casefold(),)
                    found[" ".join(words).casefold()] = (short.casefold(),)
                    for k in range(1, len(words) - 1):
                        if (
                            words[k][0].isupper()
                            and len(words) - k >= 2
                            and len([w for w in words[k:] if w[0].isupper()]) >= len(short) - 1
                        ):
                            found.setdefault(" ".join(words[k:]).casefold(), (short.casefold(),))
    return found
