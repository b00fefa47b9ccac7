"""Mending of what the parser hangs on a day: "On Monday near P", "resumed on 15 November in P" say where, too.

A date has no place of its own; nor does a day stand before the name of a place as part of it.
"""

from __future__ import annotations

from whoholds.annotate.nominals import TIME
from whoholds.annotate.tagging import Table

WHERE = frozenset(["in", "at", "near", "around", "outside", "inside", "on", "from", "towards", "toward", "against"])
NO_PARTS = frozenset(["end", "beginning", "start", "hour", "moment", "time", "date"])
"""Times that are moments of something: "the end of the battle in P"."""
ALSO_DEEDS = frozenset(["march", "may", "fall", "spring"])


def after_times(t: Table) -> None:
    """Hang the phrases of place on what the times hang on."""
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if not _is_time(t, above) and dep == "compound" and above > i and _is_time(t, i):
            _not_in_name(t, i, above)
        elif (
            dep in ("nmod", "obl")
            and above < i
            and _is_time(t, above)
            and not _is_time(t, i)
            and t.deps[above] in ("obl", "nmod", "obl:tmod", "obl:unmarked")
            and any(t.deps[c] == "case" and t.words[c] in WHERE for c in t.children(i))
        ):
            up = t.heads[above]
            t.heads[i], t.deps[i] = up, ("obl" if t.pos[up] in ("VERB", "AUX", "ADJ") else "nmod")


def _is_time(t: Table, i: int) -> bool:
    if t.words[i] in ALSO_DEEDS and t.pos[i] != "PROPN":
        # "their march towards P", "after the fall of P"
        return False
    return t.words[i] in TIME and t.words[i] not in NO_PARTS and t.pos[i] in ("NOUN", "PROPN", "ADV")


def _not_in_name(t: Table, i: int, above: int) -> None:
    """ "broke out on Monday near the hill", read as one phrase "on … Monday … hill"."""
    own = next((c for c in t.children(above) if i < c < above and t.deps[c] == "case"), None)
    if own is None or t.words[own] not in WHERE or t.deps[above] not in ("obl", "nmod"):
        return
    t.heads[i], t.deps[i] = t.heads[above], t.deps[above]
    for c in t.children(above):
        if c < i and t.deps[c] == "case":
            t.heads[c] = i
