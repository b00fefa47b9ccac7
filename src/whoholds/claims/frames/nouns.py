"""Frames of nouns that are a cue: "the capture of P", "clashes in P", "the stronghold of X" (see `find`)."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.document import Sentence
from whoholds.annotate.places.seats import is_speaker
from whoholds.annotate.trees.nominals import preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue, Cues
from whoholds.claims.frames.forms import Frame, in_company, likened
from whoholds.claims.frames.noun_governor import governor_slots
from whoholds.claims.frames.noun_roles import noun_slots
from whoholds.claims.frames.slots import Slots
from whoholds.claims.modes.words import own_mode
from whoholds.model import Kind, Mode

REMOTE = lexis()["remote"]
REMOTE_SUBJECTS = lexis()["remote_subjects"]
SURRENDERS = frozenset(["surrender", "capitulate", "flee", "withdraw", "leave"])
OVERCOME = frozenset(
    ["take", "capture", "kill", "massacre", "destroy", "annihilate", "wipe", "evacuate", "overrun", "expel"]
)
"""What a garrison suffers that holds its town no more."""
OPENS = lexis()["opens_description"]
GARRISONS = frozenset(["garrison", "contingent"])
"""Men who are in the one place that they are of."""
NEAR_WHERE = 6
"""Words between "where" and the fight, about: "where there has been fierce fighting"."""
OPENING = 8
"""Words of a description that opens a sentence, at most."""


def noun_frames(s: Sentence, t: Token, cues: Cues) -> Iterator[Frame]:
    """The frames of one noun's senses, up to a sense that says: these words are no claim."""
    if t.lower_ == "approaches" or not _names_a_deed(t) or likened(t.head) or _is_month(t) or _shunned(s, t):
        # "the approaches to P" are ground themselves
        return
    remote = any(c.lower_ in REMOTE for c in t.children if c.i < t.i)
    for word in dict.fromkeys((s.lemma(t), t.lower_)):
        for cue in cues.of("noun", word):
            if remote and cue.kind is not Kind.CLEARS:
                # "an air attack on P": nobody fights for the ground; "a search operation in P" may be soldiers'
                continue
            if _are_fighters(s, t, cue) or (_given_up(s, t) if cue.kind is Kind.HOLDS else _from_afar(s, t)):
                continue
            if cue.aside and cue.kind is Kind.HOLDS and is_speaker(s, t):
                # "The rebel authorities in P said"
                continue
            slots = _slots(s, t, cue)
            if not in_company(s, cue, slots):
                continue
            for i in slots.get("to") if "to" in cue.company else ():
                # "home to an army base": whose it is
                noun_slots(s, s.doc[i], slots)
            if cue.kind is None:
                return
            yield Frame(cue, t.i, (t.i,), slots)


def _slots(s: Sentence, t: Token, cue: Cue) -> Slots:
    slots = Slots()
    noun_slots(s, t, slots)
    governor_slots(s, t, slots)
    if cue.predicative and t.dep_ == "nsubj" and t.head.pos_ == "PROPN":
        # "Their last foothold in Q is P": what follows is the place
        slots.add("gov_nsubj", *[t.head.i for c in t.head.children if c.dep_ == "cop" and c.i > t.i])
    if cue.predicative and (described := _opens_with(s, t)) is not None:
        slots.add("noun", described)
    if cue.between and t.tag_ == "NN" and t.dep_ == "conj" and slots.get("comp"):
        # a headline: "as A and B clash in P", with a noun for the verb
        slots.add("between", t.head.i, slots.get("comp")[-1])
    if (
        (cue.between or s.lemma(t) in GARRISONS)
        and not slots.get("in")
        and not slots.get("poss")
        and (where := _where(t)) is not None
    ):
        slots.add("in", where)
    if t.dep_ == "acl:relcl" and t.head.i < t.i:
        # "P, which X controls", where the parser took the verb for a noun
        slots.add("of", t.head.i)
    return slots


