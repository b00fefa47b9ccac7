"""Sides that no lexicon lists by their words: groups of an unknown name, units, "the Russian invaders"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from anyascii import anyascii

from whoholds.annotate.actors.find import ActorRef, NameHit, Names
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_time, preposition
from whoholds.annotate.trees.tree import Doc, Token, text_of
from whoholds.annotate.words import lexis

ORGANISATION = lexis()["organisation"]
"""A name that ends in one of these is a group even if no lexicon knows it."""
ITS_OWN_MASTER = lexis()["own_masters"]
"""Of these, what ends the name of a group, whatever else its words may mean: "the Tenth of March Movement"."""
STATES_UNITS = lexis()["states_units"]
"""Units that only a state's army has: of an unknown one it is the state that the report tells."""
BODIES = frozenset(
    ["group", "movement", "militia", "faction", "organisation", "organization", "sect", "outfit", "gang", "cartel"]
)
"""Nouns that a group's name may follow at once: "the rebel group X"."""
HOSTS = frozenset(["army", "brigades", "forces"])
"""What a group may be called as a state's men are, if its cause follows: "Army for the Liberation of X"."""
LINKS = frozenset(["of", "for", "-", "'s"])
MOST = 6
"""Words of the name of a group that no lexicon has."""
CLAUSE = 8
"""Words of "which people there call X", about."""
NEAR = 4
"""Words between a country's name and the group that it is said of."""


def unknown_group(s: Sentence, names: Names, t: Token) -> ActorRef | None:
    """A run of capitals that ends in "Army", "Front", … is a group of its own even if no lexicon has it."""
    doc = s.doc
    if t.pos_ not in ("PROPN", "NOUN") or not t.text[:1].isupper() or t.lower_ not in ORGANISATION:
        return None
    if t.i + 1 < len(doc) and doc[t.i + 1].text[:1].isupper() and _of_a_place(doc[t.i + 1]):
        return None
    first = t.i
    while first > 0 and (doc[first - 1].text[:1].isupper() or doc[first - 1].lower_ in LINKS):
        if doc[first - 1].lower_ == "the":
            break
        first -= 1
    while doc[first].lower_ in LINKS or (first < t.i and doc[first].pos_ in ("ADP", "SCONJ", "DET")):
        first += 1
    run = doc[first : t.i]
    if (last := _further(s, names, t)) > t.i and not _of_known(s, names, run, t):
        return ActorRef(first, last, t.i, "named", (_slug(text_of(doc[first : last + 1])),), t.lower_)
    if first == t.i or lexis().has("civic", doc[t.i - 1].lower_) or _of_known(s, names, run, t):
        return None
    if t.lower_ == "council" and lexis().has("ruling", doc[t.i - 1].lower_):
        return ActorRef(first, t.i, t.i, "state", word="government")
    if t.lower_ in STATES_UNITS:
        return ActorRef(first, t.i, t.i, "state", word="unit")
    return ActorRef(first, t.i, t.i, "named", (_slug(text_of(doc[first : t.i + 1])),), t.lower_)


def _of_a_place(behind: Token) -> bool:
    """ "the Coast Union Highway", "the Red Guard Barracks": a road or a building has the name."""
    return lexis().has("road", behind.lower_) or lexis().has("facility", behind.lower_)


def _further(s: Sentence, names: Names, t: Token) -> int:
    """The last word of "Council of Islamic Youth", "Movement for the Liberation of X": a cause stands behind "of"."""
    doc = s.doc
    if t.i + 2 >= len(doc) or doc[t.i + 1].lower_ not in ("of", "for"):
        return t.i
    last, cause = t.i, False
    for x in doc[t.i + 2 : t.i + 2 + MOST]:
        if x.text[:1].isupper() and x.i not in names.groups:
            last, cause = x.i, cause or lexis().has("causes", x.lower_)
        elif x.lower_ not in (*LINKS, "the", "and") or (x.lower_ == "and" and not _goes_on(doc, x)):
            break
    return last if cause else t.i


def _goes_on(doc: Doc, conjunction: Token) -> bool:
    """ "Democracy and Justice": another cause, not another group."""
    return conjunction.i + 1 < len(doc) and lexis().has("causes", doc[conjunction.i + 1].lower_)


