"""A list of names as its words show it: its members, and what parts them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from whoholds.annotate.listing import words
from whoholds.annotate.mending.list_insertions import closing_comma, ends, past_region
from whoholds.annotate.mending.tagging import ADVERBS
from whoholds.annotate.trees.table import Table
from whoholds.annotate.words import lexis

AGAIN = words("in at near around from on over")
"""Prepositions that a list may say again before its last member."""
TYPED = ("settlement", "district", "province", "facility", "natural", "keeps_name")
JOINING = tuple(
    tuple(x.split())
    for x in ("as well as", "along with", "together with", "but also", "and then", "and also", "and", "then", "plus")
)
_SHARES = words("most much half part all")
_BEFORE_NOUN = ("amod", "compound", "nmod:poss", "nmod", "nmod:desc", "det", "nummod")


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
        elif w == "de" and i + 3 < n and t.words[i + 2] in lexis()["after_de"] and t.capital[i + 3]:
            i += 3  # "San Cristóbal de las Casas"
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
    typed = _typed()
    one = f"{word.removesuffix('ies')}y" if word.endswith("ies") else word.removesuffix("s")
    return word in typed or one in typed


@cache
def _typed() -> frozenset[str]:
    return frozenset[str]().union(*(lexis()[kind] for kind in TYPED))


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
    """ "market" in "the market town of P"."""
    plain = t.tags[k] in ("JJ", "CD", "NN") or lexis().has("beside_it", t.words[k])
    typed = is_typed(t.words[k]) and not (k + 1 < len(t.words) and is_typed(t.words[k + 1]))
    return plain and not t.capital[k] and not typed


def further_at(t: Table, i: int) -> Member | None:
    """What a list that has begun may go on with: a name, "its airstrip", "some twenty villages", "large parts of P"."""
    if (member := member_at(t, i)) is not None:
        return member
    if i < len(t.words) and t.words[i] in _SHARES and t.words[i + 1 : i + 2] == ["of"]:
        return Member(i, i, i) if t.heads[i] != i else None
    k = i
    while k < min(len(t.words), i + 4) and (t.pos[k] in ("DET", "NUM", "ADJ") or t.words[k] in ("its", "their")):
        k += 1
    if k == i or k >= len(t.words) or t.pos[k] != "NOUN" or not (is_typed(t.words[k]) or _is_part(t, k)):
        return None
    own = t.words[i] in ("its", "their") or (t.words[i] == "a" and _is_part(t, k))
    outside = not i <= t.heads[k] <= k
    return Member(i, k, k) if outside and (own or t.tags[k] == "NNS") else None


def _is_part(t: Table, k: int) -> bool:
    """ "parts of P", "positions near P"."""
    part = lexis().has("part_of", t.words[k].removesuffix("s")) or lexis().has("long_ground", t.words[k])
    return part and t.words[k + 1 : k + 2] == ["of"]


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


def _is_called(t: Table, i: int) -> bool:
    """ "the nearby town of P", "the P bridge": says by itself that it is a place, whatever stands before the comma."""
    member = member_at(t, i) if t.words[i : i + 1] == ["the"] else None
    return member is not None and member.last > i + 1


def next_member(t: Table, i: int) -> tuple[int, bool]:
    """Where the next member begins, past what only describes the last one or says when; whether it is the last."""
    for k in ends(t, i):
        after, joins = _separator(t, k)
        if joins and after < len(t.words) and t.words[after] in AGAIN:
            after += 1  # "from A and from B"
        if (
            after >= 0
            and (
                joins
                or k == i
                or t.words[k - 1] in (")", "once", "twice", "times")
                or _is_called(t, after)
                or past_region(t, i) == k
            )
            and further_at(t, after) is not None
        ):
            return after, joins
    return -1, False
