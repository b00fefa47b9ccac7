"""From cues to frames: each place in a sentence where the words of a sense stand, with the tokens of its slots.

Nothing is resolved here. A frame says: this verb (or noun, or phrase) is a cue of that sense, these tokens head its
actor, its place, its other side. `claims.build` turns frames into claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_measure, is_time, nested, nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.cues.cues import Cue, Cues
from whoholds.claims.frames.absence import ARGUMENT, none_frames
from whoholds.claims.frames.compounds import compound_frame, hyphened
from whoholds.claims.frames.forms import Frame, adjective_frame, attributive_frame, in_company, standing
from whoholds.claims.frames.noun_roles import noun_slots
from whoholds.claims.frames.nouns import REMOTE, REMOTE_SUBJECTS, is_air_force, noun_frames
from whoholds.claims.frames.phrases import phrase_frame
from whoholds.claims.frames.roles import (
    CIRCUMSTANCE,
    Slots,
    is_share,
    is_side,
    lifted,
    object_preps,
    roles_of,
    under_noun,
    under_saying,
)
from whoholds.claims.frames.verbs import fits_tense
from whoholds.model import Kind, Role

NAME = 5
"""Words of a group's name, about, between its first and its last."""
FINITE = frozenset(["VBD", "VBZ", "VBP"])
BEFORE_NOUNS = frozenset(["POS", "DT", "PRP$", "JJ"])
THERE = lexis()["present_there"]
HOW_THEY_ARE = frozenset(["on", "under", "from", "for", "with", "against", "of"])
"""What opens words for how somebody is: "on the defensive", "under pressure"."""
LOCATIVE = lexis()["frames_locative"]
FEW = frozenset(["few", "fewer", "no", "only", "just", "enough"])
DRIVES_OUT = lexis()["drives_out"]
AWAY = frozenset(["back", "out", "away", "off", "down", "up", "forward", "deep"])


def find_frames(s: Sentence, cues: Cues) -> Iterator[Frame]:
    """All frames of one sentence, in the order of their words; of one verb what asks for more words first."""
    if caption := standing(s, cues):
        yield caption
    nobody = [frame for t in s.doc if t.dep_ in ARGUMENT for frame in none_frames(s, t, cues)]
    yield from nobody
    # "there is no rebel left in P": nobody left it
    said = {i for frame in nobody for i in frame.words}
    for t in s.doc:
        clause = s.clause_of.get(t.i) if t.i not in said else None
        lower, lemma = t.lower_, s.lemma(t)
        if not cues.knows(lower, lemma, clause.lemma if clause else lemma) or _in_name(t):
            continue
        if clause is not None and not hyphened(s, t):
            yield from _verb_frames(s, clause, cues)
        if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and (clause is None or t.pos_ == "NOUN" or t.tag_ == "VBG"):
            yield from noun_frames(s, t, cues)
        for word in dict.fromkeys((lower, lemma) if not _is_finite(t) else ()):
            yield from _claims(s, (phrase_frame(s, t, cue) for cue in cues.of("phrase", word)))
        yield from _claims(s, (adjective_frame(s, t, cue) for cue in cues.of("adjective", lower)))
        yield from _claims(s, (compound_frame(s, t, cue) for cue in cues.of("compound", lower)))
        if t.dep_ in ("amod", "compound") and t.head.i > t.i:
            yield from _claims(s, (attributive_frame(t, cue) for cue in cues.of("attributive", lower)))


def _is_finite(t: Token) -> bool:
    """ "Rebels in the north control P": no phrase "in control". After "the" a word is no verb, whatever its tag."""
    return t.tag_ in FINITE and (t.i == 0 or t.doc[t.i - 1].tag_ not in BEFORE_NOUNS)


def _in_name(t: Token) -> bool:
    """ "Liberation" in "the River Liberation Front"."""
    head = t.head
    inside = t.text[:1].isupper() and head.text[:1].isupper() and 0 < head.i - t.i < NAME
    return inside and t.dep_ in ("compound", "amod", "nmod", "flat") and lexis().has("own_masters", head.lower_)


def _claims(s: Sentence, frames: Iterable[Frame | None]) -> Iterator[Frame]:
    """The frames of one word's senses, up to a sense that says: these words are no claim."""
    for frame in frames:
        if frame is None or not in_company(s, frame.cue, frame.slots):
            continue
        if any(not is_time(s.doc[i]) for slot in frame.cue.unless for i in frame.slots.get(slot)):
            continue
        if frame.cue.kind is None:
            return
        yield frame