def own_master(s: Sentence, names: Names, t: Token) -> ActorRef | None:
    """As `unknown_group`, of a noun that without its capital would only point back: "Movement", "Front"."""
    if t.text[:1].isupper() and (t.lower_ in ITS_OWN_MASTER or (t.lower_ in HOSTS and _further(s, names, t) > t.i)):
        of_whom = any(
            preposition(c) == "of" and names.groups.keys() & {c.i, *(x.i for x in c.children)} for c in t.children
        )
        named = None if of_whom else unknown_group(s, names, t)
        sure = named is not None and (
            named.last > t.i or _has_cause(s, named, t) or _said_to_be_armed(s, t) or _rebels_before(s, named.first)
        )
        return named if sure else None
    for child in t.children if t.text[:1].isupper() else ():
        # "the Tenth of May Movement", whose head the parser takes to be "Tenth"
        if child.dep_ == "nmod" and child.lower_ in ITS_OWN_MASTER and child.text[:1].isupper():
            named = unknown_group(s, names, child)
            if named is not None and named.first <= t.i:
                return ActorRef(named.first, named.last, t.i, named.cls, named.ids, named.word)
    return None


def _rebels_before(s: Sentence, first: int) -> bool:
    """ "the rebel National Pact Alliance"."""
    before = s.doc[first - 1].text if first else ""
    return before.islower() and lexis().has("nonstate_modifier", before)


def _said_to_be_armed(s: Sentence, t: Token) -> bool:
    """ "the Kasongo Front, a rebel group"."""
    return any(c.dep_ == "appos" and s.lemma(c) in BODIES and _armed(s, c) for c in t.children)


def _armed(s: Sentence, body: Token) -> bool:
    """ "rebel group", "armed faction", and no "rights group"."""
    before = [*(c for c in body.children if c.i < body.i), *s.doc[max(0, body.i - 1) : body.i]]
    return s.lemma(body) == "militia" or any(
        lexis().has("armed", c.lower_) or lexis().has("nonstate_modifier", c.lower_) for c in before
    )


def _has_cause(s: Sentence, named: ActorRef, t: Token) -> bool:
    """ "the Hill Liberation Front", and not "the Eastern Front"."""
    words = s.doc[named.first : t.i]
    return t.lower_ == "movement" or any(lexis().has("causes", x.lower_) for x in words)


def _is_bare_name(names: Names, t: Token) -> bool:
    """ "the rebel group *UHF*", and not "the rebel group Monday"."""
    capital = t.pos_ in ("PROPN", "NOUN") and t.text[:1].isupper()
    return capital and t.i not in names.countries and t.i not in names.demonyms and not is_time(t)


def called(s: Sentence, names: Names, t: Token) -> ActorRef | None:
    """ "a militia called X", "a rebel group known as X": the name that follows, whether or not a lexicon has it."""
    doc, lex = s.doc, lexis()
    if t.i + 1 in names.groups and s.lemma(t) in BODIES and t.i not in names.groups:
        # "the rebel group X"
        hit = names.groups[t.i + 1]
        return ActorRef(t.i, hit.last, t.i, "named", hit.ids, t.lower_)
    before = doc[t.i - 1] if t.i else t
    if before.dep_ == "compound" and s.lemma(before) in BODIES and _is_bare_name(names, t) and _armed(s, before):
        return _named_from(s, names, t, t.i)
    behind = doc[t.i + 1] if t.i + 1 < len(doc) else None
    if behind is not None and s.lemma(t) in BODIES and _is_bare_name(names, behind) and _armed(s, t):
        return _named_from(s, names, t, t.i + 1)
    named = behind is not None and lex.has("calls", behind.lower_) and behind.dep_ in ("acl", "acl:relcl", "amod")
    if behind is not None and not named:
        return _self_named(s, names, t) or _by_another_name(s, names, t)
    if not named or not (lex.has("group_again", s.lemma(t)) or lex.has("force", s.lemma(t))):
        return None
    if t.tag_ == "NN" and lex.has("one_man", s.lemma(t)):
        return None  # "a gang leader known as X" is no group
    if lex.has("states_column", s.lemma(t)) and any(c.i in names.demonyms and c.i < t.i for c in t.children):
        return None  # "the South African column known as X" is South Africa's
    return _named_from(s, names, t, t.i + 2)


