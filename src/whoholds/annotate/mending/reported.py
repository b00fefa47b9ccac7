"""Mending of what is reported: "rumours in the press that P had fallen" says what they say, and tells of no press.

The parser takes such a clause for a relative one. It is none where its "that" fills a place which another word fills:
it is then what the noun, or the verb of saying before it, tells ("denied on Friday that P had been lost").
"""

from __future__ import annotations

from whoholds.annotate.listing import words
from whoholds.annotate.trees.table import FINITE, SUBJECT, Table
from whoholds.annotate.words import lexis

_CLOSING = frozenset(("report", "claim"))
WHERE = words(
    """in at near around outside inside from into to towards toward onto between against with along across over out
    of above below beyond"""
)
"""Prepositions of where something is done, or against whom."""
FARTHEST = 9
"""Words from the comma to the "report" that ends a sentence, at most."""
HIGHEST = 3
"""Nouns between the clause and the report, at most: "reports by some channels of the region that"."""


def contents(t: Table) -> None:
    """Hang clauses of what is told on the noun or the verb that tells it."""
    for i, word in enumerate(t.words):
        if word in _CLOSING and t.pos[i] == "NOUN":
            _closes(t, i)
        if t.tags[i] in FINITE and lexis().has("say", t.lemma(i)):
            _who_says(t, i)
            _goes_on(t, i)
        if word == "which" and t.words[max(i - 2, 0) : i] == ["according", "to"] and t.deps[t.heads[i]] == "acl:relcl":
            _according_to(t, t.heads[i])
        if word == "that" and t.deps[i] == "mark" and i > 2 and t.heads[t.heads[i]] > t.heads[i]:
            _of_the_predicate(t, i)
        if word != "that" or t.tags[i] not in ("WDT", "IN") or t.deps[t.heads[i]] != "acl:relcl":
            continue
        verb = t.heads[i]
        alike = SUBJECT if t.deps[i] in SUBJECT else (t.deps[i],)
        filled = t.deps[i] == "mark" or any(c != i and t.deps[c] in alike for c in t.children(verb))
        filled |= t.deps[i] == "obj" and lexis().has("intransitive", t.lemma(verb))
        # "the claim by X that it had taken P was false", with P for the subject of what follows
        after = t.heads[verb + 1] if verb + 2 < len(t.words) and t.pos[verb + 1] == "PROPN" else 0
        if t.deps[i] == "obj" and after > verb + 1 and t.deps[verb + 1] in SUBJECT and len(_subjects(t, after)) > 1:
            t.hang(verb + 1, verb, "obj")
            filled = True
        # a passive has no object: "reports on social media that P has been taken"
        filled |= t.deps[i] == "obj" and any(t.deps[c] == "nsubj:pass" for c in t.children(verb))
        if t.deps[i] not in (*SUBJECT, "obj", "mark") or not filled:
            continue
        noun = t.heads[verb]
        for _ in range(HIGHEST):
            if _tells(t, noun):
                _hang(t, i, noun, "acl")
                break
            if t.pos[noun] == "VERB" and lexis().has("say", t.lemma(noun)):
                _hang(t, i, noun, "ccomp")
                break
            if t.deps[noun] not in ("nmod", "obl") or t.heads[noun] >= noun:
                break
            noun = t.heads[noun]


def _of_the_predicate(t: Table, that: int) -> None:
    """ "It is not true that P fell, the army said": what is not true, and not only what is said."""
    verb, predicate = t.heads[that], that - 1
    if t.deps[verb] == "ccomp" and t.pos[predicate] in ("ADJ", "NOUN") and {"cop", "expl"} <= t.labels(predicate):
        t.hang(verb, predicate, "ccomp")


def _closes(t: Table, i: int) -> None:
    """ "The army has left P, aid workers report.": who reports it, and no report."""
    comma = next((c for c in range(i - 1, max(0, i - FARTHEST), -1) if t.words[c] == ","), 0)
    people = range(comma + 1, i)
    ends = i + 1 == len(t.words) or t.words[i + 1] == "."
    if not (ends and comma and people and t.tags[i - 1] in ("NNS", "NNPS")) or t.heads[i] == i:
        return
    if any(t.pos[c] in ("VERB", "AUX", "ADP") for c in people) or not any(p == "VERB" for p in t.pos[:comma]):
        return
    t.tags[i], t.pos[i] = "VBP", "VERB"
    for c in t.children(i):
        if c in people and c != i - 1:
            t.hang(c, i - 1)
    outside = [c for c in people if t.heads[c] not in people and t.pos[c] in ("NOUN", "PROPN")]
    for k, c in enumerate(outside):
        t.hang(c, outside[0] if k else i, "conj" if k else "nsubj")
    root = next(c for c, head in enumerate(t.heads) if c == head)
    t.hang(i, root, "parataxis")


