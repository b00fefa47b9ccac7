"""Frames of a preposition and a noun that are a cue: "under the control of X", "in rebel hands", "at the gates of P".

What is in that state stands elsewhere: it is the phrase's own subject ("P is in rebel hands"), a noun before it ("P,
in rebel hands since May, …"), or an argument of the verb over it ("brought P under its control"). See `find`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.places.set_off import set_off
from whoholds.annotate.trees.nominals import is_time, nested, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue
from whoholds.claims.frames.forms import SUBJECT, Frame, likened, subjects_of
from whoholds.claims.frames.noun_roles import noun_slots
from whoholds.claims.frames.roles import roles_of
from whoholds.claims.frames.slots import Slots
from whoholds.model import Kind

NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
WITHIN = ("DET", "ADJ", "PROPN", "NOUN", "PART", "PRON", "ADV", "PUNCT")
"""Parts of speech between the preposition and its noun."""
REACH = 5
"""Words from the noun back to its preposition, at most."""
AGAIN = frozenset(["back", "again", "now", "still", "once", "firmly", "largely", "fully"])
"""Adverbs that stand before such a phrase and belong to it."""
SHARES = frozenset(["%", "percent", "cent"])
SUBJECTS_STATE = lexis()["subjects_state"]
COMES_INTO = lexis()["comes_into"]


@dataclass
class _Phrase:
    """A phrase that is a cue, in its sentence."""

    s: Sentence
    cue: Cue
    case: Token
    noun: Token
    slots: Slots

    @property
    def over(self) -> Token:
        """The word that the phrase hangs on; of "remains calm and under rebel control" the verb."""
        head = self.noun.head
        deep = head.lower_ == "deep" and head.dep_ in ("xcomp", "advmod")  # "lies deep in rebel territory"
        beside = head.pos_ == "ADJ" and head.dep_ == "xcomp" and self.noun.dep_ == "conj"
        return head.head if deep or beside else head

    @property
    def copula(self) -> Token | None:
        return next((c for c in self.noun.children if c.dep_ == "cop"), None)

    @property
    def own(self) -> list[int]:
        """ "P is in rebel hands", "P is 100% under their control"."""
        share = self.noun.head if self.noun.head.lower_ in SHARES else None
        return subjects_of(self.noun) or (subjects_of(share) if share is not None else [])

    @property
    def joined(self) -> Clause | None:
        """ "took P and are in control of Q": a second predicate without a subject."""
        second = self.copula is not None and self.noun.dep_ == "conj" and not self.own
        return self.s.clause_of.get(self.copula.i) if second and self.copula is not None else None

    @property
    def clause(self) -> Clause | None:
        return self.joined or self.s.clause_of.get(self.over.i) or self.back

    @property
    def back(self) -> Clause | None:
        """ "P is back in rebel hands", "is tonight in their hands": the clause of the adverb over the phrase."""
        if self.over.lower_ not in AGAIN and not is_time(self.over):
            return None
        return next((self.s.clause_of.get(c.i) for c in self.over.children if c.dep_ == "cop"), None)

    @property
    def verb(self) -> str:
        """The lemma of the verb that the phrase belongs to; "" where it is a predicate beside another clause."""
        if self.joined or self.back:
            return "be"
        # "A fell, and B is in rebel hands": what fell is not what is in their hands
        apart = self.copula is not None and self.noun.dep_ in ("conj", "parataxis")
        return self.s.lemma(self.over) if self.over.i != self.noun.i and not apart else ""


def phrase_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    """The frame of one sense whose noun is `t`; None where its preposition or its verb are others."""
    case = _opener(t, cue)
    if case is None or not any(
        w.split()[0] == case.lower_ and w.split()[-1] in (s.lemma(t), t.lower_) for w in cue.words
    ):
        return None
    if likened(t.head):
        return None
    phrase = _Phrase(s, cue, case, t, _inner_slots(s, cue, t, case))
    if not _verb_fits(phrase):
        return None
    phrase.slots.add("self", t.i)
    left = _left_with(case) if cue.actor == ("subj",) else None
    phrase.slots.add("subj", *([left.i] if left is not None else (*phrase.own, *_attacked(phrase))))
    next((rule for rule in WHAT if rule(phrase)), None)
    if cue.kind is Kind.CONTESTS:
        _beside_foe(phrase)
    if not phrase.slots.get("subj"):
        _inverted(phrase)
    if not phrase.slots.get("subj") and not phrase.slots.get("noun"):
        _before_colon(phrase)
    return Frame(cue, _said_by(phrase), (case.i, t.i), phrase.slots, phrase.clause)


def _left_with(case: Token) -> Token | None:
    """ "The battle ended with X in control of P": X, and not the battle."""
    i = case.i - 1
    while i > 0 and case.doc[i].pos_ == "ADV":
        i -= 1
    before = case.doc[max(i, 0)]
    while before.dep_ in ("flat", "compound", "conj") and before.head.i < before.i:
        before = before.head
    return before if before.pos_ in ("NOUN", "PROPN") and preposition(before) == "with" else None


def _opener(t: Token, cue: Cue) -> Token | None:
    """The preposition, by the tree or else by the order of the words."""
    openers = {w.split()[0] for w in cue.words}
    case = next((c for c in t.children if c.dep_ in ("case", "mark") and c.i < t.i and c.lower_ in openers), None)
    if case is not None or t.i == 0:
        return case
    j = t.i - 1
    while j > 0 and t.i - j < REACH and t.doc[j].pos_ in WITHIN:
        if (t.doc[j].pos_ == "DET" or t.doc[j].tag_ == "PRP$") and t.doc[j - 1].pos_ in ("NOUN", "PROPN"):
            # "In its statement the command said": another noun's preposition
            return None
        j -= 1
    return t.doc[j] if t.doc[j].lower_ in openers else None


def _inner_slots(s: Sentence, cue: Cue, t: Token, case: Token) -> Slots:
    """What the noun itself takes: whose hands, at the gates of what."""
    slots = Slots()
    noun_slots(s, t, slots)
    for time in ("for", "during", "on", "since"):
        # "under siege on the eve of talks by X": what hangs on the time may be the phrase's own
        for head in slots.get(time):
            for prep, inner in nested(s.doc, head):
                slots.add(prep.replace(" ", "_"), inner)
    for c in t.rights:
        if c.dep_ == "acl" and cue.kind is Kind.HOLDS and not lexis().has("keeps_ground", s.lemma(c)):
            # "lies in territory bombed by X": not theirs
            slots.heads["by"] = [i for i in slots.get("by") if s.doc[i].head != c]
    before = s.doc[t.i - 1]
    if not slots.get("comp") and case.i < before.i and before.pos_ in ("PROPN", "NOUN", "ADJ"):
        slots.add("comp", before.i)
    return slots


def _verb_fits(phrase: _Phrase) -> bool:
    """A sense may ask for a verb ("*fell* into the hands of"), and a state is none where something comes into it."""
    if phrase.cue.after:
        return ("be" if phrase.copula is not None else phrase.verb) in phrase.cue.after
    return phrase.cue.kind is not Kind.HOLDS or phrase.verb not in COMES_INTO


def _attacked(phrase: _Phrase) -> tuple[int, ...]:
    """ "X holds P but is under attack": at P."""
    first = phrase.s.clause_of.get(phrase.over.i) if phrase.joined and phrase.cue.kind is Kind.CONTESTS else None
    return first.objects if first is not None else ()


# --- what is in that state: each rule fills the slots, or says False ------------------------------------------------


def _set_off(phrase: _Phrase) -> bool:
    """ "P, in rebel hands since May, …": the noun before the comma."""
    described = set_off(phrase.case, phrase.noun) if not phrase.own and phrase.copula is None else None
    if described is None:
        return False
    phrase.slots.add("noun", described.i)
    phrase.slots.add("subj", described.i)
    return True


def _after_time(phrase: _Phrase) -> bool:
    """ "P fell after a week under siege": what fell, and not the week."""
    if phrase.noun.dep_ != "nmod" or not is_time(phrase.over):
        return False
    clause = phrase.s.clause_of.get(phrase.over.head.i)
    if clause is None:
        return False
    acted_on = clause.voice == "active" and clause.objects
    phrase.slots.add("subj", *(clause.objects if acted_on else clause.subjects))
    return True


def _of_noun(phrase: _Phrase) -> bool:
    """ "the towns under rebel control", "X is the one in charge of P"."""
    relation = phrase.noun.dep_
    hung = relation in ("acl", "acl:relcl", "nmod", "appos") or (relation == "obl" and phrase.clause is None)
    if not hung or phrase.over.pos_ not in NOMINAL:
        return False
    over = _whole(phrase.s, phrase.over)
    phrase.slots.add("noun", over.i)
    if relation == "nmod" and not phrase.own:
        if over.lower_ == "one":
            phrase.slots.add("subj", *[c.i for c in over.children if c.dep_ == "nsubj"])
        phrase.slots.add("subj", over.i)
    elif relation == "acl:relcl" and phrase.own:
        # "P, which is in rebel hands"
        phrase.slots.add("subj", over.i)
    return True


def _of_verb(phrase: _Phrase) -> bool:
    """ "P fell under rebel control", "brought P under its control", "P was brought under control by X"."""
    clause = phrase.clause
    if clause is None or phrase.own:
        return False
    s, slots = phrase.s, phrase.slots
    roles, _ = roles_of(s, clause)
    if roles.get("obj"):
        slots.add("doer", *roles.get("subj"))
    of_subject = phrase.verb in SUBJECTS_STATE
    slots.add("subj", *(clause.subjects if of_subject else roles.get("obj") or roles.get("subj")))
    if not slots.get("subj"):
        slots.add("subj", *clause.subjects)
    slots.add("by", *clause.agents)
    for prep, head in clause.obliques:
        if head != phrase.noun.i:
            slots.add(prep.replace(" ", "_"), head)
            for inner_prep, inner in nested(s.doc, head):
                slots.add(inner_prep.replace(" ", "_"), inner)
    return True


def _of_adjective(phrase: _Phrase) -> bool:
    """ "P was calm under rebel control": what is said to be so."""
    over = phrase.over
    if over.pos_ != "ADJ" or phrase.noun.dep_ not in ("obl", "nmod", "advmod") or phrase.own:
        return False
    clause = phrase.s.clause_of.get(over.head.i) if over.dep_ == "xcomp" else None  # "remained calm under …"
    phrase.slots.add("subj", *(clause.subjects if clause is not None else subjects_of(over)))
    return bool(phrase.slots.get("subj"))


def _of_first(phrase: _Phrase) -> bool:
    """ "P is free of X and in the hands of Y"."""
    if phrase.noun.dep_ != "conj" or phrase.own:
        return False
    phrase.slots.add("subj", *[c.i for c in phrase.over.children if c.dep_ in SUBJECT])
    return True


WHAT: tuple[Callable[[_Phrase], bool], ...] = (_set_off, _after_time, _of_noun, _of_verb, _of_adjective, _of_first)
"""The first that fills the slots is the last."""


def _beside_foe(phrase: _Phrase) -> None:
    """ "came under attack from rebels in P": where that was, though it hangs on the rebels."""
    for slot in ("from", "by"):
        for head in phrase.slots.get(slot):
            for c in phrase.s.doc[head].children:
                if c.i > head and c.dep_ in ("nmod", "obl") and preposition(c) in ("in", "at", "near"):
                    phrase.slots.add(preposition(c), c.i)


def _inverted(phrase: _Phrase) -> None:
    """ "Still under rebel control are the towns of A and B"."""
    be = next((c for c in phrase.s.clauses if c.lemma == "be" and phrase.noun.i in c.subjects), None)
    phrase.slots.add("subj", *(be.objects if be is not None else ()))


def _before_colon(phrase: _Phrase) -> None:
    """ "Bria, Bambari, Ndele: in rebel hands"."""
    doc = phrase.s.doc
    colon = next((x.i for x in doc[: phrase.noun.i] if x.text == ":"), 0)
    names = (x.i for x in doc[:colon] if x.pos_ == "PROPN" and x.dep_ not in ("flat", "compound"))
    phrase.slots.add("subj", *names)


def _whole(s: Sentence, noun: Token) -> Token:
    """ "the only town on the Drina in Serb hands": the town, and not what it lies at."""
    above = noun.head
    lies = noun.dep_ == "nmod" and above.i < noun.i and preposition(noun) in ("in", "on", "near", "along", "outside")
    return above if lies and lexis().has("settlement", s.lemma(above)) else noun


def _said_by(phrase: _Phrase) -> int:
    """Where mode and time are read: the verb over the phrase, unless the phrase is a predicate or stands apart."""
    clause, over = phrase.clause, phrase.over
    its = clause is not None and clause.verb == over.i != phrase.noun.i and not phrase.own
    apart = phrase.copula is None and set_off(phrase.case, phrase.noun) is not None
    return over.i if its and not apart and not lexis().has("say", phrase.verb) else phrase.noun.i
