"""Whom a speaker speaks for, as far as the words tell: a group, a state, or nobody's side.

A spokesman, an officer or an institution speaks for a side; residents, monitors and analysts for none. The report then
settles which state "the army" or "the governor" is of (`register.speaks_for`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices.speaker_phrase import Phrase
from whoholds.sources.outlets import outlets

PEOPLES_OWN = frozenset(["commander", "officer", "fighter", "soldier"])
"""Those of a people who speak for its men: "a Tuareg commander"."""
COMMANDS = frozenset(["command", "lead", "head"])
BODIES = frozenset(["ministry", "army", "military", "command", "government", "staff"])
_STATE_COUNCILS = frozenset(["defence", "defense", "security"])


def side_of(
    s: Sentence, names: Names, phrases: PhraseReader, phrase: Phrase, capitals: Mapping[str, str]
) -> ActorRef | None:
    """The actor that the phrase's words name as the speaker's side; None where they name none."""
    lex, words = lexis(), phrase.words
    lemmas = {s.lemma(t): t for t in words} | {t.lower_: t for t in words}
    if not lemmas.keys().isdisjoint(lex["speaks_for_none"]):
        return None
    if (outlet := outlets().named(" ".join(t.text for t in phrase.chunks[0]))) is not None and outlet.side:
        # "Amaq said": a side's own agency speaks for it
        first, last = phrase.chunks[0][0].i, phrase.chunks[0][-1].i
        return ActorRef(first, last, last, "named", (outlet.side,))
    main = phrase.chunks[0]
    head = next((t for t in reversed(main) if t.pos_ in ("NOUN", "PROPN")), main[-1])
    if (led := _led_by(s, phrases, words)) is not None:
        return led
    for t in words:
        if t.i in names.groups:
            hit = names.groups[t.i]
            return ActorRef(hit.first, hit.last, t.i, "named", hit.ids)
    for t in words:
        named = phrases.actor(t.i) if t.pos_ in ("NOUN", "PROPN") else None
        if named is not None and named.cls == "named" and not all(one.startswith("gov:") for one in named.ids):
            if t.lower_ in ("council", "committee") and lemmas.keys() & _STATE_COUNCILS:
                continue  # "the National Security and Defence Council": a state's, and no group of that name
            return named
    for t in words:
        if t.i in names.leaders:
            hit = names.leaders[t.i]
            return ActorRef(hit.first, hit.last, t.i, "named", hit.ids)
    people = next((names.peoples[t.i] for t in words if t.i in names.peoples), None)
    if people is not None and lemmas.keys() & PEOPLES_OWN:
        # "a Tigrayan commander"
        return ActorRef(people.first, people.last, people.last, "people", word="forces", maybe=people.ids)
    official = not lemmas.keys().isdisjoint(lex["official"] | lex["office_holders"])
    country = next((code for t in words if (code := _country(names, t.i))), None)
    seat = " ".join(t.text for t in main)
    if seat in capitals:
        code = capitals[seat]
        return ActorRef(main[0].i, head.i, head.i, "state", (f"gov:{code}",), seat.casefold(), code)
    if lemmas.keys() & {"leader", "chief", "head"} and any(
        t.dep_ in ("amod", "compound") and _has(s, t.i, "unarmed") for t in words if t.i != head.i
    ):
        # "a civil society leader"
        return None
    nonstate = next((t for t in words if _has(s, t.i, "nonstate_modifier") or _has(s, t.i, "nonstate_force")), None)
    states_own = any(lex.has("state_modifier", t.lower_) for t in words)  # "pro-government militias"
    if nonstate is not None and not states_own and not lex.has("state_force", s.lemma(head)):
        return ActorRef(nonstate.i, nonstate.i, nonstate.i, "nonstate", word=s.lemma(nonstate), country=country)
    state = next((t for t in words if _has(s, t.i, "speaks_for_state")), None)
    if country is not None and (official or state is not None or len(main) == 1 or _has(s, head.i, "force")):
        where = next(t.i for t in words if _country(names, t.i))
        return ActorRef(where, where, where, "state", (f"gov:{country}",), country=country)
    at = _seat(main, capitals)
    whose = next((t for t in main if t.lower_ in ("its", "their") and t.i < head.i), None)
    if at is None and whose is not None and s.lemma(head) in BODIES:
        return phrases.actor(whose.i)  # "its defence ministry", of the side spoken of last; "its mayor" is a town's
    if state is not None:
        return at or ActorRef(state.i, state.i, state.i, "state", word=s.lemma(state))
    office = next(
        (t for t in words if _has(s, t.i, "office_holders") or t.lower_.strip(".") in lex["officer_ranks"]), None
    )
    if office is not None:
        return at or ActorRef(office.i, office.i, office.i, "state", word="government")
    speaks = official or lemmas.keys() & {"spokesman", "spokeswoman", "spokesperson", "commander", "leader"}
    if speaks and whose is not None:
        return phrases.actor(whose.i)  # "its spokesman"
    direct = phrases.actor(head.i)
    return direct if direct is not None and direct.cls != "pronoun" and _has(s, head.i, "force") else None


def _led_by(s: Sentence, phrases: PhraseReader, words: Sequence[Token]) -> ActorRef | None:
    """Whom a relative clause says the speaker leads: "Major Ilunga, who commands the rebels in the town"."""
    verbs = (c for t in words for c in t.rights if c.dep_ == "acl:relcl" and s.lemma(c) in COMMANDS)
    return next((ref for v in verbs for x in v.rights if x.dep_ == "obj" and (ref := phrases.actor(x.i))), None)


def _seat(main: Sequence[Token], capitals: Mapping[str, str]) -> ActorRef | None:
    """ "Brigadier A. Person in Kigali", "the defence ministry in Baku": of the state whose capital that is."""
    for t, behind in pairwise(main):
        if t.lower_ == "in" and (code := capitals.get(behind.text)):
            return ActorRef(behind.i, behind.i, behind.i, "state", (f"gov:{code}",), country=code)
    return None


def _has(s: Sentence, i: int, group: str) -> bool:
    return lexis().has(group, s.lemma(i), s.doc[i].lower_)


def _country(names: Names, i: int) -> str | None:
    if i in names.demonyms:
        return names.demonyms[i]
    return names.countries[i].ids[0] if i in names.countries else None
