"""Frames of verbs: "the army captured P", "pulled its men out of P", "holds P".

A verb has several senses, those first that ask for more words. For each it is asked whether the verb can mean that
here, which words are the sense's own, and what stands in its slots.
"""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_measure, is_time, nested, nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue, Cues
from whoholds.claims.frames.borrowed import CIRCUMSTANCE, under_declaring, under_noun, under_saying
from whoholds.claims.frames.compounds import hyphened
from whoholds.claims.frames.forms import Frame, in_company
from whoholds.claims.frames.noun_roles import noun_slots
from whoholds.claims.frames.nouns import REMOTE_SUBJECTS, is_air_force
from whoholds.claims.frames.roles import is_share, roles_of
from whoholds.claims.frames.slots import Slots, is_side, lifted, object_preps
from whoholds.claims.frames.tenses import fits_tense
from whoholds.claims.frames.verb_objects import object_noun, object_slots, struck_from_afar
from whoholds.model import Kind, Role

BEFORE_NOUNS = frozenset(["POS", "DT", "PRP$", "JJ"])
THERE = lexis()["present_there"]
HOW_THEY_ARE = frozenset(["on", "under", "from", "for", "with", "against", "of"])
"""What opens words for how somebody is: "on the defensive", "under pressure"."""
FEW = frozenset(["few", "fewer", "no", "only", "just", "enough"])
DRIVES_OUT = lexis()["drives_out"]
AWAY = frozenset(["back", "out", "away", "off", "down", "up", "forward", "deep"])
GOALS = frozenset(["towards", "toward", "to", "into"])
"""Prepositions of where somebody goes."""
STRIKES = lexis()["strikes_at"]
FROM_AFAR = REMOTE_SUBJECTS | lexis()["hits_from_afar"]
NEVER_BARE = frozenset(["lose", "leave", "win"])
"""Verbs whose participle alone makes no passive: "Chelsea lost to Arsenal"."""


class _Verb:
    """A verb that is a cue, with what all its senses share."""

    def __init__(self, s: Sentence, clause: Clause) -> None:
        self.s, self.clause, self.token = s, clause, s.doc[clause.verb]
        self.slots, self.passive = roles_of(s, clause)
        under_saying(s, clause, self.slots)
        under_noun(s, clause, self.slots)
        under_declaring(s, clause, self.slots)
        doers = self.slots.get("subj")
        self.from_afar = any(s.lemma(i) in REMOTE_SUBJECTS for i in doers) or (
            bool(doers) and all(is_air_force(s.doc[i]) for i in doers)
        )
        self.from_afar |= clause.lemma in STRIKES and _with_weapons(s, self.token, self.slots)
        self.blows = self.from_afar and any(s.lemma(i) in DRIVES_OUT for i in doers)
        """ "Shellfire drove the rebels out of P"."""

    def can_mean(self, cue: Cue) -> bool:
        """False where the clause as a whole says another thing than the sense."""
        if cue.kind is Kind.WITHDRAWS and self.clause.relation == "acl" and _remains(self.token):
            return False
        if cue.kind is Kind.HOLDS and not cue.particles[self.clause.lemma] and "off" in self.clause.particles:
            return False  # "holding off troops" holds none
        return not self.from_afar or (self.blows and bool(cue.no_agent))

    def particles(self, cue: Cue) -> list[Token] | None:
        """The words of a sense that stand by its verb: "pulled *out*"; None where it asks for some that do not."""
        wanted = cue.particles[self.clause.lemma]
        if not wanted:
            return []
        found = _particles(self.clause, self.token, cue, wanted)
        joined = any(p.split()[0] in wanted for p, _ in self.clause.obliques if " " in p)
        return found if found or joined or any(p in wanted for p in self.clause.particles) else None


