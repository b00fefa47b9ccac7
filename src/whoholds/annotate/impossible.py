"""Mending of relations that no English sentence has, each where the parser's choice turns what is said round."""

from __future__ import annotations

from whoholds.annotate.nominals import TIME
from whoholds.annotate.tagging import SUBJECT, Table
from whoholds.annotate.words import lexis

TYPED = lexis()["natural"] | lexis()["facility"]
"""What stands before the name of a place and says what it is: "Mount", "Camp", "Fort"."""


def impossible(t: Table) -> None:
    """Change the table in place."""
    _names(t)
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep == "acl:relcl" and above < i and t.pos[above] == "VERB":
            # "denies the city has fallen": a verb has no relative clause
            t.deps[i] = "ccomp"
        elif dep == "advcl" and t.words[i] == "left" and (left := _nobody_left(t, i)) is not None:
            # "There are no rebels left": who is not there is what "are" says
            t.heads[left], t.deps[left], t.heads[i], t.deps[i], t.tags[i] = above, "nsubj", left, "acl", "VBN"
        elif dep == "parataxis" and t.tags[i] in ("VBZ", "VBD", "VBP") and _lost_its_subject(t, i):
            # "P in X remains besieged", read as a name with something added
            t.heads[i], t.deps[i], t.heads[above], t.deps[above] = i, "ROOT", i, "nsubj"
            t.pos[i] = "VERB"
            for c in t.children(above):
                if c > i:
                    t.heads[c] = i
            for c in t.children(i):
                t.deps[c] = "xcomp" if t.deps[c] == "acl" and t.tags[c] == "VBN" else t.deps[c]
        elif dep in ("nmod", "obl") and t.tags[i] == "VBZ" and _verb_after_as(t, i):
            # "as M23 nears Goma": what follows "as" is a clause
            t.deps[i], t.pos[i] = "advcl", "VERB"
        elif dep in ("nmod", "obl") and (name := _name_before_copula(t, i)) is not None:
            # "while P is still under the army": what has a copula and a name before it is a clause
            t.deps[i] = t.deps[name] if t.deps[name] == "advcl" else "conj"
            t.heads[name], t.deps[name] = i, "nsubj"
            for c in t.children(i):
                t.deps[c] = "mark" if t.deps[c] == "case" and c < name else t.deps[c]
        elif dep == "conj" and t.deps[above] == "ROOT" and _said_of_the_name(t, i):
            # "Bor, with its dam, is still in the hands of X": what is said is the root, and the name its subject
            t.heads[i], t.deps[i], t.heads[above], t.deps[above] = i, "ROOT", i, "nsubj"
            for c in t.children(above):
                if c > i:
                    t.heads[c] = i
        elif dep == "parataxis" and t.tags[i] == "NN" and i + 1 < len(t.deps) and t.heads[i + 1] == i:
            # "threw back two assault groups": a noun has no object, it stands before one
            if t.deps[i + 1] == "obj":
                t.heads[i + 1], t.deps[i + 1], t.heads[i], t.deps[i] = above, "obj", i + 1, "compound"
        elif dep == "compound" and above > i and t.pos[i] == "PROPN" and t.tags[above] in ("VBD", "VBN"):
            _before_a_verb(t, i, above)
        elif dep == "compound" and above > i and t.pos[i] in ("NOUN", "PROPN") and t.words[above] != "risk":
            # "has been in opposition hands": what stands before a noun has neither subject nor preposition of its own
            for c in t.children(i):
                if c < i and t.deps[c] in ("nsubj", "cop", "aux", "case", "mark"):
                    t.heads[c] = above
        elif dep == "conj" and t.tags[i] == "VBD" and _done_by(t, i):
            # "evacuated thousands of families besieged there by X": a verb with an agent and no object is a participle
            t.heads[i], t.deps[i], t.tags[i], t.morphs[i] = i - 1, "acl", "VBN", "Tense=Past|VerbForm=Part"
        elif dep == "conj" and t.deps[above] == "acl:relcl" and (verb := _of_the_many(t, i)) is not None:
            # "held P, which lies on the road, and were moving on Q": not the town is moving
            t.heads[i] = verb
        elif dep in ("advcl", "xcomp", "ccomp", "acl") and t.pos[i] == "PROPN":
            # "was handed over to Azerbaijan", "up to Mount Sinjar": what "to" opens before a name is no clause
            below = t.children(i)
            for c in below:
                if c == i + 1 and t.pos[c] == "PROPN" and t.deps[c] == "obj":
                    t.deps[c] = "flat"
            to = next((c for c in below if t.deps[c] == "mark" and t.words[c] in ("to", "on", "with", "by")), None)
            if to is not None and not any(t.deps[c] in ("nsubj", "cop", "aux", "obj") for c in below):
                t.deps[i], t.deps[to], t.pos[to] = "obl", "case", "ADP"
        elif dep == "case" and above > i:
            # "are in and around P": a preposition has neither subject nor copula
            for c in t.children(i):
                if t.deps[c] in ("nsubj", "cop", "aux"):
                    t.heads[c] = above
        elif dep in ("aux", "aux:pass") and t.pos[i] in ("PROPN", "NOUN") and above > i:
            # "Bor passed into rebel hands": a name is no auxiliary
            taken = any(t.deps[c] in SUBJECT for c in t.children(above))
            t.deps[i] = "compound" if taken else "nsubj"
            if not taken and t.tags[above] == "VBN" and not any(t.deps[c].startswith("aux") for c in t.children(above)):
                t.tags[above], t.morphs[above] = "VBD", "Mood=Ind|Tense=Past|VerbForm=Fin"
        elif dep == "nsubj" and above == i + 1 and t.pos[above] == "NOUN" and t.pos[i] == "PROPN":
            # "The JNIM blockade of Djibo continues": who stands before a noun that is no predicate
            inner = [t.deps[c] for c in t.children(above)]
            if t.deps[above] in ("nsubj", "nsubj:pass", "obj", "obl") and "cop" not in inner:
                t.deps[i] = "compound"


