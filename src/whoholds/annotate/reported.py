"""Mending of what is reported: "rumours in the press that P had fallen" says what they say, and tells of no press.

The parser takes such a clause for a relative one. It is none where its "that" fills a place which another word fills.
"""

from __future__ import annotations

from whoholds.annotate.tagging import Table
from whoholds.annotate.words import lexis

SUBJECT = ("nsubj", "nsubj:pass")
HIGHEST = 3
"""Nouns between the clause and the report, at most: "reports by some channels of the region that"."""


def contents(t: Table) -> None:
    """Hang clauses of what is told on the noun that tells it."""
    for i, word in enumerate(t.words):
        if word != "that" or t.tags[i] != "WDT" or t.deps[t.heads[i]] != "acl:relcl":
            continue
        verb = t.heads[i]
        alike = SUBJECT if t.deps[i] in SUBJECT else (t.deps[i],)
        filled = t.deps[i] == "mark" or any(c != i and t.deps[c] in alike for c in t.children(verb))
        if t.deps[i] not in (*SUBJECT, "obj", "mark") or not filled:
            continue
        noun = t.heads[verb]
        for _ in range(HIGHEST):
            if lexis().has("told_things", t.words[noun], t.words[noun].removesuffix("s")):
                t.tags[i], t.pos[i], t.morphs[i], t.deps[i] = "IN", "SCONJ", "", "mark"
                t.heads[verb], t.deps[verb] = noun, "acl"
                break
            if t.deps[noun] not in ("nmod", "obl") or t.heads[noun] >= noun:
                break
            noun = t.heads[noun]
