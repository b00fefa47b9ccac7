"""Mending of how sentences open: a name, what it is, and then the verb ("Boma, the rebels' seat on the river, fell").

The parser seldom knows the name: it makes a subject of the words beside it, and an adverb or a vocative of the name.
"""

from __future__ import annotations

from whoholds.annotate.tagging import ADVERBS, SUBJECT, Table
from whoholds.annotate.words import lexis

LONGEST = 5
"""Words of the name at most."""
_NO_NAME = ("ADP", "DET", "PRON", "SCONJ", "CCONJ", "NUM", "AUX", "VERB", "PART")


def name_first(t: Table) -> None:
    """Make the name the subject, and the words between the commas its apposition."""
    stop = t.words.index(",") if "," in t.words[: LONGEST + 1] else 0
    if not stop or not _is_name(t, stop):
        return
    for noun, label in enumerate(t.deps):
        if label not in SUBJECT or t.pos[noun] != "NOUN" or not stop < noun < t.heads[noun]:
            continue
        verb = t.heads[noun]
        inside = [i for i in range(stop + 1, verb) if t.under(i, noun) and t.pos[i] != "PUNCT"]
        if inside[0] != stop + 1 or inside[-1] + 1 >= verb or t.words[inside[-1] + 1] != ",":
            continue
        if any(t.heads[i] == verb and t.deps[i] in SUBJECT for i in range(stop)):
            return
        if not t.under(verb, _top(t, stop)):
            _turn(t, stop, noun)
        return


def _is_name(t: Table, stop: int) -> bool:
    """True where the words before the first comma can be nothing but a name."""
    lex, words = lexis(), t.words[:stop]
    if stop == 1 and (words[0] in ADVERBS or words[0].endswith("ly") or lex.has("not_places", words[0])):
        return False
    if t.heads[0] == 0 or t.pos[0] in _NO_NAME:
        return False
    return all(
        (t.capital[i] and t.pos[i] not in _NO_NAME) or w in "-'’" or (i and lex.has("particles", w))
        for i, w in enumerate(words)
    )


def _top(t: Table, stop: int) -> int:
    """The word of the name on which the others hang."""
    return next((i for i in range(stop) if t.heads[i] >= stop), 0)


def _turn(t: Table, stop: int, noun: int) -> None:
    top = _top(t, stop)
    t.heads[top], t.deps[top] = t.heads[noun], t.deps[noun]
    t.heads[noun], t.deps[noun] = top, "appos"
    for i in range(stop):
        if i != top and t.heads[i] >= stop:
            t.heads[i], t.deps[i] = top, "flat"
        if t.capital[i]:
            t.tags[i], t.pos[i], t.morphs[i] = "NNP", "PROPN", "Number=Sing"