def _where(t: Token) -> int | None:
    """ "A and B, where there was fighting", "P, where heavy clashes went on": the pronoun, for what is before it."""
    for x in reversed(t.doc[max(0, t.i - NEAR_WHERE) : t.i]):
        if x.lower_ == "where":
            return x.i
        acts = x.pos_ == "VERB" and x.lemma_.lower() not in ("be", "have")
        if acts or x.pos_ in ("PUNCT", "ADP", "CCONJ", "SCONJ"):
            return None
    return None


def _names_a_deed(t: Token) -> bool:
    """A noun, or what stands as one: "the besieging of P", "P, a besieged", not "besieging P"."""
    if t.pos_ == "ADJ":
        return t.dep_ == "appos" or any(c.dep_ == "det" for c in t.children)
    if t.tag_ != "VBG":
        return t.pos_ != "VERB"
    if any(c.dep_ in ("det", "amod") for c in t.children):
        return True
    verbal = any(c.dep_ in ("nsubj", "aux") for c in t.children)
    if t.dep_ == "csubj" and t.lower_ == "fighting":
        # "Fighting with rebels goes on in P"
        return lexis().has("goes_on", t.head.lemma_.lower())
    return t.dep_ in ("nsubj", "obj", "obl", "nmod", "ROOT") and not verbal


def _is_month(t: Token) -> bool:
    """ "the coup of 12 March in P", "of March 1985"."""
    beside = t.doc[max(t.i - 1, 0) : t.i + 2]
    return t.text == "March" and any(x.text[0].isdigit() for x in beside)


def _shunned(s: Sentence, t: Token) -> bool:
    """ "took no part in the fighting", "did not take part in the battle": whoever it is did not fight."""
    part = t.head
    if part.lower_ not in ("part", "role") or part.dep_ != "obj" or part.head.i > part.i:
        return False
    return any(c.lower_ == "no" for c in part.children) or own_mode(s, part.head) is Mode.DENIED


def _from_afar(s: Sentence, t: Token) -> bool:
    """ "drones launched an attack on P"; but "shells hit army positions in P" tells who is there."""
    return t.dep_ == "obj" and any(c.dep_ == "nsubj" and s.lemma(c) in REMOTE_SUBJECTS for c in t.head.children)


def is_air_force(t: Token) -> bool:
    """ "Its air force struck P": from the air nobody fights for ground."""
    return t.lower_ in ("force", "forces") and any(c.lower_ == "air" and c.i < t.i for c in t.children)


def _given_up(s: Sentence, t: Token) -> bool:
    """ "abandoned their positions in P", "the garrison there surrendered", "was taken": they are there no more."""
    if t.dep_ == "nsubj":
        return s.lemma(t) == "garrison" and s.lemma(t.head) in SURRENDERS
    if t.dep_ == "nsubj:pass" and s.lemma(t) == "garrison" and s.lemma(t.head) in OVERCOME:
        return True
    return t.dep_ in ("obj", "nsubj:pass") and lexis().has("gives_up", s.lemma(t.head))


def _are_fighters(s: Sentence, t: Token, cue: Cue) -> bool:
    """ "assault groups", "an operation base": who fights or where from; "under attack" is a phrase of its own."""
    under = preposition(t) == "under" and all(c.dep_ != "det" for c in t.children)
    head = s.lemma(t.head)
    before = t.dep_ == "compound" and (lexis().has("force", head) or lexis().has("facility", head.lower()))
    return cue.kind is Kind.CONTESTS and (under or before)


def _opens_with(s: Sentence, t: Token) -> int | None:
    """ "Once a rebel stronghold, P is quiet": the subject after the comma is what the noun before it describes."""
    if t.i > OPENING or s.doc[0].lower_ not in OPENS or any(x.pos_ == "VERB" for x in s.doc[: t.i]):
        return None
    comma = next((x.i for x in s.doc[t.i + 1 : t.i + OPENING] if x.text == ","), None)
    if comma is None or comma + 1 >= len(s.doc) or any(x.pos_ in ("VERB", "AUX") for x in s.doc[t.i : comma]):
        return None
    subject = next((x for x in s.doc[comma + 1 :] if x.dep_ in ("nsubj", "nsubj:pass", "appos")), None)
    begins = s.doc[comma + 1]
    return subject.i if subject is not None and subject in (begins, begins.head) else None