def _with_weapons(s: Sentence, verb: Token, slots: Slots) -> bool:
    """ "attacked P with drones", "using mortars": with what hits from afar alone nobody comes for the ground."""
    found = list(slots.get("with"))
    for t in (verb, *(s.doc[i] for i in slots.get("obj"))):
        for c in t.children:
            if c.lower_ == "using":
                found += [g.i for g in c.children if g.dep_ in ("obj", "conj")]
            elif c.dep_ in ("nmod", "obl") and preposition(c) == "with" and c.i > verb.i:
                found.append(c.i)
    return bool(found) and all(s.lemma(i) in FROM_AFAR for i in found)


def verb_frames(s: Sentence, clause: Clause, cues: Cues) -> Iterator[Frame]:
    """The frames of one verb's senses, up to a sense that says: these words are no claim."""
    senses = cues.of_verb(clause.lemma, s.lemmas)
    if not senses:
        return
    verb = _Verb(s, clause)
    remote = beaten_back = False
    for cue in senses:
        particles = cue.particles[clause.lemma]
        if (remote and not cue.object) or (beaten_back and not particles):
            break
        found = verb.particles(cue) if verb.can_mean(cue) else None
        if found is None:
            continue
        slots = verb.slots.copy()
        words = [clause.verb, *[c.i for c in found]]
        _beside_adverbs(verb, found, slots, bare=not particles)
        words += _company(s, cue, slots)
        if cue.object_is_place:
            if not any(s.lemma(i) in cue.object for i in slots.get("obj")):
                continue
        elif cue.object:
            noun = object_noun(s, clause, cue, slots)
            if noun is None:
                continue
            if cue.kind is Kind.CONTESTS and clause.relation == "amod" and noun > clause.verb:
                continue  # "a renewed attack by X on P" is read from its noun
            if struck_from_afar(s, cue, noun):
                remote = True
                continue
            words.append(noun)
            object_slots(s, clause, cue, noun, slots)
        else:
            for i in slots.get("obj"):
                object_preps(s.doc[i], slots)
        _on_the_way(verb, cue, slots)
        if _is_auxiliary(s, clause, cue) or not fits_tense(s, clause, slots, cue.tense):
            continue
        _whom_they_fight(verb, cue, slots)
        _who_is_there(verb, cue, slots)
        if clause.lemma == "be" and cue.id in ("are-in", "are-on") and _is_otherwise(s, clause, cue):
            continue
        if cue.not_object and _is_idiom(s, clause, slots, cue.not_object):
            continue
        _of_the_object(s, cue, slots)
        if _is_no_passive(verb, slots):
            continue
        unfit = any(not _says_how(s, name, i) for name in cue.unless for i in slots.get(name))
        if unfit or cue.unless & (set(clause.particles) - particles) or not in_company(s, cue, slots):
            continue
        if cue.kind is None:
            return
        # "threw them back" drives nobody out; "P fought off an attack" is said of a place
        beaten_back = bool(particles) and cue.kind is Kind.REPELS and cue.place[:1] != ("subj",)
        yield Frame(cue, clause.verb, tuple(words), slots, clause, verb.passive)


def _particles(clause: Clause, verb: Token, cue: Cue, particles: frozenset[str]) -> list[Token]:
    found = [
        c
        for c in verb.children
        if c.lower_ in particles
        and (c.dep_ in ("compound:prt", "advmod", "case", "obl", "mark") or c.tag_ == "VBG")
        # "go on fighting" is no fighting on
        and (c.i > verb.i or c.dep_ != "mark")
    ]
    if found or any(p in particles for p in clause.particles):
        return found
    # no idiom where the word opens a phrase: "broke in two days" breaks in nowhere
    idiom = cue.kind is None
    near = [x for x in verb.doc[verb.i + 1 : verb.i + 2] if x.lower_ in particles and not (idiom and x.dep_ == "case")]
    return [x for x in near if not (x.lower_ == "on" and x.dep_ == "case" and x.nbor(1).tag_ in BEFORE_NOUNS)]