def _verb_frames(s: Sentence, clause: Clause, cues: Cues) -> Iterator[Frame]:
    remote = beaten_back = False
    senses = cues.of("verb", clause.lemma)
    if not senses:
        return
    shared, passive = roles_of(s, clause)
    under_saying(s, clause, shared)
    under_noun(s, clause, shared)
    verb = s.doc[clause.verb]
    doers = shared.get("subj")
    from_afar = any(s.lemma(i) in REMOTE_SUBJECTS for i in doers) or (
        bool(doers) and all(is_air_force(s.doc[i]) for i in doers)
    )
    # "Shellfire drove the rebels out of P"
    blows = from_afar and any(s.lemma(i) in DRIVES_OUT for i in doers)
    away = [c for c in verb.children if c.lower_ in AWAY and c.dep_ == "advmod"]
    for cue in senses:
        if cue.object and cue.object.isdisjoint(s.lemmas):
            continue
        if (remote and not cue.object) or (beaten_back and not cue.particles[clause.lemma]):
            break
        particles = cue.particles[clause.lemma]
        if cue.kind is Kind.WITHDRAWS and clause.relation == "acl" and _remains(verb):
            continue
        if cue.kind is Kind.HOLDS and not particles and "off" in clause.particles:
            # "holding off troops" holds none
            continue
        if from_afar and not (blows and cue.no_agent):
            continue
        found: list[Token] = []
        if particles:
            found = _particles(clause, verb, cue, particles)
            joined = any(p.split()[0] in particles for p, _ in clause.obliques if " " in p)
            if not found and not joined and not any(p in particles for p in clause.particles):
                continue
        slots = shared.copy()
        words = [clause.verb, *[c.i for c in found]]
        for x in (x for c in found for x in c.children if x.dep_ in ("obl", "nmod")):
            # "came close to P": the place hangs on the adverb
            slots.add(preposition(x).replace(" ", "_"), x.i)
        for x in (x for c in away for x in c.children) if not particles else ():
            # "pushed them back from P": the place hangs on the adverb
            if x.dep_ in ("obl", "nmod") and preposition(x) in ("from", "of"):
                slots.add("out_of" if preposition(x) == "of" else preposition(x), x.i)
        for slot, wanted in cue.company.items():
            # "the rebel flag flies over P", "came within a mile of P": what stands by such a noun is the cue's
            theirs = [i for i in slots.get(slot) if s.lemma(i) in wanted]
            words += theirs if slot in ("subj", "in") else []
            for i in theirs:
                noun_slots(s, s.doc[i], slots)
        if cue.object and not cue.object_is_place:
            if (
                clause.relation == "amod"
                and cue.kind is Kind.CONTESTS
                and s.doc[clause.verb].head.dep_ in ("obj", "obl")
            ):
                # "carried out repeated attacks on P" are one
                continue
            noun = next((i for i in slots.get("obj") if s.lemma(i) in cue.object), None)
            if noun is None:
                # "pulled most of its fighters out of P"
                noun = next(
                    (
                        c.i
                        for i in slots.get("obj")
                        for c in s.doc[i].children
                        if (
                            c.dep_ == "nmod"
                            and preposition(c) == "of"
                            and s.lemma(c) in cue.object
                            and lexis().has("most_of", s.lemma(i))
                        )
                        or (
                            c.i > i
                            and s.lemma(c) in cue.object
                            and s.lemma(i)
                            in ("some", "all", "half", "number", "hundred", "dozen", "part", "percent", "%")
                        )
                    ),
                    None,
                )
            if noun is None:
                # The parser took the verb for a modifier: "forces regained control of P".
                near = s.doc[clause.verb + 1 : clause.verb + 3]
                noun = next(
                    (
                        x.i
                        for x in near
                        if s.lemma(x) in cue.object and s.doc[clause.verb].dep_ in ("amod", "compound", "nsubj", "acl")
                    ),
                    None,
                )
            if noun is None:
                continue
            struck = cue.kind not in (Kind.HOLDS, Kind.GAINS)  # "hold the police headquarters" is no attack from afar
            if struck and any(c.lower_ in REMOTE for c in s.doc[noun].children if c.i < noun):
                remote = True
                continue
            if passive:
                for i in slots.get("subj"):
                    for prep, inner in nested(s.doc, i):
                        slots.add(prep.replace(" ", "_"), inner)
            words.append(noun)
            noun_slots(s, s.doc[noun], slots)
            for c in (*s.doc[noun].rights, *s.doc[clause.verb].rights) if cue.kind is Kind.HOLDS else ():
                if c.lower_ in ("control", "hand") and c.dep_ in ("nmod", "obl"):
                    object_preps(c, slots)  # "has the situation in hand in P"
            if "in" in cue.place and not slots.get("in"):
                # "has no soldiers there"
                left = (c for x in s.doc[noun].children if x.dep_ == "acl" for c in x.children)  # "has men left there"
                around = (*s.doc[noun].children, *s.doc[clause.verb].children, *left)
                slots.add("in", *[x.i for x in around if x.lower_ in ("there", "here") and x.dep_ == "advmod"])
            if cue.kind is Kind.REPELS:
                _tried(s, s.doc[noun], slots)
            if cue.actor_from_object:
                slots.add("subj", noun)
            slots.heads["obj"] = (
                [i for i in slots.get("obj") if i != noun] if "obj" not in cue.place else slots.get("obj")
            )
        elif cue.object_is_place:
            if not any(s.lemma(i) in cue.object for i in slots.get("obj")):
                continue
        else:
            for i in slots.get("obj"):
                object_preps(s.doc[i], slots)
        if cue.kind in (Kind.ADVANCES, Kind.WITHDRAWS):
            for prep, head in clause.obliques:
                if prep not in ("on", "towards", "toward", "to", "into"):
                    own = list(nominal_modifiers(s.doc, head))
                    if cue.kind is Kind.WITHDRAWS and prep in CIRCUMSTANCE:
                        continue  # "withdrew after a counter-attack from the north"
                    if cue.kind is Kind.WITHDRAWS:
                        # "withdrew from P towards Q"
                        own = [x for x in own if x[0] in ("towards", "toward", "to", "into")]
                    for inner_prep, inner in (*own, *nested(s.doc, head)):
                        if inner_prep in ("on", "towards", "toward", "to", "into", "against", "from", "for"):
                            slots.add(inner_prep, inner)
        if (
            clause.lemma == "have"
            and cue.place == ("obj",)
            and not cue.object
            and not cue.company
            and _is_perfect(s, clause)
        ):
            continue
        if not fits_tense(s, clause, slots, cue.tense):
            continue
        if cue.kind is Kind.CONTESTS:
            for name in ("with", "against", "on", "from"):
                for i in slots.get(name):
                    if name in ("with", "against") or (cue.object and is_side(s, s.doc[i])):
                        lifted(s, i, slots, deep=name in ("with", "against"))
            undergone = passive and not slots.get("subj") and "obj" not in (*cue.place, *cue.against)
            if undergone and (slots.get("with") or clause.particles):
                # "protesters clashed with …", read as a participle: the doer stands before it
                slots.heads["subj"] = slots.get("obj")
        if clause.lemma == "be" and cue.id in ("are-in", "are-on") and _is_otherwise(s, clause, cue):
            continue
        state = cue.kind is Kind.HOLDS and cue.actor == ("subj",) and "obj" not in cue.place and not cue.object
        if state and passive and not slots.get("subj"):
            # "were dug in at P", "had been barricaded there"
            slots.heads["subj"] = slots.get("obj")
        if cue.not_object and _is_idiom(s, clause, slots, cue.not_object):
            continue
        if "of" in (*cue.against, *cue.unless, *cue.place, *cue.company) and not cue.object:
            for i in slots.get("obj"):
                of = [c for c in s.doc[i].children if c.dep_ == "nmod" and preposition(c) == "of"]
                slots.add(
                    "of", *[c.i for c in of if s.doc[i].pos_ == "PROPN" or lexis().has("nonstate_force", s.lemma(c))]
                )
        bare = passive and "be" not in clause.auxiliaries and not slots.get("subj") and clause.relation == "root"
        if bare and s.role is not Role.TITLE and clause.lemma in ("lose", "leave", "win"):
            # "Chelsea lost to Arsenal" is no passive
            continue
        unfit = any(not (is_time(s.doc[i]) or is_measure(s.doc[i])) for name in cue.unless for i in slots.get(name))
        if unfit or cue.unless & (set(clause.particles) - particles) or not in_company(s, cue, slots):
            continue
        if cue.kind is None:
            return
        # "threw them back" drives nobody out
        beaten_back = bool(cue.particles[clause.lemma]) and cue.kind is Kind.REPELS
        yield Frame(cue, clause.verb, tuple(words), slots, clause, passive)


