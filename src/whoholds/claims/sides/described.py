"""Countries, peoples and leaders that a noun phrase names without a side of the war being meant."""

from __future__ import annotations

from whoholds.annotate.actors.find import Names
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis

WHERE = lexis()["locative"]


def only_describes(t: Token, found: Names) -> bool:
    """ "the Iraqi town", "in Iraq", "Iraq's north": the country as a place, not as a side."""
    head = t.head
    while head.i in found.demonyms and head.head.i != head.i and t.i in found.demonyms:
        t, head = head, head.head  # "South African soldiers"
    if t.dep_ == "conj" and t.i in found.countries and _where(head):
        return True  # "the roads to Bol, Mao and Niger"
    if t.i in found.leaders:
        # "Person's home town": no side is named
        return t.dep_ in ("compound", "nmod", "nmod:poss")
    if t.i in found.demonyms and t.i not in found.countries:
        within = t.dep_ in ("amod", "compound", "nmod", "nmod:poss")
        return within and (head.pos_ in ("NOUN", "PROPN") or lexis().has("backers", head.lower_))
    if t.i in found.countries:
        return (t.dep_ in ("obl", "nmod") and _where(t)) or t.dep_ in ("compound", "nmod:poss")
    return False


def _where(t: Token) -> bool:
    """ "in Mali", "the north of Mali"."""
    return preposition(t).rpartition(" ")[2] in WHERE


def inside_name(t: Token, found: Names) -> bool:
    """All words of a name but the one that the rest hangs on."""
    hit = found.groups.get(t.i) or found.leaders.get(t.i) or found.countries.get(t.i)
    return hit is not None and hit.first <= t.head.i <= hit.last and t.head.i != t.i


def of_outsiders(t: Token) -> bool:
    """ "the *Chinese* border", "*Rwandan*-backed rebels": whose border, and who helps, tells no country of the war."""
    after = t.doc[t.i + 1 : t.i + 3]
    if lexis().has("border", t.head.lower_) or (after and lexis().has("border", after[0].lower_)):
        return True
    return len(after) == 2 and after[0].text == "-" and lexis().has("backers", after[1].lower_)