def _beside_adverbs(verb: _Verb, found: list[Token], slots: Slots, *, bare: bool) -> None:
    """Places that hang on an adverb: "came close to P"; `bare`: where the sense has none, "pushed them back from P"."""
    for x in (x for c in found for x in c.children if x.dep_ in ("obl", "nmod")):
        slots.add(preposition(x).replace(" ", "_"), x.i)
    away = [c for c in verb.token.children if c.lower_ in AWAY and c.dep_ == "advmod"] if bare else ()
    for x in (x for c in away for x in c.children):
        if x.dep_ in ("obl", "nmod") and preposition(x) in ("from", "of"):
            slots.add("out_of" if preposition(x) == "of" else preposition(x), x.i)


def _company(s: Sentence, cue: Cue, slots: Slots) -> list[int]:
    """ "the rebel flag flies over P", "came within a mile of P": what stands by such a noun is the cue's."""
    words = []
    for slot, wanted in cue.company.items():
        theirs = [i for i in slots.get(slot) if s.lemma(i) in wanted]
        words += theirs if slot in ("subj", "in") or (slot == "obj" and cue.words == ("be",)) else []
        for i in theirs:
            noun_slots(s, s.doc[i], slots)
    return words


def _on_the_way(verb: _Verb, cue: Cue, slots: Slots) -> None:
    """Where an advance or a withdrawal goes, as told within another phrase: "moved along the road to P"."""
    if cue.kind not in (Kind.ADVANCES, Kind.WITHDRAWS):
        return
    doc, leaves = verb.s.doc, cue.kind is Kind.WITHDRAWS
    for prep, head in verb.clause.obliques:
        if prep == "on" or prep in GOALS or (leaves and prep in CIRCUMSTANCE):
            continue  # "withdrew after a counter-attack from the north"
        own = list(nominal_modifiers(doc, head))
        if leaves:
            own = [x for x in own if x[0] in GOALS]  # "withdrew from P towards Q"
        for inner_prep, inner in (*own, *nested(doc, head)):
            if inner_prep in GOALS or inner_prep in ("on", "against", "from", "for"):
                slots.add(inner_prep, inner)


def _is_auxiliary(s: Sentence, clause: Clause, cue: Cue) -> bool:
    """ "have in three weeks taken P", with "have" for the verb; "have only P left" is none."""
    if clause.lemma != "have" or cue.place != ("obj",) or cue.object or cue.company:
        return False
    after = s.doc[clause.verb + 1 : clause.verb + 8]
    return any(t.tag_ == "VBN" and not hyphened(s, t) and (t.lower_, t.dep_) != ("left", "acl") for t in after)


def _whom_they_fight(verb: _Verb, cue: Cue, slots: Slots) -> None:
    """ "clashed with rebels near P": the place hangs on the other side."""
    if cue.kind is not Kind.CONTESTS:
        return
    s = verb.s
    for name in ("with", "against", "on", "from"):
        foes = name in ("with", "against")
        for i in slots.get(name):
            if foes or (cue.object and is_side(s, s.doc[i])):
                lifted(s, i, slots, deep=foes)
    undergone = verb.passive and not slots.get("subj") and "obj" not in (*cue.place, *cue.against)
    if undergone and (slots.get("with") or verb.clause.particles):
        # "protesters clashed with …", read as a participle: the doer stands before it
        slots.heads["subj"] = slots.get("obj")


def _who_is_there(verb: _Verb, cue: Cue, slots: Slots) -> None:
    """ "were dug in at P", "had been barricaded there": in the passive too it is they who hold it."""
    state = cue.kind is Kind.HOLDS and cue.actor == ("subj",) and "obj" not in cue.place and not cue.object
    if state and verb.passive and not slots.get("subj"):
        slots.heads["subj"] = slots.get("obj")


