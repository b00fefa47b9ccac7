"""Mending of relative clauses that the parser hung on the last name before them: "a town in Yemen that they seized".

A name takes no clause that says which one of several is meant: "that", or a "which" without a comma, belongs to the
noun with an article that the name only places. Nor is a border or a road what was taken where a town stands beside it.
"""

from __future__ import annotations

from whoholds.annotate.lemmas import lemma_of
from whoholds.annotate.tagging import SUBJECT, Table
from whoholds.annotate.words import lexis

LINES = frozenset(["border", "frontier", "road", "river", "coast", "highway", "lake", "line"])
"""What a place lies at, with an article of its own."""
PLACING = frozenset(["in", "near", "on", "at", "of", "outside", "along", "by"])
HIGHEST = 2
"""Names between the clause and its noun, at most: "a town in the district of Gao that"."""


def relatives(t: Table) -> None:
    """Hang such clauses on the noun before the name."""
    for i, word in enumerate(t.words):
        if word in ("which", "who", "where") and i > 1 and t.words[i - 1] == ",":
            _taken_for_main(t, i)
    for verb, dep in enumerate(t.deps):
        if dep != "acl:relcl" or t.heads[verb] >= verb:
            continue
        opener = next((c for c in t.children(verb) if t.words[c] in ("that", "which") and c < verb), None)
        if opener is None or opener == 0:
            continue
        if t.words[opener - 1] == ",":
            _of_no_people(t, verb, opener)
            _of_the_attack(t, verb, opener)
            continue
        noun = t.heads[verb]
        for _ in range(HIGHEST):
            above = t.heads[noun]
            if not (t.pos[noun] == "PROPN" or t.words[noun] in LINES) or not _places(t, noun) or above >= noun:
                break
            noun = above
            if _is_one_of_many(t, noun):
                t.heads[verb] = noun
                break


def _taken_for_main(t: Table, i: int) -> None:
    """ "Amran, which lies north of Sanaa, fell on Tuesday", with "lies" for the verb of the sentence: it is "fell"."""
    verb = t.heads[i]
    noun = i - 2
    while t.deps[noun] in ("flat", "compound") and noun != t.heads[noun] < i:
        noun = t.heads[noun]
    if t.heads[verb] != verb or verb < i or t.heads[noun] != verb or noun > i:
        return
    main = next(
        (c for c in t.children(verb) if c > verb and t.deps[c] in ("conj", "parataxis") and _finite(t, c)), None
    )
    if main is None or any(t.deps[c] in (*SUBJECT, "cc", "mark") for c in t.children(main)):
        return
    first = min([main, *(c for c in t.children(main) if t.deps[c] in ("aux", "aux:pass", "advmod"))])
    if t.words[first - 1] != ",":
        return
    passive = any(t.deps[c] == "aux:pass" for c in t.children(main))
    for c in t.children(verb):
        if c > main:
            t.heads[c] = main
    t.heads[main], t.deps[main] = main, "ROOT"
    t.heads[verb], t.deps[verb] = noun, "acl:relcl"
    t.heads[noun], t.deps[noun] = main, "nsubj:pass" if passive else "nsubj"
    if t.capital[noun] and t.pos[noun] != "PROPN":
        t.tags[noun], t.pos[noun], t.morphs[noun] = "NNP", "PROPN", "Number=Sing"


def _finite(t: Table, i: int) -> bool:
    return t.tags[i] in ("VBD", "VBZ", "VBP") or any(t.deps[c] in ("aux", "aux:pass") for c in t.children(i))


def _of_no_people(t: Table, verb: int, opener: int) -> None:
    """ "Residents of P, which the rebels had surrounded": people are not "which"; the clause is of the place."""
    noun, name = t.heads[verb], opener - 2
    people = lexis().has("not_a_side", t.words[noun], t.words[noun].removesuffix("s"))
    if t.words[opener] != "which" or not people or t.pos[name] != "PROPN":
        return
    while t.deps[name] in ("flat", "compound") and t.heads[name] < name:
        name = t.heads[name]
    if t.heads[name] == noun and _places(t, name):
        t.heads[verb] = name


def _of_the_attack(t: Table, verb: int, opener: int) -> None:
    """ "attacks of armed groups on P, which the army repelled": what is beaten off is the attack."""
    lex, men = lexis(), t.heads[verb]
    deed = t.heads[men]
    beaten = lex.has("repels", lemma_of(t.words[verb], t.tags[verb], t.pos[verb])) and t.words[opener] == "which"
    placed = any(t.heads[k] in (men, deed) and t.pos[k] == "PROPN" and _places(t, k) for k in range(men, opener))
    if (
        beaten
        and placed
        and t.deps[men] == "nmod"
        and deed < men
        and lex.has("attacks", t.words[deed].removesuffix("s"))
    ):
        t.heads[verb] = deed


def _places(t: Table, noun: int) -> bool:
    return t.deps[noun] in ("nmod", "obl") and any(
        t.deps[c] == "case" and t.words[c] in PLACING for c in t.children(noun)
    )


def _is_one_of_many(t: Table, noun: int) -> bool:
    """ "a town", "the base", "two villages": some place, with an article or a number."""
    word = t.words[noun]
    place = lexis().has("settlement", word, word.removesuffix("s")) or lexis().has(
        "facility", word, word.removesuffix("s")
    )
    return t.pos[noun] == "NOUN" and place and any(t.deps[c] in ("det", "nummod") for c in t.children(noun))
