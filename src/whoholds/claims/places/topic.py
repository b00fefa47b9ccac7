"""The place that a report is about, by its title or by how often it names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from whoholds.annotate.document import Document
from whoholds.annotate.places.names import Named
from whoholds.model import PlaceType, Role

WORD = re.compile(r"[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*")
OFTEN, RIVALS = 4, 3
"""Mentions of a town, at least, that make it what a report without such a title is about; and so many to one of any
other's."""


def topic_of(document: Document, named: Sequence[Named]) -> tuple[str | None, bool]:
    """The one place that the title names ("Battle of X", "Army enters X"), if it names just one.

    Not who speaks there ("Kabul says"); the town rather than its airport. Where it names none, the town that the report
    speaks of all the time. With it whether it is the title that names it.
    """
    title, found, apart = _words(document.report.title or ""), dict[str, PlaceType | None](), set[str]()
    for n in named:
        name = n.ref.name or ""
        if not name or n.type is PlaceType.COUNTRY or _words(name) not in title:
            continue
        found[name] = n.type
        if n.weight < 0 and document.sentences[n.sentence].role is Role.TITLE:
            apart.add(name)
    names = [x for x in found if x not in apart]
    names = [x for x in names if found[x] is not PlaceType.FACILITY] or names
    names = [x for x in names if not any(x != y and _words(x) in _words(y) for y in names)]
    if not names:
        often = Counter(n.ref.name for n in named if n.ref.name and n.type is PlaceType.SETTLEMENT and n.weight > 0)
        (first, most), (_, next_) = [*often.most_common(2), ("", 0), ("", 0)][:2]
        return first if most >= max(OFTEN, RIVALS * next_) else None, False
    return names[0] if len(names) == 1 else None, True


def _words(text: str) -> str:
    """The words of a title or a name, each between blanks, so that one can be looked for in the other."""
    return f" {' '.join(WORD.findall(text))} ".casefold()
