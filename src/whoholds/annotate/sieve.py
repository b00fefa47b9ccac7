"""Is a report about war at all? A look at its words, before anything is parsed, that costs next to nothing.

In a feed of ordinary news most reports say nothing of anybody's hold on a place, and parsing is most of the reader's
time. A report is read on where its words speak of armed sides and fighting often enough for its length; one that is
left out is still dated and kept, and gives no claims. Measured in `tests/annotate/test_sieve.py`; what it costs in
claims is in docs/accuracy.md.
"""

from __future__ import annotations

import re
from collections import defaultdict

from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.words import lexis
from whoholds.model import Report

SHORT = 300
"""Characters; a report no longer than this is always read: it may have no second word to tell it by."""
A_POINT = 400
"""One point more is asked for every so many characters, ..."""
ENOUGH = 4
"""... up to this many."""
SURE, MAYBE = 3, 1
"""Points for each different word of the classes `war_sure` and `war_maybe`, and `SURE` for a listed group."""
_WORD = re.compile(r"[^\W\d_]+")


class Sieve:
    """Tells reports that may carry claims from those that cannot. Make one for many reports."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._sure, self._maybe = lexis()["war_sure"], lexis()["war_maybe"]
        self._short_forms = {
            name for name, ids in lexicon.abbreviations().items() if not any(i.startswith("gov:") for i in ids)
        }
        self._names: dict[str, list[str]] = defaultdict(list)
        """Names of groups by their first word."""
        for name, ids in lexicon.names().items():
            words = _WORD.findall(name)
            if words and not any(i.startswith("gov:") for i in ids):
                self._names[words[0]].append(name)

    def may_carry(self, report: Report) -> bool:
        """False where no sentence of the report can be expected to carry a claim. Linear in its length."""
        text = " ".join(s.span.of(report.text) for s in report.sections if s.role.can_carry_claims)
        return self.points(text, enough := needed(len(text))) >= enough

    def points(self, text: str, enough: int = 10**6) -> int:
        """How much the words speak of war; counting may stop at `enough`."""
        low = text.casefold()
        words = set(_WORD.findall(low))
        points = SURE * len(words & self._sure) + MAYBE * len(words & self._maybe)
        if points < enough:
            points += SURE * len(self._short_forms.intersection(_WORD.findall(text)))
        for word in words & self._names.keys() if points < enough else ():
            points += SURE * any(name in low and _stands(name, low) for name in self._names[word])
        return points


def _stands(name: str, text: str) -> bool:
    """Is the name in the text as words of its own?"""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def needed(length: int) -> int:
    """The points that a report of so many characters must have to be read on."""
    return 0 if length <= SHORT else min(ENOUGH, 1 + length // A_POINT)
