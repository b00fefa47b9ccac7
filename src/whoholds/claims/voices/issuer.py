"""Whose bulletin a report is, by what stands over it: an office, a command, a ministry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from anyascii import anyascii

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
LONGEST = 10
"""Words of the name of a side over a bulletin, at most."""
SIGNED = 4
"""Lines at the foot of a bulletin in which it is signed."""
NOTES = ("[", "(")


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
    return _over_it(document, choose, lexicon) or _under_it(document, choose, lexicon)


def _over_it(document: Document, choose: Callable[[tuple[str, ...]], str], lexicon: Lexicon) -> str | None:
    """The side that is named in the lines over a bulletin, which are no sentences: "KENYA DEFENCE FORCES".

    A general staff or a ministry that gives no country is of the one from whose capital it writes. What a monitor
    notes in brackets above it does not end them.
    """
    report = document.report
    head = takewhile(lambda x: x.role is not Role.BODY or x.span.of(report.text)[:1] in NOTES, report.sections)
    told = [s.span for s in document.sentences[:HEAD] if s.clauses]
    lines = [x.span.of(report.text) for x in head if not any(x.span.overlaps(span) for span in told)]
    words = [_words(line) for line in lines if line[:1] not in NOTES]
    every = {word for line in words for word in line}
    if (
        not (every & lexis()["issues"] or every & lexis()["issues_for_a_state"])
        or sum(map(len, lines)) > 2 * HEAD_LENGTH
    ):
        return None
    ids = {choose(found) for line in words for found in _sides_of(line, lexicon)}
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


def _under_it(document: Document, choose: Callable[[tuple[str, ...]], str], lexicon: Lexicon) -> str | None:
    """The side whose spokesman or command has signed: "A. Person, Military Spokesperson, Hill People's Front"."""
    lines = [line.strip() for line in document.report.text.rstrip()[-2 * HEAD_LENGTH :].splitlines() if line.strip()]
    signed = [_words(line) for line in lines[-SIGNED:] if line[-1] not in ".?!:" and len(line) < HEAD_LENGTH]
    by_office = [words for words in signed if not lexis()["issues"].isdisjoint(words)]
    ids = {choose(found) for words in by_office for found in _sides_of(words, lexicon)}
    return ids.pop() if len(ids) == 1 else None


def _words(line: str) -> list[str]:
    """The words of a line in lower case, without accents, which capitals seldom have."""
    return WORD.findall(anyascii(name_variants(line)[0]))


def _sides_of(words: list[str], lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """The sides that a line names, each by the most words: not the army in "Liberation Army in Opposition"."""
    known = _known(lexicon)
    i = 0
    while i < len(words):
        runs = ((n, " ".join(words[i : i + n])) for n in range(LONGEST, 0, -1))
        n, ids = next(((n, known[run]) for n, run in runs if run in known), (1, ()))
        if ids:
            yield ids
        i += n


@lru_cache(maxsize=1)
def _known(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The sides by their names as `_words` gives them."""
    known = {**lexicon.forces(), **lexicon.names()}
    return known | {" ".join(_words(name)): ids for name, ids in known.items() if "/" in name or not name.isascii()}


def _is_issuer(ref: ActorRef, names: Names) -> bool:
    """A side by its name, and no country's: "Front: Libya" is no bulletin of Libya's."""
    return ref.cls == "named" and bool(ref.ids) and names.countries.keys().isdisjoint(range(ref.first, ref.last + 1))