def _before_a_verb(t: Table, i: int, verb: int) -> None:
    """ "Darwin and Goose Green freed": names before a verb are no part of it."""
    if t.words[verb - 1] in ("-", "–") or t.words[i] in TIME:
        return
    taken = next((c for c in t.children(verb) if c < i and t.deps[c] in SUBJECT), None)
    if taken is None:
        t.deps[i] = "nsubj"
    elif t.pos[i - 1] == "PROPN" and t.under(i - 1, taken):
        t.heads[i], t.deps[i] = i - 1, "flat"


def _lost_its_subject(t: Table, i: int) -> bool:
    """A finite verb right after the nominal that the sentence is made to consist of."""
    above = t.heads[i]
    return (
        above < i
        and t.deps[above] == "ROOT"
        and t.pos[above] in ("NOUN", "PROPN")
        and not any(t.deps[c] in ("nsubj", "nsubj:pass", "expl", "cop") for c in (*t.children(i), *t.children(above)))
        and not any(t.pos[j] in ("PUNCT", "VERB", "CCONJ") for j in range(above, i))
    )


def _done_by(t: Table, i: int) -> bool:
    below = [t.deps[c] for c in t.children(i)]
    alone = not {"obj", "nsubj", "nsubj:pass", "aux", "aux:pass", "cc", "ccomp", "xcomp"} & set(below)
    return "obl:agent" in below and alone and i > 0 and t.pos[i - 1] in ("NOUN", "PROPN") and t.heads[i] < i - 1


def _of_the_many(t: Table, i: int) -> int | None:
    """The clause that a plural verb after ", and" goes on with, where the relative clause before it is of one thing."""
    noun = t.heads[t.heads[i]]
    verb = t.heads[noun] if t.deps[noun] not in ("nmod", "appos", "conj") else t.heads[t.heads[noun]]
    joined = any(t.deps[c] == "cc" and t.words[c - 1] == "," for c in t.children(i) if c)
    plural = any(t.words[c] in ("were", "are", "have") and t.deps[c].startswith("aux") for c in t.children(i))
    who = any(t.deps[c] in SUBJECT and t.tags[c] in ("WDT", "WP") for c in t.children(t.heads[i]))
    taken = any(t.deps[c] in SUBJECT for c in t.children(i))
    subject = next((c for c in t.children(verb) if t.deps[c] in SUBJECT and c < noun), None)
    if not (joined and plural and who) or taken or t.tags[noun] not in ("NN", "NNP") or subject is None:
        return None
    many = t.tags[subject] in ("NNS", "NNPS", "PRP") or any(t.deps[c] == "conj" for c in t.children(subject))
    return verb if many else None


