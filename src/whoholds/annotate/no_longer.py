"""Mending of "no longer" where the parser takes it for what is said: "The town is no longer under their control"."""

from __future__ import annotations

from whoholds.annotate.tagging import Table

_SAID = ("obl", "nmod", "xcomp", "acl", "advmod", "obj")


def no_longer(t: Table) -> None:
    """Hang the adverb on the phrase behind it, and give that phrase its place in the sentence."""
    for i in range(1, len(t.words) - 1):
        if (t.words[i - 1], t.words[i]) != ("no", "longer") or t.deps[i] == "advmod":
            continue
        said = next((c for c in t.children(i) if c > i and t.deps[c] in _SAID), None)
        if said is None or not any(t.deps[c] == "cop" for c in t.children(i)):
            continue
        top = t.heads[i] == i
        t.heads[said], t.deps[said] = (said if top else t.heads[i]), t.deps[i]
        for c in t.children(i):
            if c not in (said, i - 1, i):
                t.heads[c] = said
        t.heads[i], t.deps[i] = said, "advmod"
        t.heads[i - 1], t.deps[i - 1] = i, "advmod"
