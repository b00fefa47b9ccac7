"""Mending of verbs with a particle that the parser takes for nouns: "Afghan forces hand over Farah to the Taliban"."""

from __future__ import annotations

from whoholds.annotate.tagging import Table

PAIRS = frozenset([("hand", "over"), ("hands", "over")])
_BEFORE = ("compound", "nmod", "amod", "nsubj")


def particle_verbs(t: Table) -> None:
    """Make the noun a verb, what stands before it its subject, and what follows the particle its object."""
    for i in range(1, len(t.words) - 2):
        if (t.words[i], t.words[i + 1]) not in PAIRS or t.pos[i] != "NOUN" or t.deps[i] not in ("ROOT", "ccomp"):
            continue
        subject = next((c for c in t.children(i) if c == i - 1 and t.deps[c] in _BEFORE), None)
        target = t.heads[i + 1]
        if subject is None or t.pos[subject] not in ("NOUN", "PROPN") or t.deps[i + 1] != "case" or target <= i:
            continue
        third = t.words[i].endswith("s")
        t.tags[i], t.pos[i], t.morphs[i] = "VBZ" if third else "VBP", "VERB", "Mood=Ind|Tense=Pres|VerbForm=Fin"
        t.deps[subject] = "nsubj"
        t.tags[i + 1], t.pos[i + 1], t.heads[i + 1], t.deps[i + 1] = "RP", "ADP", i, "compound:prt"
        t.deps[target], t.heads[target] = "obj", i
        for c in t.children(i):
            if c > target and t.deps[c] == "nmod":
                t.deps[c] = "obl"
