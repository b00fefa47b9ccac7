"""Mending of what the parser hangs on a day: "On Monday near P", "resumed on 15 November in P" say where, too.

A date has no place of its own, nor is it part of who did something on it. Nor is a place a kind of hours: "entered P
hours after the army had left".
"""

from __future__ import annotations

from whoholds.annotate.times.words import MONTHS, UNITS, WEEKDAYS
from whoholds.annotate.trees.nominals import TIME
from whoholds.annotate.trees.table import SUBJECT, Table

DAYS = frozenset((*WEEKDAYS, *MONTHS))
WHERE = frozenset(["in", "at", "near", "around", "outside", "inside", "on", "from", "towards", "toward", "against"])
NO_PARTS = frozenset(["end", "beginning", "start", "hour", "moment", "time", "date"])
"""Times that are moments of something: "the end of the battle in P"."""
_OPENS = frozenset(["late", "early", "earlier", "last", "this"])
COUNTED = frozenset(["times", "hours", "days", "weeks", "months"])
"""How often, or how long: "attacked twelve times near P", "held out three weeks in P"."""
SPANS = frozenset(["minutes", "hours", "days", "weeks", "months", "years"])
BEFORE_OR_AFTER = frozenset(["after", "before", "later", "earlier", "ago", "into"])
ALSO_DEEDS = frozenset(["march", "may", "fall", "spring"])


def after_times(t: Table) -> None:
    """Hang the times on what was done then, and the phrases of place on what the times hang on."""
    for i, dep in enumerate(t.deps):
        above = t.heads[i]
        if dep == "nmod" and above < i and t.deps[above] in SUBJECT and t.words[i] in DAYS:
            # "The army on Monday retook P": the day is of what it did
            t.hang(i, t.heads[above], "obl")
        elif dep == "nmod" and above < i and _in_turn(t, above) and t.pos[t.heads[above]] == "VERB":
            t.hang(i, t.heads[above], "obl")  # "P and Q fell one after another to the rebels"
        elif dep in ("appos", "conj") and t.words[above] in DAYS and t.pos[i] == "PROPN":
            if not _fell_then(t, i):
                _of_no_day(t, i)
        elif dep in ("appos", "conj") and t.words[i - 1] == "then" and t.words[t.heads[above]] in ("fell", "fallen"):
            _fell_then(t, i)
        elif dep == "conj" and t.pos[i] == "PROPN" and above < i and _is_time(t, above) and _told_next(t, i):
            pass
        elif dep in ("compound", "nmod") and i < above and t.pos[i] == "PROPN" and _taken_in(t, i, above):
            # "fell to the M23 late last year": the name is no part of the year
            over, what = t.heads[above], t.deps[above]
            for c in t.children(above):
                if c < i and t.deps[c] in ("case", "det", "compound", "amod"):
                    t.hang(c, i, None)
            t.hang(i, over, what)
            t.hang(above, over, "obl:unmarked")
        elif t.words[above] in SPANS and above == i + 1 and t.capital[i] and t.words[i + 2 : i + 3]:
            if dep in ("compound", "nmod", "flat", "amod") and t.words[i + 2] in BEFORE_OR_AFTER:
                _no_kind_of_time(t, i, above)
        elif (
            dep in ("nmod", "obl")
            and above < i
            and (_is_time(t, above) or (t.words[above] in COUNTED and t.deps[above] == "obl:unmarked"))
            and not _is_time(t, i)
            and t.deps[above] in ("obl", "nmod", "obl:tmod", "obl:unmarked")
            and any(t.deps[c] == "case" and t.words[c] in WHERE for c in t.children(i))
        ):
            up = t.heads[above]
            t.hang(i, up, "obl" if t.pos[up] in ("VERB", "AUX", "ADJ") else "nmod")


def _in_turn(t: Table, i: int) -> bool:
    """The end of "one after another", "one after the other", "one by one", "in quick succession"."""
    before = t.words[max(0, i - 3) : i]
    by_ones = t.words[i] in ("one", "bit") and before[-2:] == [t.words[i], "by"]
    in_a_row = t.words[i] in ("another", "other") and "one" in before and "after" in before
    return by_ones or in_a_row or (t.words[i] == "succession" and "in" in before)


def _fell_then(t: Table, i: int) -> bool:
    """ "P fell to the rebels, then Q", "P fell on Monday, then Q": Q fell, too."""
    above = t.heads[i]
    verb = t.heads[above]
    alone = t.words[i - 1] == "then" and t.pos[i] == "PROPN" and "det" not in t.labels(i)
    if alone and verb < above and t.deps[above] == "obl" and t.pos[verb] == "VERB":
        t.hang(i, verb, "conj")
        return True
    return False


def _told_next(t: Table, i: int) -> bool:
    """ "took P that week, and Q, on the river, changed hands": Q is what the next verb tells of."""
    after = (k for k in range(i + 1, len(t.heads)) if t.pos[k] in ("VERB", "AUX") and not t.under(k, i))
    verb = next((k for k in after if t.deps[k] not in ("aux", "aux:pass")), None)
    if verb is None or t.deps[verb] != "conj" or t.heads[verb] > i or t.labels(verb) & set(SUBJECT):
        return False
    if any(t.deps[c] == "cc" and c > i for c in t.children(verb)):
        return False  # "took P that week, and Q, and moved on"
    t.hang(i, verb, "nsubj:pass" if "aux:pass" in t.labels(verb) else "nsubj")
    return True


def _of_no_day(t: Table, i: int) -> None:
    """ "According to an official quoted on Tuesday, P, which X holds, was bombed": a day has no other name."""
    root = next(k for k, head in enumerate(t.heads) if head == k)
    if root < i or t.labels(root) & set(SUBJECT) or t.words[i] in DAYS:
        return
    for c in t.children(t.heads[i]):
        if c > i:
            t.hang(c, i)
    t.hang(i, root, "nsubj:pass" if "aux:pass" in t.labels(root) else "nsubj")


def _taken_in(t: Table, name: int, time: int) -> bool:
    """True where a unit of time with its own words of time ("late last year") took a name before them for its part."""
    between = t.words[name + 1 : time]
    return t.words[time] in UNITS and bool({"last", "this", "earlier", "ago"} & set(between)) and between[0] in _OPENS


def _no_kind_of_time(t: Table, name: int, span: int) -> None:
    """ "entered P hours after", "took the town of P days before": the place is where, the hours are when."""
    head, case = t.heads[span], next((c for c in t.children(span) if t.deps[c] == "case" and c < name), None)
    if head >= name or head == span:
        return
    t.name(name)
    if case is not None:
        t.hang(name, head, t.deps[span])
        t.hang(case, name)
        while t.pos[head] not in ("VERB", "AUX") and t.heads[head] != head:
            head = t.heads[head]
        t.hang(span, head, "obl:unmarked")
    elif t.pos[head] == "VERB":
        t.hang(name, head, "obj" if "obj" not in t.labels(head) or t.deps[span] == "obj" else "obl")
        t.deps[span] = "obl:unmarked"
    for c in t.children(span):
        if c < name:
            t.hang(c, name)


def _is_time(t: Table, i: int) -> bool:
    if t.words[i] in ALSO_DEEDS and t.pos[i] != "PROPN":
        # "their march towards P", "after the fall of P"
        return False
    return t.words[i] in TIME and t.words[i] not in NO_PARTS and t.pos[i] in ("NOUN", "PROPN", "ADV")