def _particles(clause: Clause, verb: Token, cue: Cue, particles: frozenset[str]) -> list[Token]:
    """The words of a sense that stand by its verb: "pulled *out*"."""
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


def _is_perfect(s: Sentence, clause: Clause) -> bool:
    """ "have in three weeks taken P", with "have" for the verb; "have only P left" is none."""
    after = s.doc[clause.verb + 1 : clause.verb + 8]
    return any(t.tag_ == "VBN" and not hyphened(s, t) and (t.lower_, t.dep_) != ("left", "acl") for t in after)


def _remains(t: Token) -> bool:
    """ "with so few troops left", "has only P left": who is left goes nowhere."""
    before = [x.lower_ for x in t.head.lefts]
    return t.lower_ == "left" and t.head.i == t.i - 1 and not FEW.isdisjoint(before)


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


def _tried(s: Sentence, noun: Token, slots: Slots) -> None:
    """ "repelled an attempt to enter P": where it was tried."""
    for c in noun.children:
        tried = s.clause_of.get(c.i) if c.dep_ == "acl" else None
        if tried is not None:
            placed = any(prep in ("in", "at", "near") and not is_time(s.doc[i]) for prep, i in tried.obliques)
            # "an attempt to overrun the barracks at P" may have "at P" on the verb
            slots.add("on", *[i for i in tried.objects if s.doc[i].pos_ == "PROPN" or not placed])
            for prep, head in tried.obliques:
                slots.add(prep.replace(" ", "_"), head)
