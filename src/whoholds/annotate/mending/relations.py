"""Mending of what hangs on what: the one object of a verb, the subject of a verb after "and", lengths, shares, what
stands before "that" or a colon. `annotate.mending.impossible` mends relations that no sentence has."""

from __future__ import annotations

from whoholds.annotate.trees.nominals import LENGTHS
from whoholds.annotate.trees.table import FINITE, SUBJECT, Table
from whoholds.annotate.words import lexis

_SHARES = lexis()["shares"]
_FEW = frozenset(["only", "just", "merely"])
_WHEN = frozenset(["after", "before", "since", "until"])
_OFF = frozenset(
    ["call", "calls", "called", "calling", "put", "puts", "putting", "fight", "fights", "fought", "fighting"]
)
"""Verbs that have "off" beside them, never before what they are about."""


def relations(t: Table) -> None:
    """Change the table in place."""
    for i, dep in enumerate(t.deps):
        above, word = t.heads[i], t.words[i]
        if word == "due" and t.words[i + 1 : i + 2] == ["to"] and t.tags[i + 2 : i + 3] == ["VB"]:
            # "is due to pull out of P": what it is to do, and no cause
            deed = t.heads[i + 2] if t.deps[i + 2] in ("aux", "aux:pass") else i + 2
            t.hang(deed, i, "xcomp")
            t.hang(i + 1, deed, "mark")
            t.tags[i + 1], t.pos[i + 1] = "TO", "PART"
        elif dep == "obl:unmarked" and word.removesuffix("s") in LENGTHS and t.pos[above] == "VERB":
            # "stood 40 kilometres from P": as "held 40 kilometres"
            t.deps[i] = "obj"
        elif dep == "nsubj" and t.words[i + 1 : i + 2] == [":"]:
            # "Sudan: RSF overruns base": what stands before a colon does nothing
            if any(c > i + 1 and t.deps[c] in SUBJECT for c in t.children(above)):
                t.deps[i] = "parataxis"
        elif dep in ("nmod", "obl") and (share := _share_before(t, i)) is not None:
            # "holds P and much of Q": "of" what stands right before it
            t.hang(i, share, "nmod")
        elif dep == "obl" and t.words[above] in _SHARES and above < i:
            # "pulled most of its fighters out": "of" what the share is
            t.deps[i] = "nmod"
        elif dep == "nsubj" and word in _SHARES and i < above and t.deps[above] in SUBJECT:
            # "The majority of M23 fighters left": the share is what has the rest
            t.hang(i, t.heads[above], t.deps[above])
            t.hang(above, i, "nmod")
        elif dep == "obl" and t.words[above] in ("together", "along") and above < i and t.heads[above] != above:
            # "Together with X, Y took P": X hangs on what they do
            t.hang(i, t.heads[above])
        elif dep == "conj" and t.pos[i] == "NOUN" and _explains(t, i):
            # "captured P, the stronghold of X": no "and" joins it, so it says what P is
            t.deps[i] = "appos"
        elif dep == "appos" and any(t.words[c] == "then" and c < i for c in t.children(i)):
            t.deps[i] = "conj"  # "took P, then the Q bridge"
        elif dep == "appos" and (name := _name_before(t, i)) is not None:
            # "its offensive on P, a town in Q that they hold": P is the town, and no offensive
            t.hang(i, name)
        elif dep == "obj" and i > above and t.words[above] == "fell" and not t.labels(above) & set(SUBJECT):
            # "Into the hands of the rebels fell P": what fell stands behind
            t.deps[i] = "nsubj"
        elif dep == "obj" and t.deps[above] == "aux" and (left := t.heads[above]) > i and t.words[left] == "left":
            _has_left(t, above, i, left)
        elif word == "longer" and t.words[i - 1] == "no" and "cop" in t.labels(i):
            _no_longer(t, i)
        elif word == "left" and dep in ("ROOT", "root", "conj") and (left_over := _left_over(t, i)) is not None:
            _has_left(t, *left_over, i)
        elif dep == "case" and word == "off" and i and t.words[i - 1] in _OFF and t.deps[above] == "obl":
            # "called off the assault on P": nothing is called from off it
            t.hang(i, i - 1, "compound:prt")
            t.hang(above, i - 1, "obj")
        elif dep == "obj" and t.deps[above] == "aux" and above < i < t.heads[above]:
            t.hang(i, t.heads[above])  # "has P surrounded": an auxiliary has no object
        elif dep == "amod" and t.tags[i] == "VBN" and t.capital[above] and _is_perfect(t, i):
            _has_done(t, i)
        elif dep == "compound" and word == "operation" and _has_a_name(t, i):
            # "launched Operation Thunder in P": what was launched is an operation
            t.hang(i, i if t.heads[above] == above else t.heads[above], t.deps[above])
            for c in t.children(above):
                t.hang(c, i)
            t.hang(above, i, "flat")
        elif dep == "xcomp" and (push := _undertaken(t, above, i)) is not None:
            # "began Operation Thunder to retake P": it was not begun to retake P
            t.hang(i, push, "acl")
        elif dep == "xcomp" and t.tags[i] == "VBD" and lexis().has("declares", t.lemma(above)):
            # "declared P cleared": what it is declared to be is a participle
            t.tags[i] = "VBN"
            for c in t.children(i):
                t.deps[c] = "nsubj:pass" if t.deps[c] == "nsubj" else t.deps[c]
        elif dep == "xcomp" and word == "left" and t.tags[i] == "VBN" and t.words[above] in ("has", "have", "had"):
            for c in t.children(above):
                if t.deps[c] == "obj" and above < c < i:
                    t.hang(i, c, "acl")  # "has only P left"
        elif dep == "obj" and t.words[:i].count(",") and (first := _first_object(t, i)) is not None:
            # "captured P, the stronghold of X": a verb has one object, and the second goes on with it
            t.hang(i, first, "conj" if t.pos[i] == "PROPN" else "appos")
        elif dep == "mark" and word == "that" and t.deps[above] == "ccomp" and t.heads[above] < i:
            # "said on 2 June that P was lost": nothing before "that" belongs to the clause
            for c in t.children(above):
                if t.heads[above] < c < i:
                    t.hang(c, t.heads[above])
        if t.tags[i] in FINITE:
            _no_article(t, i)
            _own_subject(t, i)
        if dep in ("conj", "advcl") and t.pos[i] == "VERB":
            _after_it(t, i)


