"""Verbs that the parser takes for nouns, since they look like them: "The RSF control Nyala", "Troops of X attack P".

A clause without any other verb that is finite must have one. What stands between its subject and a name, and may be a
verb, is it; the tree is hung anew around it.
"""

from __future__ import annotations

from whoholds.annotate.times.words import MONTHS, WEEKDAYS
from whoholds.annotate.trees.table import FINITE, SUBJECT, Table
from whoholds.annotate.words import lexis

MAY_BE_VERBS = lexis()["also_verbs"]
NOUNS = ("NN", "NNS", "NNP", "NNPS")
OPEN_A_CLAUSE = frozenset([";", ":", "—", "–", "--", "that", "while", "but", "whereas", "because", "and"])
END_A_CLAUSE = OPEN_A_CLAUSE | {",", "where", "which", "who", "when", "though"}
IN_A_PHRASE = (*NOUNS, "DT", "JJ", "CD", "PRP$", "POS", "HYPH")
NOMINAL = (*SUBJECT, "obj", "obl", "nmod", "appos", "compound", "flat")


def hidden_verb(t: Table, i: int) -> None:
    """Make a noun the verb of its clause where nothing else is."""
    begin = _clause_of(t, i) if _may_be_verb(t, i) else None
    if begin is None or (subject := _subject(t, begin, i)) is None:
        return
    above = _object(t, i)
    top = i
    while t.heads[top] != top and begin <= t.heads[top] <= above:
        top = t.heads[top]
    over, dep = (i, "ROOT") if t.heads[top] == top else (t.heads[top], t.deps[top])
    last = i - 1
    while t.deps[last] == "flat" and subject < t.heads[last] < last:
        last = t.heads[last]
    _part(t, i, above, last, subject)
    t.tags[i], t.pos[i] = ("VBZ" if t.words[i].endswith("s") else "VBP"), "VERB"
    if dep in NOMINAL:
        dep = "ccomp" if lexis().has("say", t.lemma(over)) else "parataxis"
    t.hang(i, over, dep)
    t.hang(subject, i, "nsubj")
    t.hang(above, i, "obj")
    for c in {*t.children(subject), *t.children(top)}:
        # what follows the object was hung on the subject, there being no verb
        if c > above and c != i:
            t.hang(c, i)
    for c in t.children(i):
        if t.deps[c] == "nmod" and c > above:
            t.deps[c] = "obl"


def _may_be_verb(t: Table, i: int) -> bool:
    """A noun before a name, after a noun: "control" in "the rebels control Bria", not "an attack Monday"."""
    if not 0 < i < len(t.words) - 1 or t.tags[i - 1] not in NOUNS or t.words[i - 1] in ("a", "an"):
        return False
    named = (
        (t.capital[i + 1] or t.tags[i + 1] == "NNP") and t.words[i + 1] not in MONTHS and t.words[i + 1] not in WEEKDAYS
    )
    return (named or "obj" in t.labels(i)) and not any(t.words[c] in ("a", "an", "no", "any") for c in t.children(i))


def _clause_of(t: Table, i: int) -> int | None:
    """Where the clause begins; None where some other verb is its own."""
    begin = 0
    for k in range(i - 1, -1, -1):
        said = t.tags[k] in FINITE and lexis().has("say", t.lemma(k))
        if said or (t.words[k] in OPEN_A_CLAUSE and not (t.words[k] == "and" and _joins_nouns(t, k))):
            begin = k + 1
            break
        if t.tags[k] in (*FINITE, "MD", "VB") or t.tags[k] in ("WDT", "WP", "WRB"):
            return None
    for k in range(i + 1, len(t.words)):
        if t.words[k] in END_A_CLAUSE and not (t.words[k] in ("and", ",") and _joins_names(t, k)):
            break
        if t.tags[k] in (*FINITE, "MD"):
            return None
    return begin


def _joins_nouns(t: Table, k: int) -> bool:
    """ "the ELF and EPLF", before the verb."""
    return t.tags[k - 1] in NOUNS and all(t.tags[j] in IN_A_PHRASE for j in range(k + 1, min(k + 3, len(t.words))))


def _joins_names(t: Table, k: int) -> bool:
    """ "Bria and Ndele", after it: the clause goes on."""
    return k + 1 < len(t.words) and t.capital[k + 1] and t.capital[k - 1]


def _subject(t: Table, begin: int, i: int) -> int | None:
    """The head of the first noun phrase of the clause, behind what stands before a comma ("In the west, …")."""
    if t.tags[begin] in ("IN", "TO"):
        begin = next((k + 1 for k in range(begin, i) if t.words[k] == ","), i)
    last = None
    for k in range(begin, i):
        if t.tags[k] not in IN_A_PHRASE or (last is not None and t.tags[k] in ("DT", "PRP$", "CD")):
            break
        if t.tags[k] in NOUNS:
            last = k
        elif t.tags[k] == "JJ" and last is not None and not t.capital[k] and t.tags[last] in ("NNS", "NNPS"):
            break  # "Soldiers loyal to X control P"
    while last is not None and t.deps[last] == "flat" and begin <= t.heads[last] < last:
        last = t.heads[last]
    return last


def _object(t: Table, i: int) -> int:
    """The head of what follows: "airport" in "control Kufra airport"."""
    above = next((c for c in t.children(i) if c > i and t.deps[c] == "obj"), i + 1)
    for _ in t.heads:
        if t.heads[above] <= above:
            break
        above = t.heads[above]
    return above


def _part(t: Table, i: int, above: int, last: int, subject: int) -> None:
    """ "Fighters of the M23 control Sake", read as one compound: what belongs to the M23 is hung on it."""
    over = t.heads[above] if t.heads[above] < last else subject
    for c in (c for node in (i, above) for c in t.children(node) if c < i and c != last):
        t.hang(c, last if c < last else i)
    if last != subject and t.heads[last] in (i, above):
        t.hang(last, over, "conj" if "cc" in t.labels(last) else "nmod")
