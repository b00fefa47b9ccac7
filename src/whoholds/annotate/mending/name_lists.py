"""Mending of lists of names by the order of their words, where the parser lost a member.

"A and B fell", "In P, A and B are cut off", "A, in Q, has been held", "took A on Friday and B a day later", "took A,
the capital, as well as B and C": the parser seldom knows the names, and joins one to whatever stands beside it. A list
can be seen in the words alone (`list_members`). Romance names ("Maquela do Zombo") are joined first. The functions
change the table in place.
"""

from __future__ import annotations

from collections.abc import Sequence

from whoholds.annotate.listing import words
from whoholds.annotate.mending.list_insertions import (
    COMPASS,
    FINITE,
    IN_PHRASE,
    LATER,
    PREPOSITIONS,
    TIME_PREPOSITIONS,
    closing_comma,
    past_with_it,
)
from whoholds.annotate.mending.list_members import Member, further_at, is_typed, member_at, next_member
from whoholds.annotate.trees.table import SUBJECT, Table

ASIDE = words("a an the about some just home once long still now also")
"""What opens an insertion that says what a place is, or where it lies."""
AT = words("at in on")
BESIDE = words("near outside around from")
INNER = words("da das de del di do dos du e")
"""What stands between the words of a Romance name."""


def name_lists(t: Table) -> None:
    """Mend the names and lists of a sentence."""
    for i in range(1, len(t.words) - 1):
        if t.words[i] in INNER:
            _romance(t, i)
        elif t.words[i] in ("both", "all") and t.words[i - 1] == "," and t.tags[i + 1] == "VBN":
            _all_taken(t, i)
        elif t.words[i] == "both":
            _both(t, i)
        elif t.words[i] == "and" and t.pos[i + 1] == "PROPN":
            _apart(t, i)
    _subjects(t)
    for verb, tag in enumerate(t.tags):
        if not tag.startswith("VB"):
            continue
        listed = set[int]()
        for child in t.children(verb):
            if child > verb and t.deps[child] in ("obj", "obl"):
                _go_on(t, verb, child, listed)
                for below in t.children(child):
                    # "keep their grip on A, the port, and on B", "took control of A as well as B"
                    over = below > child and t.deps[below] == "nmod" and not is_typed(t.words[child])
                    if over and {"of", "on", "over"} & {t.words[c] for c in t.children(below)}:
                        _go_on(t, verb, below, listed)
    for i, dep in enumerate(t.deps):
        if dep == "conj" and t.capital[i] and t.pos[t.heads[i]] == "NOUN" and (name := _named_of(t, i)) >= 0:
            # "the fall of A and B", with B joined to the fall
            t.hang(i, name)
        elif dep == "conj" and t.words[max(0, i - 3) : i] == ["as", "well", "as"] and (noun := _villages_in(t, i)) >= 0:
            t.hang(i, noun)
        elif dep == "conj" and (placed := _at_another(t, i)) >= 0:
            t.hang(i, placed)
        elif dep == "conj" and t.deps[t.heads[i]] == "flat" and t.heads[i] < i:
            # "A Ba and C", with C joined to the second word of the name
            t.hang(i, t.heads[t.heads[i]])


def _named_of(t: Table, i: int) -> int:
    """The name that the noun above is "of", if it ends right before "and" and the name at `i`; else -1."""
    noun, before = t.heads[i], i - 1
    if before < 2 or t.words[before] != "and" or t.pos[i] != "PROPN" or not t.capital[before - 1]:
        return -1
    of = [
        c for c in t.children(noun) if noun < c < i and t.deps[c] == "nmod" and t.capital[c] and t.under(before - 1, c)
    ]
    return of[-1] if of and t.words[noun + 1] == "of" else -1


def _villages_in(t: Table, i: int) -> int:
    """ "holds several villages in A as well as B": the villages, and B; -1 where there are none."""
    name = t.heads[i]
    noun = t.heads[name]
    inside = t.deps[name] == "nmod" and noun < name < i and t.words[name - 1] in ("in", "around", "near")
    return noun if inside and t.tags[noun] == "NNS" and is_typed(t.words[noun]) else -1


def _at_another(t: Table, i: int) -> int:
    """ "troops at the plant near A and in B": the plant, and B, where "near A" only says where the plant lies."""
    name = t.heads[i]
    noun = t.heads[name]
    if not noun < name < i or t.deps[name] != "nmod" or t.deps[noun] not in ("nmod", "obl"):
        return -1
    case = [next((t.words[c] for c in t.children(x) if t.deps[c] == "case"), "") for x in (noun, name, i)]
    return noun if case[0] in AT and case[1] in BESIDE and case[2] in AT else -1


