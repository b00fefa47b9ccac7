"""What may stand between two members of a list: when it was, where or what the last one is, a clause about it."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import TIME
from whoholds.annotate.trees.table import FINITE as FINITE_FORMS
from whoholds.annotate.trees.table import Table
from whoholds.annotate.words import lexis

FINITE = (*FINITE_FORMS, "MD")
PREPOSITIONS = words("in at near on around inside outside from into along across of for against towards toward to")
TIME_PREPOSITIONS = words("on in by since after before during at until")
LATER = words("later before after afterwards earlier ago then")
COMPASS = lexis()["compass"]
IN_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
LONGEST = 12
"""Words between two commas, at most."""
MOST = 8
"""Ends of what is said of one member that are tried, at most."""
_TIMES = (TIME | words("mid the last previous same following next")) - {"then", "now"}
_ASIDE = words("the a an its their once both with") | COMPASS | PREPOSITIONS
"""What opens an insertion that says what a place is."""
_RELATIVE = words("where which whose who")


def ends(t: Table, i: int) -> Iterator[int]:
    """Where the list may go on after a member that ends before `i`: there, or past what is said of the member ("A, the
    port, where they landed, and B")."""
    found = [i]
    for k in found:
        yield k
        for past in (_past_time, past_region, _past_apposition, _past_brackets, _past_where, _past_clause):
            end = past(t, k)
            if end > k and end not in found and len(found) < MOST:
                found.append(end)


def closing_comma(t: Table, comma: int) -> int:
    """The comma that closes what this one opens: a few words without a verb of their own; -1 where there is none."""
    for k in range(comma + 1, min(len(t.words), comma + 2 + LONGEST)):
        if t.words[k] == ",":
            return k if k > comma + 1 else -1
        if t.tags[k] in FINITE or t.words[k] in (";", ":", ".", "and"):
            return -1
    return -1


def past_with_it(t: Table, i: int) -> int:
    """The comma after Q in "P, and with it Q, fell"; -1 where nothing of the kind begins at `i`."""
    if t.words[i : i + 3] != [",", "and", "with"] or t.words[i + 3 : i + 4] not in (["it"], ["them"]):
        return -1
    return closing_comma(t, i + 3)


def _past_time(t: Table, i: int) -> int:
    """Past "on Friday", "in early May", "a day later", "three times"."""
    n = len(t.words)
    i += i < n and t.words[i] == ","
    if i < n and t.words[i] in ("once", "twice"):
        return i + 1
    if i + 1 < n and t.words[i + 1] == "times":
        return i + 2
    if i < n and t.words[i] in TIME_PREPOSITIONS:
        k = i + 1
        while k < min(n, i + 6) and (t.words[k] in _TIMES or t.tags[k] in ("CD", "JJ", "DT") or t.pos[k] == "NUM"):
            k += 1
        return k if k > i + 1 and any(w in _TIMES or w.isdigit() for w in t.words[i + 1 : k]) else -1
    for k in range(i, min(n, i + 4)):
        if t.words[k] in LATER and k > i:
            return k + 1
        if t.pos[k] not in ("DET", "NUM", "ADV", "NOUN"):
            return -1
    return -1


def _past_apposition(t: Table, i: int) -> int:
    """Past ", the state capital", ", both taken in May", ", with its port", ", near Q", ", two hours to the east"."""
    if i + 1 >= len(t.words) or t.words[i] != ",":
        return -1
    opens = t.words[i + 1] in _ASIDE or t.tags[i + 1] in ("VBN", "CD")
    return closing_comma(t, i) if opens else -1


def _past_clause(t: Table, i: int) -> int:
    """Past ", where the governor surrendered"."""
    if i + 1 >= len(t.words) or t.words[i] != "," or t.words[i + 1] not in _RELATIVE:
        return -1
    for k in range(i + 2, min(len(t.words), i + 2 + LONGEST)):
        if t.words[k] == ",":
            return k
        if t.words[k] in (";", ":"):
            return -1
    return -1


def _past_where(t: Table, i: int) -> int:
    """Past "south of P," and "near the border," up to the comma, past "in the north" up to "and"."""
    if i >= len(t.words) or not (t.words[i] in PREPOSITIONS or t.words[i] in COMPASS):
        return -1
    for k in range(i + 1, min(len(t.words), i + 8)):
        if t.words[k] == "," or (t.words[k] == "and" and t.words[k - 1] in COMPASS):
            return k
        if t.pos[k] not in (*IN_PHRASE, "ADP"):
            return -1
    return -1


def past_region(t: Table, i: int) -> int:
    """Past "in Q district" of "took A in Q district, B in R and C in S"; to "and" only where C lies somewhere too."""
    k = _region_end(t, i)
    if k < 0 or k >= len(t.words) or t.words[k] not in (",", "and"):
        return -1
    following = k + 1
    while t.words[k] == "and" and following < len(t.words) and t.words[following] != "in":
        if not (t.capital[following] or t.words[following] in ("the", "of", "-") or t.pos[following] == "NOUN"):
            return -1
        following += 1
    return k if t.words[k] == "," or _region_end(t, following) > 0 else -1


def _region_end(t: Table, i: int) -> int:
    """Where "in Q", "in Q-e Qq province" ends; -1 where it does not begin at `i`."""
    article = t.words[i + 1 : i + 3][-1:] == ["-"] and t.words[i + 1] in lexis()["particles"]  # "in al-Bayda"
    if i + 1 >= len(t.words) or t.words[i] != "in" or not (t.capital[i + 1] or article):
        return -1
    k = i + 2
    while k < len(t.words) and (t.capital[k] or t.words[k] == "-" or t.words[k - 1] == "-"):
        k += 1
    return k + (k < len(t.words) and (t.words[k] in lexis()["province"] or t.words[k] in lexis()["district"]))


def _past_brackets(t: Table, i: int) -> int:
    if i >= len(t.words) or t.words[i] != "(":
        return -1
    end = next((k for k in range(i, min(len(t.words), i + 12)) if t.words[k] == ")"), -1)
    return end + 1 if end > 0 else -1