def _of_the_object(s: Sentence, cue: Cue, slots: Slots) -> None:
    """What "of" joins to the object, where a sense asks for it: "captured men of the Front"."""
    if cue.object or "of" not in (*cue.against, *cue.unless, *cue.place, *cue.company):
        return
    for t in (s.doc[i] for i in slots.get("obj")):
        of = [c for c in t.children if c.dep_ == "nmod" and preposition(c) == "of"]
        slots.add("of", *[c.i for c in of if t.pos_ == "PROPN" or lexis().has("nonstate_force", s.lemma(c))])


def _is_no_passive(verb: _Verb, slots: Slots) -> bool:
    """ "Chelsea lost to Arsenal"; a headline may say so of a town."""
    clause = verb.clause
    bare = verb.passive and "be" not in clause.auxiliaries and not slots.get("subj") and clause.relation == "root"
    return bare and verb.s.role is not Role.TITLE and clause.lemma in NEVER_BARE


def _remains(t: Token) -> bool:
    """ "with so few troops left", "has only P left": who is left goes nowhere."""
    before = [x.lower_ for x in t.head.lefts]
    return t.lower_ == "left" and t.head.i == t.i - 1 and not FEW.isdisjoint(before)


def _says_how(s: Sentence, slot: str, i: int) -> bool:
    """ "ran on Monday", "ran 5 km", "ran in disarray": when, how far and how, and nowhere."""
    t = s.doc[i]
    return is_time(t) or is_measure(t) or (slot == "in" and lexis().has("no_where", s.lemma(t)))


def _is_idiom(s: Sentence, clause: Clause, slots: Slots, objects: frozenset[str]) -> bool:
    """ "took part", "stood at the border of war": an object, or a place to stand in, that makes another thing of it."""
    if any(s.lemma(i) in objects and not is_share(s, i) and not _is_house(s, i) for i in slots.get("obj")):
        return True
    stood = ("in", "at", "on") if clause.lemma in ("be", "stand", "sit") else ()
    return any(s.lemma(i) in objects for prep in stood for i in slots.get(prep))


def _is_house(s: Sentence, i: int) -> bool:
    """ "took the mayor's office", not "took office": walls, and no post."""
    owned = any(c.dep_ == "nmod:poss" and c.pos_ == "NOUN" for c in s.doc[i].children)
    return owned and lexis().has("facility", s.lemma(i))


def _is_otherwise(s: Sentence, clause: Clause, cue: Cue) -> bool:
    """ "are on the defensive across P", "are busy in P": where they are is not what is said of them."""
    predicate = s.doc[clause.verb].head
    if s.doc[clause.verb].dep_ == "aux" and predicate.pos_ == "NOUN":
        return True  # "there was fighting", with "was" for an auxiliary
    if predicate.lower_ == "there" and any(c.lower_ == "it" and c.dep_ == "nsubj" for c in predicate.children):
        return True  # "It was there that they signed the peace"
    if any(c.lower_ == "it" and c.dep_ in ("nsubj", "expl") for c in predicate.children) and _is_cleft(predicate):
        return True
    if s.doc[clause.verb].dep_ == "cop" and predicate.pos_ == "NUM":
        return True  # "In P alone it was 95"
    if s.doc[clause.verb].dep_ == "cop" and predicate.tag_ == "JJ" and predicate.lower_ not in THERE:
        return True
    opened = preposition(predicate) if s.doc[clause.verb].dep_ == "cop" else ""
    return opened in HOW_THEY_ARE and s.lemma(predicate) not in cue.company.get(opened, ())


def _is_cleft(predicate: Token) -> bool:
    """ "It was in P that they signed the peace", "In P it was the rebels who pushed them out"."""
    clauses = (
        c for c in predicate.children if c.dep_ in ("acl", "acl:relcl", "ccomp", "csubj", "advcl:relcl", "advcl")
    )
    return any(g.lower_ in ("that", "who") for c in clauses for g in c.children if c.i > predicate.i)