def _has_a_name(t: Table, i: int) -> bool:
    """ "Operation Thunder", not "their Forward Operation Base"."""
    name = t.heads[i]
    opens = t.capital[i] and not (i and t.capital[i - 1])
    return opens and i < name and t.pos[name] == "PROPN" and not lexis().has("facility", t.words[name])


def _undertaken(t: Table, verb: int, deed: int) -> int | None:
    """The operation that stands as an object between its verb and the infinitive that says what it is for."""
    if not any(t.words[c] == "to" for c in t.children(deed)):
        return None
    between = (c for c in t.children(verb) if t.deps[c] == "obj" and verb < c < deed)
    return next((c for c in between if lexis().has("operations", t.words[c])), None)


def _is_perfect(t: Table, i: int) -> bool:
    """ "will have isolated P", read as "have" with an isolated P: what stands between it and a name."""
    above = t.heads[i]
    return t.words[i - 1] in ("have", "has", "had") and above == i + 1 and t.heads[above] == i - 1


def _has_done(t: Table, i: int) -> None:
    """Make the participle the verb, and "have" its auxiliary."""
    has, name = i - 1, t.heads[i]
    _replace(t, has, i)
    t.hang(has, i, "aux")
    t.hang(name, i, "obj")


def _has_left(t: Table, has: int, thing: int, left: int) -> None:
    """ "The army has only P left", read as a perfect of "leave": it has P."""
    _replace(t, thing if t.heads[left] == thing else left, has)
    for c in t.children(thing):
        if c < has:
            t.hang(c, has)  # who has it
    t.hang(thing, has, "obj")
    t.hang(left, thing, "acl")


def _left_over(t: Table, left: int) -> tuple[int, int] | None:
    """ "The army has only P and Q left", read as their leaving: "has", and the first of what it has."""
    things = [c for c in t.children(left) if t.deps[c] in SUBJECT] or [t.heads[left]]
    thing = things[-1]
    below = (*t.children(left), *t.children(thing))
    has = [c for c in below if t.words[c] in ("has", "have", "had") and t.deps[c] == "aux" and c < thing]
    doers = [c for c in below if has and t.deps[c] in SUBJECT and c < has[0]]
    few = any(t.words[c] in _FEW for c in below)
    return (has[0], thing) if doers and few and thing < left and t.pos[thing] == "PROPN" else None


def _replace(t: Table, other: int, verb: int) -> None:
    """Put a verb where another word stands in the tree, with all that hangs on that."""
    over, dep, below = t.heads[other], t.deps[other], t.children(other)
    t.pos[verb] = "VERB"
    t.hang(verb, verb if over == other else over, dep)
    for c in below:
        if c != verb:
            t.hang(c, verb)


def _no_longer(t: Table, i: int) -> None:
    """ "are no longer in P", read as what is longer in P."""
    place = next((c for c in t.children(i) if c > i and t.deps[c] == "obl"), None)
    if place is None:
        return
    t.hang(place, place if t.heads[i] == i else t.heads[i], t.deps[i])
    for c in t.children(i):
        if t.words[c] != "no":
            t.hang(c, place)
    t.hang(i, place, "advmod")


def _share_before(t: Table, i: int) -> int | None:
    """The share right before "of", where the phrase was hung on something else."""
    case = next((c for c in t.children(i) if t.deps[c] == "case" and t.words[c] == "of"), 0)
    share = case - 1
    return share if case > 0 and t.words[share] in _SHARES and t.heads[i] not in (share, i) and i > case else None