def _tells(t: Table, noun: int) -> bool:
    words = (t.words[noun], t.words[noun].removesuffix("s"))
    return lexis().has("told_things", *words) or lexis().has("opens_that", *words)


def _according_to(t: Table, verb: int) -> None:
    """ "a message on the radio according to which P had fallen": what the message tells."""
    noun = t.heads[verb]
    for _ in range(HIGHEST):
        if _tells(t, noun):
            t.hang(verb, noun, "acl")
            return
        if t.deps[noun] not in ("nmod", "obl") or t.heads[noun] >= noun:
            return
        noun = t.heads[noun]


def _subjects(t: Table, verb: int) -> list[int]:
    return [c for c in t.children(verb) if t.deps[c] in SUBJECT]


def _goes_on(t: Table, i: int) -> None:
    """ "Fighting raged on, the mayor said, in villages near P": what is told goes on after who says it."""
    if t.words[i + 1 : i + 2] != [","] or i + 3 >= len(t.words) or t.words[i + 2] not in WHERE:
        return
    told = next((c for c in t.children(i) if c < i and t.deps[c] == "ccomp"), None)
    phrase = t.heads[i + 2]
    inserted = told is not None and "," in t.words[told + 1 : i]
    if told is not None and inserted and t.deps[phrase] == "obl" and t.heads[phrase] == i < phrase:
        t.hang(phrase, told)


def _who_says(t: Table, i: int) -> None:
    """ "are moving on P, residents and a security source said": those who say it, and no more names of the list;
    "P retaken, army says": not P says it."""
    subjects = [c for c in t.children(i) if t.deps[c] == "nsubj" and c < i]
    if subjects and t.words[i + 1 : i + 2] == [","] and _inserted(t, i, subjects[0]):
        return
    if len(subjects) == 2:
        name, who = subjects
        done = next((c for c in t.children(name) if t.deps[c] == "acl" and t.tags[c] == "VBN" and c == name + 1), None)
        if t.pos[name] == "PROPN" and done is not None and "," in t.words[done:who]:
            t.hang(done, i, "ccomp")
            t.hang(name, done, "nsubj:pass")
        return
    last = i - 1
    if subjects or last < 0 or "ccomp" not in t.labels(i):
        return
    while t.deps[last] in ("nmod", "flat", "compound", "amod") and t.heads[last] < last:
        last = t.heads[last]
    if t.pos[last] != "NOUN" or t.deps[last] not in ("conj", "appos"):
        return
    name = t.heads[last]
    people = [c for c in t.children(name) if t.deps[c] == t.deps[last] and t.pos[c] == "NOUN" and c > name]
    if t.pos[name] == "PROPN" and name < last and t.words[min(t.children(people[0]) or people, default=0)] == ",":
        t.hang(people[0], i, "nsubj")
        for c in people[1:]:
            t.hang(c, people[0], "conj")


def _inserted(t: Table, say: int, subject: int) -> bool:
    """ "The fall of P, officers and a priest in Q said, would bring them nearer": what it says of the fall."""
    told = next((c for c in t.children(say) if t.deps[c] == "ccomp" and c > say), None)
    comma = next((c for c in range(say - 2, max(subject, say - FARTHEST - 1), -1) if t.words[c] == ","), None)
    if told is None or comma is None or any(d.startswith("nsubj") or d == "mark" for d in t.labels(told)):
        return False
    people = [c for c in range(comma + 1, say) if t.heads[c] <= comma or t.heads[c] == say]
    people = [c for c in people if t.pos[c] in ("NOUN", "PROPN")]
    if not people or any(t.pos[c] in ("VERB", "AUX") for c in range(comma + 1, say)):
        return False
    t.hang(subject, told, "nsubj:pass" if "aux:pass" in t.labels(told) else "nsubj")
    t.hang(people[0], say, "nsubj")
    for c in people[1:]:
        t.hang(c, people[0], "conj")
    return True


def _hang(t: Table, that: int, above: int, dep: str) -> None:
    """Make the clause of "that" the content of the word above."""
    verb = t.heads[that]
    t.tags[that], t.pos[that], t.deps[that] = "IN", "SCONJ", "mark"
    t.hang(verb, above, dep)
