"""Clauses that the parser loses since something stands within them or their order is turned round: "X have, an officer
said, been driven out", "Were P to fall to X", "X in P risk being cut off"."""

from __future__ import annotations

from whoholds.annotate.trees.table import FINITE, SUBJECT, Table
from whoholds.annotate.words import lexis

LONGEST = 12
"""Words of what stands within a clause, at most."""
_HAVE = frozenset(["have", "has", "had"])
_NOUNS = ("NN", "NNS", "NNP", "NNPS")
_POWER = frozenset(["control", "charge", "possession", "command"])
_OF_A_PHRASE = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "ADP", "PART", "PRON")


def inserted(t: Table) -> None:
    """Change the table in place."""
    for i, word in enumerate(t.words):
        if word in _HAVE and t.words[i + 1 : i + 2] == [","]:
            _perfect(t, i)
        elif word == "were" and (i == 0 or t.words[i - 1] in (",", "but", "“", '"')):
            _were_to(t, i)
        elif word in ("risk", "risks") and t.words[i + 1 : i + 2] == ["being"]:
            _risk(t, i)
        elif word == "in" and i and t.tags[i - 1] in ("NNS", "NNPS"):
            _left_in(t, i)
        elif word == ",":
            _set_apart(t, i - 1)


def _set_apart(t: Table, name: int) -> None:
    """ "Bor, though, an hour to the north, has been taken", "Bor, they say, was taken": the name is the subject."""
    if name < 0 or not t.capital[name]:
        return
    while t.deps[name] in ("flat", "compound") and t.heads[name] < name:
        name = t.heads[name]
    over = t.heads[name]
    if over <= name:
        return
    below = t.labels(over)
    if t.deps[name] in SUBJECT and t.deps[over] in SUBJECT and t.pos[over] == "NOUN" and not below & {"cop", "aux"}:
        # the parser took what stands between the commas for the subject, and the name for its own
        t.hang(name, t.heads[over], t.deps[over])
        t.hang(over, name, "appos")
    elif t.deps[name] in ("vocative", "discourse", "dislocated") and t.pos[name] in ("PROPN", "INTJ"):
        if below & set(SUBJECT) and lexis().has("say", t.lemma(over)):
            over = next((c for c in t.children(over) if t.deps[c] == "ccomp" and c > over), over)
            below = t.labels(over)
        finite = t.tags[over] in ("VBD", "VBZ", "VBP") or bool(below & {"aux", "aux:pass", "cop"})
        if finite and not below & set(SUBJECT):
            t.name(name)
            t.hang(name, over, "nsubj:pass" if "aux:pass" in below else "nsubj")


def _perfect(t: Table, have: int) -> None:
    """ "X have, an officer said on Monday, been driven out": what X have stands behind the speaker."""
    end = next((k for k in range(have + 2, min(have + LONGEST, len(t.words))) if t.words[k] == ","), None)
    inside = range(have + 2, end or 0)
    says = next((k for k in inside if t.tags[k] in FINITE and lexis().has("say", t.lemma(k))), None)
    if end is None or says is None:
        return
    first = end + 1
    while first < len(t.words) and (t.words[first] == "been" or t.pos[first] == "ADV"):
        first += 1
    if first >= len(t.words) or t.tags[first] not in ("VBN", "VBD") or t.heads[have] == first:
        return
    over = (have, says)
    subject = next((k for k in range(have) if t.deps[k] in SUBJECT and t.heads[k] in over), None)
    if subject is None:
        return
    passive = "been" in t.words[end:first]
    t.tags[first], t.pos[first] = "VBN", "VERB"
    if t.heads[says] in (have, first):
        top = next((k for k in (have, first) if t.heads[k] not in (have, first, says)), says)
        t.hang(says, says if top == says else t.heads[top], "ROOT" if top == says else t.deps[top])
    t.hang(first, says, "ccomp")
    for c in t.children(have):
        t.hang(c, first if c <= have or c > end else says)
    t.pos[have] = "AUX"
    t.hang(have, first, "aux")
    t.hang(subject, first, "nsubj:pass" if passive else "nsubj")


