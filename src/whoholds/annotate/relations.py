"""Mending of what hangs on what: the one object of a verb, the subject of a verb after "and", days, what stands before
"that" or a colon. `annotate.impossible` mends relations that no sentence has."""

from __future__ import annotations

from whoholds.annotate.lemmas import lemma_of
from whoholds.annotate.listing import words
from whoholds.annotate.tagging import SUBJECT, Table
from whoholds.annotate.times.words import MONTHS, WEEKDAYS

_MEASURES = words("km kms kilometre kilometres kilometer kilometers mile miles metre metres meter meters yard yards")
_DEPRIVE = words("deprive strip dispossess relieve rob divest clear rid purge cleanse")
_SHARES = words("most much many some all part half majority minority bulk rest remainder few none several")
_FINITE = ("VBD", "VBP", "VBZ")


def relations(t: Table) -> None:
    """Change the table in place."""
    copular = "cop" in t.deps
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep == "ccomp" and above < i and t.pos[above] == "NOUN" and t.deps[above] != "ROOT":
            # "reports that P had fallen": treebanks differ in the name of it
            t.deps[i] = "acl"
        elif dep == "obl:unmarked" and t.words[i] in _MEASURES and t.pos[above] == "VERB":
            # "stood 40 kilometres from P": as "held 40 kilometres"
            t.deps[i] = "obj"
        elif dep == "nmod" and above < i and t.deps[above] in SUBJECT and _is_day(t, i):
            # "The army on Monday retook P": the day is of what it did
            t.heads[i], t.deps[i] = t.heads[above], "obl"
        elif dep == "nmod" and t.deps[above] == "obj" and t.capital[above] and _deprived(t, i):
            # "stripped the group of P": the verb's own, not the group's
            t.heads[i], t.deps[i] = t.heads[above], "obl"
        elif dep == "appos" and t.pos[i] == "PROPN" and _is_day(t, above) and not _is_day(t, i):
            _not_a_day(t, i)
        elif dep == "nsubj" and i + 1 < len(t.words) and t.words[i + 1] == ":":
            # "Sudan: RSF overruns base": what stands before a colon does nothing
            if any(c > i + 1 and t.deps[c] in SUBJECT for c in t.children(above)):
                t.deps[i] = "parataxis"
        elif copular and dep in ("obl", "nmod") and _is_clause(t, i):
            # "said that they were still in P": what has a copula is a clause
            t.deps[i] = "ccomp" if t.pos[above] == "VERB" else "acl"
        elif dep == "obl" and i < above and (noun := _noun_towards(t, i)) is not None:
            # "In their march towards P, X took Q": the way of the march, not of the taking
            t.heads[i], t.deps[i] = noun, "nmod"
        elif dep == "conj" and t.pos[i] == "NOUN" and _explains(t, i):
            # "captured P, the stronghold of X": no "and" joins it, so it says what P is
            t.deps[i] = "appos"
        elif dep in ("nmod", "obl") and (share := _share_before(t, i)) is not None:
            # "holds P and much of Q": "of" what stands right before it
            t.heads[i], t.deps[i] = share, "nmod"
        elif dep == "obl" and t.words[above] in _SHARES and above < i:
            # "pulled most of its fighters out": "of" what the share is
            t.deps[i] = "nmod"
        elif dep == "nsubj" and t.words[i] in _SHARES and i < above and t.deps[above] in SUBJECT:
            # "The majority of M23 fighters left": the share is what has the rest
            t.heads[i], t.deps[i] = t.heads[above], t.deps[above]
            t.heads[above], t.deps[above] = i, "nmod"
        elif dep == "obl" and t.words[above] in ("together", "along") and above < i and t.heads[above] != above:
            # "Together with X, Y took P": X hangs on what they do
            t.heads[i] = t.heads[above]
        elif dep == "obj" and t.words[:i].count(",") and (first := _first_object(t, i)) is not None:
            # "captured P, the stronghold of X": a verb has one object, and the second goes on with it
            t.heads[i], t.deps[i] = first, "conj" if t.pos[i] == "PROPN" else "appos"
        elif dep == "mark" and t.words[i] == "that" and t.deps[above] == "ccomp" and t.heads[above] < i:
            _before_that(t, i)
        if t.tags[i] in _FINITE:
            _no_article(t, i)
            _own_subject(t, i)