def _romance(t: Table, i: int) -> None:
    """ "retook Maquela do Zombo", with "do" for a verb."""
    if not (t.capital[i - 1] and t.capital[i + 1] and t.tags[i - 1] == "NNP"):
        return
    if t.pos[i] not in ("VERB", "AUX") and not t.tags[i].startswith("VB"):
        return
    first = i - 1
    while t.deps[first] in ("flat", "compound") and t.heads[first] < i and t.capital[t.heads[first]]:
        first = t.heads[first]
    above, dep = t.heads[i], t.deps[i]
    below = t.under(i, first)
    for c in t.children(i):
        t.hang(c, first if below or above == i else above)
    if not below:
        clausal = dep in ("ccomp", "xcomp", "advcl", "parataxis")
        role = ("obj" if above < i else "nsubj") if clausal else dep
        t.hang(first, first if above == i else above, role)
    for k in (i, i + 1):
        t.hang(k, first, "flat")
        t.name(k)


def _apart(t: Table, i: int) -> None:
    """ "in Lalibela and Debre Birhan", with Lalibela for a part of the second name; not "Gao and Kidal regions"."""
    first = i - 1
    last = t.heads[first]
    if t.deps[first] != "compound" or last <= i or not t.capital[first] or not t.capital[last]:
        return
    opens = next((k for k in range(first, 0, -1) if not t.capital[k - 1]), 0)
    whole = opens > 0 and t.words[opens - 1] == "the"  # "the Rocket and Artillery Directorate"
    if (
        whole
        or t.pos[first] != "PROPN"
        or t.tags[last] != "NNP"
        or is_typed(t.words[last])
        or t.under(t.heads[last], first)
    ):
        return
    dep = "obl" if t.deps[last] == "obl:agent" and "by" not in t.words[max(0, first - 3) : first] else t.deps[last]
    t.hang(first, first if t.heads[last] == last else t.heads[last], dep)
    for c in t.children(last):
        if c < first:
            t.hang(c, first)
    t.hang(last, first, "conj")
    t.hang(i, last, "cc")


def _both(t: Table, i: int) -> None:
    """ "The rebels had seized both, and ...": an object of its own."""
    alone = t.pos[i + 1] == "PUNCT" or t.words[i + 1] in TIME_PREPOSITIONS
    if alone and t.tags[i - 1].startswith("VB") and t.deps[i] != "obj" and not t.under(i - 1, i):
        t.pos[i], t.tags[i] = "PRON", "DT"
        t.hang(i, i - 1, "obj")


def _all_taken(t: Table, i: int) -> None:
    """ "stands across from A and B, both overrun in May": the participle is of the whole list before the comma."""
    name, verb = i - 2, i + 1
    if name < 1 or t.pos[name] != "PROPN" or not t.capital[name]:
        return
    while t.deps[name] in ("flat", "compound", "conj") and t.heads[name] < name and t.pos[t.heads[name]] == "PROPN":
        name = t.heads[name]
    several = any(t.deps[c] == "conj" and t.capital[c] and c < i for c in t.children(name))
    closing = next((k for k in range(verb + 1, len(t.words)) if t.words[k] in ",;."), verb)
    if t.words[closing : closing + 2] == [",", "and"]:
        return  # the list goes on
    if several and t.heads[verb] != verb and not t.under(name, verb):
        t.hang(verb, name, "acl")
        t.hang(i, verb, "advmod")


def _subjects(t: Table) -> None:
    """ "A and B fell", "In P, A and B are cut off", "A, in Q, has been held": the names are what the verb speaks of."""
    opens = t.words[:1] in (["only"], ["even"]) or (t.words[:1] == ["first"] and t.capital[1:2] == [True])
    start = 1 if opens else _after_fronted(t)
    members, k = list[Member](), start
    joined = False
    while (member := further_at(t, k) if members else member_at(t, k)) is not None:
        members.append(member)
        after, joins = next_member(t, member.last + 1)
        joined = joined or joins
        if after < 0:
            break
        k = after
    if not members or (len(members) > 1 and not joined):
        return
    k = members[-1].last + 1
    while len(members) > 1 and k < len(t.words) and t.words[k] in PREPOSITIONS:
        # "A and B in Q fell", "A and B near the border both fell"
        k = next((x for x in range(k + 1, min(len(t.words), k + 7)) if t.pos[x] not in IN_PHRASE), len(t.words))
    inserted, aside, beside = k < len(t.words) and t.words[k] == ",", range(0), "appos"
    if (with_it := past_with_it(t, k)) > 0:
        aside, beside = range(k + 4, with_it), "conj"
        members += [m for m in [member_at(t, k + 4)] if m and m.last + 1 == with_it]
        k = with_it + 1
    elif inserted:
        end = closing_comma(t, k)
        if end < 0 or not (t.words[k + 1] in PREPOSITIONS | COMPASS | ASIDE or t.pos[k + 1] == "NUM"):
            return
        aside = range(k + 1, end)
        k = end + 1
    while k < len(t.words) and (t.words[k] in ("both", "all") or t.pos[k] == "ADV") and t.tags[k] != "RBR":
        k += 1
    if k >= len(t.words) or t.tags[k] not in FINITE or (len(members) == 1 and not inserted):
        return
    verb = t.heads[k] if t.deps[k] in ("aux", "aux:pass", "cop") and t.heads[k] > k else k
    subjects = [c for c in t.children(verb) if t.deps[c] in SUBJECT and t.words[c] not in ("both", "all")]
    outside = [c for c in subjects if not members[0].first <= c <= members[-1].last]
    if any(c not in aside for c in outside) or t.pos[verb] == "PUNCT":
        return
    for c in outside:
        # "P, an hour's drive from Q, fell", "P, and with it Q, fell"
        t.hang(c, members[-1].top, beside)
    tops = [m.top for m in members]
    for m in members:
        _name(t, m)
    if subjects == [tops[0]] and all(_goes_with(t, members[:n], m) for n, m in enumerate(members) if n):
        return
    _make_subjects(t, tops, verb)