def _said_of_the_name(t: Table, i: int) -> bool:
    """A predicate with a copula and no subject, that no "and" joins to the name at the head of the sentence."""
    above, below = t.heads[i], [t.deps[c] for c in t.children(i)]
    return (
        above < i
        and t.pos[above] == "PROPN"
        and "cop" in below
        and not {"nsubj", "nsubj:pass", "expl", "cc"} & set(below)
        and not any(t.deps[c] in ("nsubj", "cop") for c in t.children(above))
    )


def _verb_after_as(t: Table, i: int) -> bool:
    """Give a present tense that was hung on by "as" its subject and its object; whether it is one."""
    case = next((c for c in t.children(i) if t.deps[c] == "case" and t.words[c] in ("as", "after", "before")), None)
    before = i - 1
    if case is None or case >= before or t.heads[before] != i or t.pos[before] not in ("NOUN", "PROPN"):
        return False
    t.deps[case], t.deps[before] = "mark", "nsubj"
    if i + 1 < len(t.words) and t.pos[i + 1] == "PROPN" and t.heads[i + 1] in (i, t.heads[i]):
        t.heads[i + 1], t.deps[i + 1] = i, "obj"
    return True


def _name_before_copula(t: Table, i: int) -> int | None:
    """The name right before the copula of a noun without a subject, where both hang on the same word."""
    below = t.children(i)
    copula = next((c for c in below if t.deps[c] == "cop"), 0)
    name = copula - 1
    if copula < 1 or any(t.deps[c] in SUBJECT for c in below) or t.pos[name] != "PROPN":
        return None
    while t.deps[name] in ("flat", "compound", "conj") and t.heads[name] < name:
        name = t.heads[name]
    bare = not any(t.deps[c] == "case" for c in t.children(name))
    return name if t.heads[name] == t.heads[i] and t.deps[name] in ("advcl", "obl", "nmod") and bare else None


def _nobody_left(t: Table, i: int) -> int | None:
    """The subject of a "left" without an object that stands right after it, under "there is"."""
    there = any(t.deps[c] == "expl" and t.words[c] == "there" for c in t.children(t.heads[i]))
    own = [c for c in t.children(i) if t.deps[c] == "nsubj"]
    taken = any(t.deps[c] in ("obj", "aux", "ccomp") for c in t.children(i))
    return own[0] if there and not taken and len(own) == 1 and own[0] == i - 1 else None


def _names(t: Table) -> None:
    """What a name cannot be: a part of the next past a comma, what hangs on its own last word, a verb."""
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep in ("appos", "nmod", "acl", "acl:relcl") and above < i and t.deps[above] == "flat":
            # "Mount Gambo, a hill": a name is hung on by its first word
            t.heads[i] = t.heads[above]
        elif dep == "compound" and above > i + 1 and t.words[i + 1] == "," and t.pos[i] == t.pos[above] == "PROPN":
            _aside(t, i, above)
        elif dep == "flat" and above == i - 1 and t.pos[i] == "PROPN" and t.words[above] in TYPED:
            _typed(t, above, i)
        elif dep in ("nsubj", "nsubj:pass") and _no_verb(t, i):
            # "Earlier reports that P had fallen were wrong"
            t.tags[i], t.pos[i] = ("NN" if t.tags[i] == "NN" else "NNS"), "NOUN"
            for c in t.children(i):
                t.deps[c] = "acl" if t.deps[c] == "ccomp" else t.deps[c]


def _no_verb(t: Table, i: int) -> bool:
    """A subject that is taken for a verb: by its article or adjective, or by its own tag, it is a noun."""
    if t.tags[i] == "VBZ":
        return any(t.deps[c] in ("amod", "det", "nmod:poss") for c in t.children(i))
    return t.pos[i] == "VERB" and t.tags[i] in ("NN", "NNS")


def _typed(t: Table, kind: int, name: int) -> None:
    """ "Mount Sinjar", "Camp Abubakar": the name is what is spoken of, the word before it says what it is."""
    t.heads[name], t.deps[name] = t.heads[kind], t.deps[kind]
    for c in t.children(kind):
        if c != name:
            t.heads[c] = name
    if t.heads[name] == kind:
        t.heads[name] = name
    t.heads[kind], t.deps[kind] = name, "compound"


def _aside(t: Table, first: int, last: int) -> None:
    """ "attacked Bouake, Ivory Coast": the town is what is attacked, and where it lies stands beside it."""
    t.heads[first], t.deps[first] = (first if t.heads[last] == last else t.heads[last]), t.deps[last]
    for c in t.children(last):
        if c < first:
            t.heads[c] = first
    t.heads[last], t.deps[last] = first, "appos"