def _self_named(s: Sentence, names: Names, t: Token) -> ActorRef | None:
    """ "a group calling itself X", "a militia that calls itself X"."""
    if not (lexis().has("group_again", s.lemma(t)) or lexis().has("force", s.lemma(t))):
        return None
    after = s.doc[t.i + 1 : t.i + 4]
    call = next((x for x in after if s.lemma(x) in ("call", "style", "name")), None)
    if call is None or call.i + 1 >= len(s.doc) or s.doc[call.i + 1].lower_ not in ("itself", "themselves"):
        return None
    return _named_from(s, names, t, call.i + 2) if all(x.text != "," for x in after[: call.i]) else None


def _by_another_name(s: Sentence, names: Names, t: Token) -> ActorRef | None:
    """ "The group, which people there call X, took P", "the sect, known as X, ...": X, where it is a known name."""
    doc, lex = s.doc, lexis()
    if s.lemma(t) not in BODIES or t.i + 2 >= len(doc) or doc[t.i + 1].text != ",":
        return None
    clause = list(takewhile(lambda x: x.text not in ",.;:", doc[t.i + 2 : t.i + 2 + CLAUSE]))
    call = next((x for x in clause if lex.has("calls", x.lower_) or s.lemma(x) in ("call", "name")), None)
    tells = call is not None and (call.i == t.i + 2 or clause[0].lower_ in ("which", "whom", "also", "better"))
    known = tells and call is not None and any(x.i in names.groups for x in clause if x.i > call.i)
    return _named_from(s, names, t, call.i + 1) if known and call is not None else None


def _named_from(s: Sentence, names: Names, t: Token, first: int) -> ActorRef | None:
    """The group of the noun `t` by the name that begins at a token or shortly after it."""
    doc = s.doc
    while first < len(doc) and (doc[first].lower_ in ("as", "the", "itself", "themselves") or doc[first].text in '"“'):
        first += 1
    if first in names.groups:
        hit = names.groups[first]
        return ActorRef(t.i, hit.last, t.i, "named", hit.ids, t.lower_)
    last = first
    while last < len(doc) and (doc[last].text[:1].isupper() or doc[last].lower_ in (*LINKS, "the", "al")):
        last += 1
    while last > first and not doc[last - 1].text[:1].isupper():
        last -= 1
    if not 1 <= last - first <= MOST:
        return None
    return ActorRef(t.i, last - 1, t.i, "named", (_slug(text_of(doc[first:last])),), t.lower_)


def hostile(s: Sentence, names: Names, t: Token) -> ActorRef:
    """ "the enemy", "the Russian invaders", "the Houthi enemy"."""
    lemma = s.lemma(t)
    for x in reversed(s.doc[max(0, t.i - 2) : t.i]):
        if x.i in names.groups:
            hit = names.groups[x.i]
            return ActorRef(hit.first, t.i, t.i, "named", hit.ids, lemma)
        if x.i in names.demonyms:
            code = names.demonyms[x.i]
            return ActorRef(x.i, t.i, t.i, "state", (f"gov:{code}",), lemma, code)
    return ActorRef(t.i, t.i, t.i, "enemy", word=lemma)


def owned(s: Sentence, names: Names, hit: NameHit) -> NameHit | None:
    """ "Libya's internationally recognised Government of X", where the parser lost the name: the group is meant."""
    doc = s.doc
    if hit.last + 1 >= len(doc) or doc[hit.last + 1].tag_ != "POS":
        return None
    for x in doc[hit.last + 2 : hit.last + 2 + NEAR]:
        if x.i in names.groups:
            return names.groups[x.i]
        if x.tag_ not in ("JJ", "RB", "VBN", "VBG", "HYPH", "NNP"):
            return None
    return None


def _of_known(s: Sentence, names: Names, run: Sequence[Token], t: Token) -> bool:
    """ "the Iraqi Front", "the Rebel Alliance", "the Popular Militia": the words before tell whose it is."""
    lex = lexis()
    if t.lower_ == "cartel":
        return False  # of no state, whatever land it is called after
    if any(x.i in names.demonyms or x.i in names.countries or x.i in names.groups for x in run):
        return True
    if t.lower_ in ("militia", "alliance", "coalition") and sum(x.is_alpha for x in run) == 1:
        # "the Popular Militia", and not "the rebel Pact Alliance"
        return not _rebels_before(s, run[0].i)
    return any(lex.has("nonstate_force", s.lemma(x)) for x in run)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).casefold()).strip("-")