def _explains(t: Table, i: int) -> bool:
    """A noun with "the", between commas behind a name, that no "and" joins and nothing follows in a list."""
    above, below = t.heads[i], t.children(i)
    first = min((c for c in below if c < i and t.pos[c] != "PUNCT"), default=i)
    if t.pos[above] != "PROPN" or t.words[first - 1] != ",":
        return False
    if (
        t.tags[i] == "NNS"
        and lexis().has("settlement", t.words[i].removesuffix("s"))
        and _list_is_closed(t, above, first)
    ):
        # "captured P and Q, two towns on the coast"
        return not t.labels(i) & {"cc", "conj"}
    if t.words[first] not in ("the", "a"):
        return False
    return not t.labels(i) & {"cc", "conj"} and not _is_another(t, i, below)


def _list_is_closed(t: Table, name: int, comma: int) -> bool:
    """An "and" stood before the last name in front of the comma, and none stands behind it."""
    ands = [c for k in t.children(name) if t.deps[k] == "conj" for c in t.children(k) if t.deps[c] == "cc"]
    return bool(ands) and all(c < comma for c in ands)


def _is_another(t: Table, i: int, below: tuple[int, ...]) -> bool:
    """ "captured P, the nearby town of Q and R", "P, the Q countryside and R": no words for P, but one more."""
    lex, before = lexis(), [c for c in below if c < i]
    named = any(t.deps[c] == "compound" and t.capital[c] for c in before)
    own = named and (lex.has("keeps_name", t.words[i]) or lex.has("facility", t.words[i]))
    return own or any(lex.has("beside_it", t.words[c]) for c in before)


def _name_before(t: Table, i: int) -> int | None:
    """The name right before the comma in front of a noun for a place, where that noun was hung on a word above it."""
    first = min((c for c in t.children(i) if c < i and t.pos[c] != "PUNCT"), default=i)
    if first < 3 or t.words[first - 1] != "," or not lexis().has("settlement", t.words[i]):
        return None
    name = first - 2
    while t.deps[name] in ("flat", "compound") and t.heads[name] < name:
        name = t.heads[name]
    of_it = t.pos[name] == "PROPN" and t.heads[name] == t.heads[i]
    if t.pos[t.heads[i]] != "NOUN" and not any(t.words[c] == "from" for c in t.children(name)):
        return None  # "drove X from P, a town in Q"; but a name may be a town's as well
    return name if of_it and not lexis().has("settlement", t.words[t.heads[i]]) else None


def _first_object(t: Table, second: int) -> int | None:
    """The object that stands before a comma, with the second right behind it."""
    verb = t.heads[second]
    others = [c for c in t.children(verb) if t.deps[c] == "obj" and verb < c < second]
    if not others:
        return None
    start = min((c for c in range(len(t.words)) if t.pos[c] != "PUNCT" and t.under(c, second)), default=second)
    return others[-1] if t.words[start - 1] == "," else None


def _no_article(t: Table, verb: int) -> None:
    """ "which the Islamic State controls": a verb has no article, and the name behind the article is its subject."""
    below = t.children(verb)
    articles = [c for c in below if t.deps[c] == "det" and t.words[c] == "the" and c < verb - 1]
    names = [c for c in below if t.deps[c] in ("compound", "amod", "flat") and c < verb]
    if articles and verb - 1 in names and "nsubj" not in t.labels(verb):
        for c in (*articles, *names):
            t.hang(c, verb - 1)
        t.hang(verb - 1, verb, "nsubj")


def _after_it(t: Table, verb: int) -> None:
    """ "The attack began after P, a river port, was lost": what is set off says more of P, which was lost."""
    above, below = t.heads[verb], t.children(verb)
    first = min([verb, *(c for c in below if t.deps[c] in ("aux", "aux:pass"))])
    if t.words[first - 1] != "," or t.labels(verb) & {"cc", "mark", *SUBJECT}:
        return
    for name in (c for c in t.children(above) if t.deps[c] == "obl" and above < c < verb and t.pos[c] == "PROPN"):
        opens = [c for c in t.children(name) if t.deps[c] == "case" and t.words[c] in _WHEN]
        more = [c for c in t.children(name) if t.deps[c] == "appos"]
        if opens and more and all(t.under(k, name) or t.pos[k] == "PUNCT" for k in range(name, first)):
            t.hang(name, verb, "nsubj:pass" if "aux:pass" in t.labels(verb) else "nsubj")
            t.hang(opens[0], verb, "mark")
            t.hang(verb, above, "advcl")
            return


def _own_subject(t: Table, verb: int) -> None:
    """ "X left P and Y entered Q": a verb that no "and" joins to the one before has the noun before it for subject."""
    if t.deps[verb] != "conj" or not t.heads[verb] < verb - 1 or t.labels(verb) & set(SUBJECT):
        return
    noun = verb - 1
    while t.deps[noun] in ("compound", "flat", "nmod", "amod") and t.heads[noun] < verb:
        noun = t.heads[noun]
    joined = t.deps[noun] == "conj" and t.deps[t.heads[noun]] in ("obj", "obl", "conj") and t.heads[verb] < noun
    ands = [c for c in t.children(noun) if t.deps[c] == "cc"]
    if joined and ands and t.pos[noun] in ("NOUN", "PROPN") and t.under(t.heads[noun], t.heads[verb]):
        t.hang(noun, verb, "nsubj")
        for c in ands:
            t.hang(c, verb)
