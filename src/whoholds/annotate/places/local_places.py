"""Names that a report itself uses as places: "in Tessit", "the village of Bol", "Kismayo district"."""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.places.name_runs import COMPASS, NOT_PLACES, TITLES
from whoholds.annotate.places.names import NameReader
from whoholds.annotate.places.persons import given_names
from whoholds.annotate.trees.tree import text_of
from whoholds.annotate.words import lexis
from whoholds.gazetteer.wordlike import is_wordlike

# What stands right before a name that can only be a place.
WITHIN = frozenset(["in", "into", "near", "around", "outside", "inside", "towards", "toward"])
AXES = frozenset(["direction", "axis", "sector", "front"])
FIGHTS = frozenset(["battle", "siege"])
LEAVINGS = frozenset(["withdrawal", "retreat", "pullout", "pull-out", "pullback", "pull-back"])
HOMES = frozenset(["home", "stronghold", "bastion"])
"""What only a place is said to be: "Bol is home to a base"."""
LABEL = 6
"""Words before the colon of an entry, about."""
TYPES = ("settlement", "district", "province")
OF_PLACES = (*TYPES, "facility", "part_of", "dwellers")


def local_places(readers: Sequence[NameReader], persons: frozenset[str] = frozenset()) -> frozenset[str]:
    """Names, in lower case, that stand somewhere in the report where only a place can stand."""
    found = _over_entries(readers)
    for reader in readers:
        last = -1
        for t in reader.s.doc:
            if t.i <= last or not t.text[:1].isupper() or t.pos_ != "PROPN" or t.lower_ in NOT_PLACES:
                continue
            first, last = reader.run(t.i)
            name = text_of(reader.s.doc[first : last + 1])
            taken = reader.names.groups.keys() | reader.names.demonyms.keys() | reader.names.countries.keys()
            if not taken.isdisjoint(range(first, last + 1)) or is_wordlike(name):
                continue
            if _stands_as_place(reader, first, last):
                found.add(name.casefold())
    for reader in readers:
        found.update(_beside_places(reader, found, persons))
    return frozenset(found)


def _over_entries(readers: Sequence[NameReader]) -> set[str]:
    """ "Bol: calm.", "Rig Rig: clashes between …": what entries are called by, if a third are known places."""
    labels = dict[str, bool]()
    for reader in readers:
        doc = reader.s.doc
        colon = next((t.i for t in doc[1:LABEL] if t.text == ":"), 0)
        first = int(doc[0].pos_ == "PUNCT") if len(doc) else 0  # "- Bol: calm."
        name = text_of(doc[first:colon])
        named = first < colon and reader.run(first) == (first, colon - 1) and doc[first].pos_ == "PROPN"
        if named and not is_wordlike(name) and reader.names.groups.keys().isdisjoint(range(colon)):
            labels[name.casefold()] = reader.is_known(name)
    return set(labels) if len(labels) > 1 and 3 * sum(labels.values()) >= len(labels) else set()


def _beside_places(reader: NameReader, found: set[str], persons: frozenset[str]) -> set[str]:
    """The names of a list in which another is known as a place: "Bor, Ayod and Kuachdeng were deserted"."""
    lists: dict[int, list[str]] = {}
    taken = reader.names.groups.keys() | reader.names.demonyms.keys() | reader.names.countries.keys()
    apart: set[int] = set()
    for t in reader.s.doc:
        if t.pos_ != "PROPN" or t.dep_ == "flat" or not t.text[:1].isupper() or reader.run(t.i)[0] != t.i:
            continue
        first, last = reader.run(t.i)
        top = next((x for x in reader.s.doc[first : last + 1] if not first <= x.head.i <= last), t)
        while top.dep_ in ("conj", "flat", "compound") and top.head.i < top.i:
            top = top.head
        words = reader.s.doc[first : last + 1]
        named = [x.lower_ for x in words if x.is_alpha]
        if not taken.isdisjoint(range(first, last + 1)) or all(x in persons for x in named) or t.lower_ in NOT_PLACES:
            apart.add(top.i)
        lists.setdefault(top.i, []).append(text_of(words))

    def is_place(name: str) -> bool:
        return name.casefold() in found or (reader.is_known(name) and not is_wordlike(name))

    def may_be_persons(names: list[str]) -> bool:
        """ "A and Ben Howe"; two places beside it make one of "A, B and Ben Jawad"."""
        return sum(map(is_place, names)) < 2 and any(x.split()[0].casefold() in given_names() for x in names)

    return {
        name.casefold()
        for top, names in lists.items()
        if top not in apart and len(names) > 1 and any(map(is_place, names)) and not may_be_persons(names)
        for name in names
        if not is_wordlike(name)
    }


def _stands_as_place(reader: NameReader, first: int, last: int) -> bool:
    doc, lex = reader.s.doc, lexis()
    before = doc[first - 1].lower_ if first else ""
    after = doc[last + 1].lower_ if last + 1 < len(doc) else ""
    if after in ("'s", "’s", "-") or any(x.lower_ in TITLES for x in doc[max(0, first - 1) : last + 1]):
        return False
    if any(lex.has(kind, after) for kind in TYPES) or after in AXES:
        return before != "a"
    if _said_as_place(reader, first, last):
        return True
    if before == "for" and first >= 2 and reader.s.lemma(first - 2).lower() in FIGHTS:
        return True
    if before == "of":
        over = reader.s.lemma(first - 2) if first >= 2 else ""
        if over.lower() in FIGHTS:
            return True
        return bool(COMPASS.match(over)) or any(lex.has(kind, over) for kind in OF_PLACES)
    if before == "from" and first >= 2:
        # "a withdrawal from Bol", "families from Bol"
        over = reader.s.lemma(first - 2).lower()
        return over in LEAVINGS or _lives_there(over)
    return before in WITHIN


def _said_as_place(reader: NameReader, first: int, last: int) -> bool:
    """ "fled Bol", "residents left Bol", "Bol is a market town", "Bol, a village near the lake", "Bol lies"."""
    s, lex = reader.s, lexis()
    head = next((x for x in s.doc[first : last + 1] if not first <= x.head.i <= last), s.doc[first])
    above = s.lemma(head.head)
    if head.dep_ == "obj" and lex.has("place_verbs", above):
        return True
    beside = any(c.dep_ == "appos" and lex.has("settlement", s.lemma(c)) for c in head.rights)
    copula = any(c.dep_ == "cop" for c in head.head.children)
    is_one = copula and (lex.has("settlement", above) or above.lower() in HOMES)
    people = (x for c in head.head.children if c.dep_ == "nsubj" for x in c.subtree)
    if head.dep_ == "obj" and above == "leave" and any(_lives_there(s.lemma(x).lower()) for x in people):
        return True  # "thousands of people left Bol"
    return beside or (head.dep_ == "nsubj" and (is_one or above == "lie"))


def _lives_there(noun: str) -> bool:
    """Who is from somewhere, and leaves it: "residents", "families"."""
    return noun in ("people", "family", "civilian") or lexis().has("dwellers", noun)
