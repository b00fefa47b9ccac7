"""A list of names as its words show it: its members, what parts them, and what may stand between two of them."""

from __future__ import annotations

from typing import NamedTuple

from whoholds.annotate.listing import words
from whoholds.annotate.nominals import TIME
from whoholds.annotate.table import FINITE as FINITE_FORMS
from whoholds.annotate.table import Table
from whoholds.annotate.tagging import ADVERBS
from whoholds.annotate.words import lexis

PREPOSITIONS = words("in at near on around inside outside from into along across of for against towards toward to")
AGAIN = words("in at near around from")
"""Prepositions that a list may say again before its last member."""
TIME_PREPOSITIONS = words("on in by since after before during at until")
LATER = words("later before after afterwards earlier ago then")
COMPASS = lexis()["compass"]
TYPED = ("settlement", "district", "province", "facility", "natural")
FINITE = (*FINITE_FORMS, "MD")
LONGEST_INSERTION = 12
"""Words between two commas, at most."""
JOINING = tuple(
    tuple(x.split())
    for x in ("as well as", "along with", "together with", "but also", "and then", "and also", "and", "then", "plus")
)
_BEFORE_NOUN = ("amod", "compound", "nmod:poss", "nmod", "nmod:desc", "det", "nummod")
IN_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON")
_TIMES = (TIME | words("mid the last previous same following next")) - {"then", "now"}


class Member(NamedTuple):
    """One of a list: where it begins, the token that hangs on something outside, and where it ends."""

    first: int
    top: int
    last: int


def run(t: Table, i: int) -> int:
    """The last token of the name that begins at `i`; -1 where none does."""
    n = len(t.words)
    if not _starts(t, i):
        return -1
    if not t.capital[i]:
        i += 2  # "al-Rai"
    while i + 1 < n:
        w = t.words[i + 1]
        if t.capital[i + 1] and t.words[i + 1] not in lexis()["not_places"]:
            i += 1
        elif w in ("-", "–") and i + 2 < n and t.pos[i + 2] in ("PROPN", "NOUN") and not t.words[i + 2].endswith("ed"):
            i += 2
        elif w in lexis()["particles"] and i + 2 < n and (t.capital[i + 2] or t.words[i + 2] in ("-", "–")):
            i += 2 if t.capital[i + 2] else 3
        else:
            break
    return min(i, n - 1)


def _starts(t: Table, i: int) -> bool:
    if i >= len(t.words) or t.words[i] in lexis()["not_places"]:
        return False
    if t.capital[i]:
        return not (i == 0 and (t.words[0] in ADVERBS or t.pos[0] in ("ADP", "DET", "PRON", "SCONJ", "CCONJ", "NUM")))
    return t.words[i] in lexis()["particles"] and i + 2 < len(t.words) and t.words[i + 1] == "-" and t.capital[i + 2]


def is_typed(word: str) -> bool:
    """ "town", "district", "bridges": what a place is, with a name of its own."""
    return any(lexis().has(kind, word, word.removesuffix("s")) for kind in TYPED)


def member_at(t: Table, i: int) -> Member | None:
    """ "P", "the town of P", "P airport", "the P bridge"."""
    first, n = i, len(t.words)
    if i < n and t.words[i] == "the":
        i += 1
    k = i
    while k < min(n, i + 3) and _may_describe(t, k):
        k += 1
    beside = i < k < n and t.capital[k] and lexis().has("beside_it", t.words[k - 1])
    if beside:
        i = k  # "neighbouring P"
    if k + 1 < n and is_typed(t.words[k]) and t.words[k + 1] == "of" and not t.capital[k]:
        start = k + 2 + (k + 2 < n and t.words[k + 2] == "the")
        last = run(t, start)
    else:
        last = run(t, i)
        if last >= 0 and last + 1 < n and is_typed(t.words[last + 1]) and not t.capital[last + 1]:
            last += 1
        elif first != i and not beside:
            return None  # "the P" alone: a group, a ship
    if last < 0:
        return None
    tops = [x for x in range(first, last + 1) if not first <= t.heads[x] <= last or t.heads[x] == x]
    if not tops or (t.heads[tops[0]] > last and t.deps[tops[0]] in _BEFORE_NOUN):
        return None  # "and Russian forces"
    named = len(tops) == 2 and t.words[k + 1 : k + 2] == ["of"] and tops[0] == k and tops[1] > k + 1
    return Member(first, tops[0], last) if len(tops) == 1 or named else None