def _after_fronted(t: Table) -> int:
    """Where the sentence goes on after "In P," or "In the east,"; its beginning where it does not open so."""
    if len(t.words) < 4 or t.words[0] not in PREPOSITIONS or "," not in t.words[:7]:
        return 0
    comma = t.words.index(",")
    inside = range(1, comma)
    return 0 if any(t.tags[k] in FINITE or t.words[k] == "and" for k in inside) or comma < 2 else comma + 1


def _goes_with(t: Table, before: Sequence[Member], m: Member) -> bool:
    """True where the parse joins a member to one before it, or to a name inside that ("the towns of A and B")."""
    return t.deps[m.top] == "conj" and any(x.first <= t.heads[m.top] <= x.last for x in before)


def _make_subjects(t: Table, tops: list[int], verb: int) -> None:
    first = tops[0]
    if any(t.under(verb, x) for x in tops):
        # the verb hung on one of the names, as a clause beside it
        over = next((x for x in tops if t.heads[x] == x or not any(t.under(x, y) for y in tops if y != x)), first)
        above = t.heads[over]
        t.hang(verb, verb if above == over else above, t.deps[over])
    t.hang(first, verb, "nsubj:pass" if "aux:pass" in t.labels(verb) else "nsubj")
    for x in tops[1:]:
        t.hang(x, first, "conj")


def _name(t: Table, m: Member) -> None:
    """The words of a bare name are one name, whatever the parser took them for."""
    if all(t.capital[k] for k in range(m.first, m.last + 1)):
        for k in range(m.first, m.last + 1):
            t.name(k)
            if k > m.top and t.heads[k] == m.top:
                t.deps[k] = "flat"
                for c in t.children(k):
                    t.hang(c, m.top)


def _go_on(t: Table, verb: int, head: int, listed: set[int]) -> None:
    """ "took A on Friday and B a day later", "took A, the capital, as well as B": B goes with A.

    `listed`: what goes with another head of the same verb, and what this one adds to it.
    """
    first = min([head, *(c for c in t.children(head) if t.deps[c] in ("det", "compound", "amod") and c > verb)])
    member = member_at(t, first) or member_at(t, head)
    if member is None or not t.capital[member.last if not is_typed(t.words[member.last]) else member.last - 1]:
        return
    cases = {t.words[c] for c in t.children(head) if t.deps[c] == "case"}
    if t.deps[head] != "obj" and cases.isdisjoint(PREPOSITIONS | {"with"}):
        return
    begun, found, waiting = member, list[Member](), list[Member]()
    while True:
        after, joins = next_member(t, member.last + 1)
        following = further_at(t, after) if after >= 0 else None
        if following is None or _is_subject(t, following) or following.top == head:
            break
        waiting.append(following)
        member = following
        if joins:
            found += waiting
            waiting = []
    # "the towns of A and B": B goes with A, and not with the towns
    inside = [k for k in range(head + 1, begun.last + 1) if t.deps[k] == "nmod" and t.heads[k] == head and t.capital[k]]
    anchor = inside[0] if inside and t.words[head].endswith("s") else head
    for n, m in enumerate(found):
        if m.top in listed:
            continue
        listed.add(m.top)
        if m.top == verb or t.under(verb, m.top) or _goes_with(t, [begun, *found[:n]], m):
            continue
        own = t.words[m.first - 1] in PREPOSITIONS
        if not own and any(
            t.deps[c] == "case" and t.words[c] not in ("as", "with", "along") for c in t.children(m.top) if c < m.first
        ):
            continue
        t.hang(m.top, anchor, "conj")
        _name(t, m)


def _is_subject(t: Table, m: Member) -> bool:
    """True where a new clause begins with it: "took A, and B fell"."""
    k = m.last + 1
    while k < len(t.words) and t.pos[k] in ("ADV", "PART") and t.words[k] not in LATER:
        k += 1
    if k < len(t.words) and (t.tags[k] in FINITE or t.words[k] in ("'s", "’s")):
        return True
    return t.deps[m.top] in SUBJECT