def _were_to(t: Table, were: int) -> None:
    """ "Were P to fall to X, …": a condition without "if", whose verb is the infinitive."""
    to = next((k for k in range(were + 2, min(were + LONGEST, len(t.words))) if t.words[k] == "to"), None)
    if to is None or any(t.pos[k] not in _OF_A_PHRASE for k in range(were + 1, to)) or t.tags[to] != "TO":
        return
    verb = t.heads[to]
    inside = [k for k in range(were + 1, to) if not were < t.heads[k] < to or t.heads[k] == k]
    if verb <= to or len(inside) != 1 or t.tags[verb] not in ("VB", "VBN"):
        return
    subject = inside[0]
    ours = (were, subject, verb)
    over = next((t.heads[k] for k in ours if t.heads[k] not in ours), None)
    if over is None:
        # what then would be so hangs on the condition, which the parser took for the main clause
        said = (c for k in ours for c in t.children(k) if c > verb and t.deps[c] in ("parataxis", "ccomp", "conj"))
        over = next(said, None)
        if over is None:
            return
        t.hang(over, over, "ROOT")
    if t.tags[subject] not in (*_NOUNS, "PRP"):
        t.name(subject)
    for k in (were, subject):
        for c in t.children(k):
            if c > to and c not in ours:
                t.hang(c, verb)
    t.hang(verb, over, "advcl")
    t.pos[verb] = "VERB"
    t.hang(were, verb, "aux")
    t.pos[were] = "AUX"
    t.hang(subject, verb, "nsubj:pass" if t.tags[verb] == "VBN" else "nsubj")


def _risk(t: Table, risk: int) -> None:
    """ "X in P risk being cut off", with "risk" for a noun: the verb of whoever stands before it."""
    verb = t.heads[risk + 1]
    if verb <= risk + 1 or t.tags[verb] not in ("VBN", "VBD"):
        return
    if "nsubj" in t.labels(risk) and "case" not in t.labels(risk):
        t.deps[verb] = "xcomp" if t.heads[verb] == risk else t.deps[verb]
        return
    begin = risk
    while begin and t.pos[begin - 1] in _OF_A_PHRASE:
        begin -= 1
    nouns = [k for k in range(begin, risk) if t.tags[k] in _NOUNS]
    cases = [k for k in range(begin, risk) if t.pos[k] == "ADP"]
    if not nouns or "det" in {t.deps[c] for c in t.children(risk)}:
        return
    heads = [k for k in nouns if not cases or k < cases[0]]
    if not heads or t.words[begin] in ("at", "of"):
        return
    subject = heads[-1]
    over = next((k for k in (subject, risk, verb) if not begin <= t.heads[k] <= verb), None)
    above, dep = (t.heads[over], t.deps[over]) if over is not None else (None, "")
    t.tags[risk], t.pos[risk] = ("VBZ" if t.words[risk].endswith("s") else "VBP"), "VERB"
    last = nouns[-1]
    if above is None:
        t.hang(risk, risk, "ROOT")
    else:
        t.hang(risk, above, "ccomp" if dep == "ccomp" or lexis().has("say", t.lemma(above)) else "parataxis")
    for c in (*t.children(subject), *t.children(verb)):
        if c > risk and c != verb and t.heads[c] == subject:
            t.hang(c, risk)
    for k in range(begin, risk):
        if t.heads[k] == risk and k not in (subject, last):
            t.hang(k, last if not cases or k >= cases[-1] else subject)
    t.hang(subject, risk, "nsubj")
    if last != subject:
        t.hang(last, subject, "nmod")
    t.hang(verb, risk, "xcomp")


def _left_in(t: Table, i: int) -> None:
    """ "ended with X driven out of P and Y in control of Q": two that are left so, though "and" stands after a name."""
    noun = next((k for k in (i + 1, i + 2) if k < len(t.words) and t.words[k] in _POWER), None)
    join = next((k for k in range(i - 2, max(i - 6, 1), -1) if t.words[k] == "and"), None)
    if noun is None or join is None or t.pos[join - 1] != "PROPN":
        return
    begin = next((k for k in range(join - 1, -1, -1) if t.words[k] == "with"), None)
    if begin is None or any(t.pos[k] not in _OF_A_PHRASE for k in range(join + 1, i)):
        return
    verbs = [k for k in range(begin, join) if t.pos[k] == "VERB"]
    if len(verbs) != 1 or t.tags[verbs[0]] not in ("VBN", "VBD", "VBG") or not t.under(noun, verbs[0]):
        return
    verb, who = verbs[0], i - 1
    for k in range(begin, i):
        if k < join and join < t.heads[k] < i:
            # the parser gave to Y what stands before P
            if k == _head(t, join - 1, begin):
                t.hang(k, verb, "obl")
            else:
                t.hang(k, _head(t, join - 1, begin))
        elif join < k < who and not join < t.heads[k] < i:
            t.hang(k, who, "compound")
    t.tags[verb] = "VBN" if t.tags[verb] == "VBD" else t.tags[verb]
    t.hang(noun, verb, "conj")
    t.hang(who, noun, "nsubj")
    t.hang(join, noun, "cc")


def _head(t: Table, i: int, begin: int) -> int:
    """The first word of the name that a word ends."""
    while begin < t.heads[i] < i and t.deps[i] in ("flat", "compound", "conj"):
        i = t.heads[i]
    return i