def _may_describe(t: Table, k: int) -> bool:
    plain = t.tags[k] in ("JJ", "CD", "NN") or lexis().has("beside_it", t.words[k])
    return plain and not t.capital[k] and not is_typed(t.words[k])


def further_at(t: Table, i: int) -> Member | None:
    """What a list that has begun may go on with: a name, "its airstrip", "some twenty villages around it"."""
    if (member := member_at(t, i)) is not None:
        return member
    k = i
    while k < min(len(t.words), i + 4) and (t.pos[k] in ("DET", "NUM", "ADJ") or t.words[k] in ("its", "their")):
        k += 1
    if k == i or k >= len(t.words) or t.pos[k] != "NOUN" or not is_typed(t.words[k]):
        return None
    own = t.words[i] in ("its", "their")
    outside = not i <= t.heads[k] <= k
    return Member(i, k, k) if outside and (own or t.tags[k] == "NNS") else None


def _separator(t: Table, i: int) -> tuple[int, bool]:
    """Where the next member begins after what parts two of a list (-1: nothing does), and whether it joins ("and")."""
    n, comma = len(t.words), i < len(t.words) and t.words[i] == ","
    k = i + comma
    joins = False
    for phrase in JOINING:
        if tuple(t.words[k : k + len(phrase)]) == phrase and (comma or phrase != ("then",)):
            k, joins = k + len(phrase), True
            break
    if not comma and not joins:
        return -1, False
    if joins and k < n and t.words[k] == ",":
        # "and, a day later, P"
        end = closing_comma(t, k)
        if end < 0:
            return -1, False
        k = end + 1
    return k, joins


def closing_comma(t: Table, comma: int) -> int:
    """The comma that closes what this one opens: a few words without a verb of their own; -1 where there is none."""
    for k in range(comma + 1, min(len(t.words), comma + 2 + LONGEST_INSERTION)):
        if t.words[k] == ",":
            return k if k > comma + 1 else -1
        if t.tags[k] in FINITE or t.words[k] in (";", ":", ".", "and"):
            return -1
    return -1


def next_member(t: Table, i: int) -> tuple[int, bool]:
    """Where the next member begins, past what only describes the last one or says when; whether it is the last."""
    for k in (i, _past_time(t, i), _past_apposition(t, i), _past_brackets(t, i), _past_where(t, i)):
        if k < 0:
            continue
        after, joins = _separator(t, k)
        if joins and after < len(t.words) and t.words[after] in AGAIN:
            after += 1  # "from A and from B"
        if (
            after >= 0
            and (joins or k == i or t.words[k - 1] in (")", "once", "twice", "times"))
            and further_at(t, after) is not None
        ):
            return after, joins
    return -1, False


def _past_time(t: Table, i: int) -> int:
    """Past "on Friday", "in early May", "a day later", "three times"."""
    n = len(t.words)
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
    """Past ", the state capital"."""
    if i + 1 >= len(t.words) or t.words[i] != "," or t.words[i + 1] not in ("the", "a", "an", "its", "their", "once"):
        return -1
    return closing_comma(t, i)


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


def _past_brackets(t: Table, i: int) -> int:
    if i >= len(t.words) or t.words[i] != "(":
        return -1
    end = next((k for k in range(i, min(len(t.words), i + 12)) if t.words[k] == ")"), -1)
    return end + 1 if end > 0 else -1
