"""Whose bulletin a report is, by what stands over it: an office, a command, a ministry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from whoholds.annotate.actors.find import WORD, ActorRef, Names
from whoholds.annotate.document import Document
from whoholds.annotate.lexicon.lexicon import Lexicon
from whoholds.annotate.lexicon.tables import name_variants
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.words import lexis
from whoholds.model import Role

HEAD = 3
"""Sentences in which a bulletin says whose it is."""
VOICES = frozenset(["voice", "organ", "mouthpiece"])
"""Of what stands over a bulletin, what speaks for a side by itself."""
HEAD_LENGTH = 150
"""Characters of what stands over a bulletin."""
LONGEST = 7
"""Words of the name of a side over a bulletin, at most."""


def issuer(
    document: Document,
    refs: Sequence[Sequence[tuple[int, ActorRef]]],
    names: Sequence[Names],
    choose: Callable[[tuple[str, ...]], str],
    lexicon: Lexicon,
) -> str | None:
    """The side whose office, command or spokesman stands over a bulletin: "M23 – Military Spokesman's Office"."""
    groups = [
        (s, i, ref) for s in document.sentences[:HEAD] for i, ref in refs[s.index] if _is_issuer(ref, names[s.index])
    ]
    for s, i, ref in groups:
        if preposition(s.doc[i]) == "of" and s.lemma(s.doc[i].head) in VOICES:
            return choose(ref.ids)  # "the official voice of X, broadcasting from the hills"
    named = {choose(ref.ids) for s, _, ref in groups if not s.clauses}
    first = document.report.text[:HEAD_LENGTH].lower().split()  # a byline is no sentence: "Office of the Spokesman"
    issued = any(lexis().has("issues", word.strip(".,:;").removesuffix("'s").removesuffix("’s")) for word in first)
    if issued and len(named) == 1:
        return next(iter(named))
    return _over_it(document, choose, lexicon)


def _over_it(document: Document, choose: Callable[[tuple[str, ...]], str], lexicon: Lexicon) -> str | None:
    """The side that is named in the lines over a bulletin, which are no sentences: "KENYA DEFENCE FORCES".

    A general staff or a ministry that gives no country is of the one from whose capital it writes.
    """
    head = takewhile(lambda section: section.role is not Role.BODY, document.report.sections)
    told = [s.span for s in document.sentences[:HEAD] if s.clauses]
    lines = [x.span.of(document.report.text) for x in head if not any(x.span.overlaps(span) for span in told)]
    words = [WORD.findall(name_variants(line)[0]) for line in lines]
    every = {word for line in words for word in line}
    if (
        not (every & lexis()["issues"] or every & lexis()["issues_for_a_state"])
        or sum(map(len, lines)) > 2 * HEAD_LENGTH
    ):
        return None
    runs = [line[i : i + n] for line in words for i in range(len(line)) for n in range(LONGEST, 0, -1)]
    called = [name for run in runs for name in (" ".join(run),) if name in lexicon.names() or name in lexicon.forces()]
    ids = {choose(lexicon.names().get(name) or lexicon.forces()[name]) for name in called}
    if len(ids) == 1:
        return ids.pop()
    if ids or not every & lexis()["issues_for_a_state"]:
        return None
    text = " ".join(" ".join(line) for line in words)
    seats = {
        code
        for code, c in lexicon.countries.items()
        if any(name and name.casefold() in text for name in (c.capital, c.capital_once))
    }
    return f"gov:{seats.pop()}" if len(seats) == 1 else None


def _is_issuer(ref: ActorRef, names: Names) -> bool:
    """A side by its name, and no country's: "Front: Libya" is no bulletin of Libya's."""
    return ref.cls == "named" and bool(ref.ids) and names.countries.keys().isdisjoint(range(ref.first, ref.last + 1))
