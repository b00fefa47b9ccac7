"""What a list leaves out: "hold the town, but not its airport", "all but the airport", "A rather than B"."""

from __future__ import annotations

from whoholds.annotate.trees.tree import Doc

AWAY = 12
"""Words between "but not" and a name, at most."""
ALL = frozenset(["all", "everything", "everywhere", "anything"])
CLAUSE = frozenset(["VERB", "AUX", "SCONJ"])


def is_excepted(doc: Doc, cue: int, name: int) -> bool:
    """Whether the name at a token goes on with a "but not" (", not") after the cue, or with "everything but", with no
    verb between."""
    if name > 1 and doc[name - 1].lower_ == "but" and doc[name - 2].lower_ in ALL:
        return True
    if [x.lower_ for x in doc[max(name - 2, 0) : name]] in (["rather", "than"], ["instead", "of"]) and name > cue:
        return True
    for i in range(name - 1, max(cue, name - AWAY), -1):
        word = doc[i].lower_
        if word == "not":
            before = doc[i - 1].lower_
            return before in ("but", "though", "although", ",") and (i + 1 >= len(doc) or doc[i + 1].lower_ != "only")
        if word == "neither":
            return doc[i - 1].lower_ in ("but", ",")
        if doc[i].pos_ in CLAUSE or word in (";", ":", "but"):
            return False
    return False