def _share_before(t: Table, i: int) -> int | None:
    """The share right before "of", where the phrase was hung on something else."""
    case = next((c for c in t.children(i) if t.deps[c] == "case" and t.words[c] == "of"), 0)
    share = case - 1
    return share if case > 0 and t.words[share] in _SHARES and t.heads[i] not in (share, i) and i > case else None


def _is_clause(t: Table, i: int) -> bool:
    inside = {t.deps[c] for c in t.children(i)}
    return {"cop", "mark"} <= inside and bool(inside & set(SUBJECT))


def _noun_towards(t: Table, i: int) -> int | None:
    """The noun before "towards P" in front of a clause."""
    case = next((c for c in t.children(i) if t.deps[c] == "case" and t.words[c] in ("towards", "toward", "against")), 0)
    before = case - 1
    return before if case and t.pos[before] == "NOUN" and t.deps[before] in ("obl", "nmod") else None


def _explains(t: Table, i: int) -> bool:
    """A noun with "the", between commas behind a name, that no "and" joins and nothing follows in a list."""
    above, below = t.heads[i], t.children(i)
    first = min((c for c in below if c < i and t.pos[c] != "PUNCT"), default=i)
    if t.pos[above] != "PROPN" or t.words[first] not in ("the", "a") or t.words[first - 1] != ",":
        return False
    members = [c for c in t.children(above) if t.deps[c] == "conj"]
    return members == [i] and not any(t.deps[c] in ("cc", "conj") for c in below)


def _first_object(t: Table, second: int) -> int | None:
    """The object that stands before a comma, with the second right behind it."""
    start = min((c for c in range(len(t.words)) if t.pos[c] != "PUNCT" and t.under(c, second)), default=second)
    others = [c for c in t.children(t.heads[second]) if t.deps[c] == "obj" and t.heads[second] < c < second]
    return others[-1] if others and t.words[start - 1] == "," else None


def _is_day(t: Table, i: int) -> bool:
    return t.words[i] in WEEKDAYS or t.words[i] in MONTHS


def _deprived(t: Table, i: int) -> bool:
    verb = t.heads[t.heads[i]]
    of = any(t.deps[c] == "case" and t.words[c] == "of" for c in t.children(i))
    return of and lemma_of(t.words[verb], t.tags[verb], t.pos[verb]) in _DEPRIVE


def _not_a_day(t: Table, name: int) -> None:
    """ "captured Zorzor on Wednesday, then Voinjama": no name explains a day; it goes on with the object."""
    verb = t.heads[t.heads[name]]
    objects = [c for c in t.children(verb) if c < name and t.deps[c] in ("obj", "nsubj:pass") and t.pos[c] == "PROPN"]
    if objects:
        t.heads[name], t.deps[name] = objects[-1], "conj"


def _before_that(t: Table, that: int) -> None:
    """ "said on 2 June that P was lost": nothing before "that" belongs to the clause."""
    clause = t.heads[that]
    for c in t.children(clause):
        if t.heads[clause] < c < that:
            t.heads[c] = t.heads[clause]


def _no_article(t: Table, verb: int) -> None:
    """ "which the Islamic State controls": a verb has no article, and the name behind the article is its subject."""
    articles = [c for c in t.children(verb) if t.deps[c] == "det" and t.words[c] == "the" and c < verb - 1]
    names = [c for c in t.children(verb) if t.deps[c] in ("compound", "amod", "flat") and c < verb]
    if not articles or verb - 1 not in names or any(t.deps[c] == "nsubj" for c in t.children(verb)):
        return
    for c in (*articles, *names):
        t.heads[c] = verb - 1
    t.heads[verb - 1], t.deps[verb - 1] = verb, "nsubj"


def _own_subject(t: Table, verb: int) -> None:
    """ "X left P and Y entered Q": a verb that no "and" joins to the one before has the noun before it for subject."""
    if t.deps[verb] != "conj" or not t.heads[verb] < verb - 1 or any(t.deps[c] in SUBJECT for c in t.children(verb)):
        return
    noun = verb - 1
    while t.deps[noun] in ("compound", "flat", "nmod", "amod") and t.heads[noun] < verb:
        noun = t.heads[noun]
    joined = t.deps[noun] == "conj" and t.deps[t.heads[noun]] in ("obj", "obl", "conj") and t.heads[verb] < noun
    ands = [c for c in t.children(noun) if t.deps[c] == "cc"]
    if joined and ands and t.pos[noun] in ("NOUN", "PROPN") and t.under(t.heads[noun], t.heads[verb]):
        t.heads[noun], t.deps[noun] = verb, "nsubj"
        for c in ands:
            t.heads[c] = verb
