"""Frames of what is no verb: nouns, phrases, adjectives, attributes, compounds, captions (see `frames`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import is_time, nested, nominal_modifiers, preposition
from whoholds.annotate.repair import Clause
from whoholds.annotate.set_off import set_off
from whoholds.annotate.words import lexis
from whoholds.claims.cues import Cue, Cues
from whoholds.claims.noun_roles import governor_slots, noun_slots
from whoholds.claims.roles import Slots, conj, roles_of
from whoholds.model import Kind

# Words before an attack that make it one from far away, or none on the ground.
REMOTE = lexis()["remote"]
REMOTE_SUBJECTS = lexis()["remote_subjects"]
OPENS = frozenset(["once", "long", "formerly", "previously", "a", "an", "the", "its", "their", "now"])
"""First words of a sentence that begins with what its subject is or was."""
OPENING = 8
"""Words of such a beginning, at most."""
AFTER_COMPOUND = frozenset(["since", "for", "until", "again", ",", ".", ";", "but", "after"])
"""What follows a compound that stands after its noun."""


@dataclass(frozen=True, slots=True)
class Frame:
    cue: Cue
    token: int
    """Where mode and time are read: the verb, or the noun of a nominal cue."""
    words: tuple[int, ...]
    """All tokens of the cue itself ("took", "control")."""
    slots: Slots
    clause: Clause | None = None
    passive: bool = False
    begin: int = 0
    end: int | None = None
    """Tokens between which its places stand, where another frame goes on with the same verb."""


def in_company(s: Sentence, cue: Cue, slots: Slots) -> bool:
    """The nouns that a sense asks for stand in their slots ("cleared of *fraud*")."""
    return all(any(s.lemma(i) in nouns for i in slots.get(slot)) for slot, nouns in cue.company.items())


def standing(s: Sentence, cues: Cues) -> Frame | None:
    """ "French soldiers at Kidal airport on Friday": a caption without a verb says where they are."""
    top = next(t for t in s.doc if t.head.i == t.i)
    force = lexis().has("nonstate_force", s.lemma(top)) or lexis().has("state_force", s.lemma(top))
    if top.tag_ != "NNS" or not force or any(t.pos_ in ("VERB", "AUX") for t in s.doc):
        return None
    cue = next((c for c in cues.of("verb", "be") if c.kind is Kind.HOLDS and "in" in c.place), None)
    where = [(prep, i) for prep, i in nominal_modifiers(s.doc, top.i) if prep in ("in", "inside", "at")]
    if cue is None or not where:
        return None
    slots = Slots()
    slots.add("subj", top.i)
    slots.add("in", *(i for _, i in where))
    return Frame(cue, top.i, (where[0][1] - 1,), slots)


def attributive_frame(t: Token, cue: Cue) -> Frame:
    slots = Slots()
    slots.add("noun", t.head.i)
    return Frame(cue, t.i, (t.i,), slots)


def hyphened(s: Sentence, t: Token) -> bool:
    """ "ISIS-held": a participle after a hyphen is part of a compound."""
    return t.i >= 2 and s.doc[t.i - 1].text in ("-", "–", "‑") and not s.doc[t.i - 1].whitespace_


def noun_frames(s: Sentence, t: Token, cues: Cues) -> Iterator[Frame]:
    lemma = s.lemma(t)
    for word in dict.fromkeys((lemma, t.lower_)):
        for cue in cues.of("noun", word):
            if t.pos_ == "ADJ" and not (t.dep_ == "appos" or any(c.dep_ == "det" for c in t.children)):
                continue
            if t.pos_ == "VERB" and t.tag_ != "VBG":
                continue
            if any(c.dep_ == "nsubj" and s.lemma(c) in REMOTE_SUBJECTS for c in t.head.children if t.dep_ == "obj"):
                continue
            if (
                t.tag_ == "VBG"
                and not any(c.dep_ in ("det", "amod") for c in t.children)
                and (
                    t.dep_ not in ("nsubj", "obj", "obl", "nmod", "ROOT")
                    or any(c.dep_ in ("nsubj", "aux") for c in t.children)
                )
            ):
                continue
            if any(c.lower_ in REMOTE for c in t.children if c.i < t.i):
                continue
            if cue.kind is Kind.CONTESTS and t.dep_ == "compound" and lexis().has("force", s.lemma(t.head)):
                # "assault groups", "a raid party": who fights, and no fight
                continue
            slots = Slots()
            noun_slots(s, t, slots)
            governor_slots(s, t, slots)
            if cue.predicative and (described := _opens_with(s, t)) is not None:
                slots.add("noun", described)
            if t.dep_ == "acl:relcl" and t.head.i < t.i:
                # "P, which X controls", where the parser took the verb for a noun
                slots.add("of", t.head.i)
            if not in_company(s, cue, slots):
                continue
            if cue.kind is None:
                return
            yield Frame(cue, t.i, (t.i,), slots)


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


def phrase_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    """ "under the control of X", "in rebel hands", "at the gates of P": preposition and noun."""
    openers = {w.split()[0] for w in cue.words}
    case = next((c for c in t.children if c.dep_ in ("case", "mark") and c.i < t.i and c.lower_ in openers), None)
    if case is None and t.i >= 1:
        j = t.i - 1
        while (
            j > 0 and t.i - j < 5 and s.doc[j].pos_ in ("DET", "ADJ", "PROPN", "NOUN", "PART", "PRON", "ADV", "PUNCT")
        ):
            j -= 1
        case = s.doc[j] if s.doc[j].lower_ in openers else None
    if case is None or not any(
        w.split()[0] == case.lower_ and w.split()[-1] in (s.lemma(t), t.lower_) for w in cue.words
    ):
        return None
    slots = Slots()
    noun_slots(s, t, slots)
    for time in ("for", "during", "on", "since"):
        for head in slots.get(time):
            for inner_prep, inner in nested(s.doc, head):
                slots.add(inner_prep.replace(" ", "_"), inner)
    if not slots.get("comp") and case.i < t.i - 1 and s.doc[t.i - 1].pos_ in ("PROPN", "NOUN", "ADJ"):
        slots.add("comp", t.i - 1)
    governor = t.head
    clause = s.clause_of.get(governor.i)
    copula = next((c for c in t.children if c.dep_ == "cop"), None)
    # "A fell, and B is in rebel hands": what fell is not what is in their hands
    apart = copula is not None and t.dep_ in ("conj", "parataxis")
    governor_lemma = s.lemma(governor) if governor.i != t.i and not apart else ""
    if cue.after and ("be" if copula else governor_lemma) not in cue.after:
        return None
    if not cue.after and governor_lemma in ("fall", "come", "bring", "pass", "place") and cue.kind is Kind.HOLDS:
        return None
    own = [c.i for c in t.children if c.dep_ in ("nsubj", "nsubj:outer", "nsubj:pass")]
    slots.add("subj", *own, *[j for i in own for j in conj(s.doc[i])])
    if copula is not None and not own and t.dep_ == "conj" and (linked := s.clause_of.get(copula.i)):
        # "took P and are in control of Q"
        if cue.kind is Kind.CONTESTS and (over := s.clause_of.get(governor.i)):
            # "they hold P but are under attack"
            slots.add("subj", *over.objects)
        clause, governor_lemma = linked, "be"
    described = None if own or copula is not None else set_off(case, t)
    over = s.clause_of.get(governor.head.i) if is_time(governor) and t.dep_ == "nmod" else None
    if described is not None:
        slots.add("noun", described.i)
        slots.add("subj", described.i)
    elif over is not None:
        # "fell after a week under siege": what fell, and not the week
        slots.add("subj", *(over.objects if over.voice == "active" and over.objects else over.subjects))
    elif (
        t.dep_ in ("acl", "acl:relcl", "nmod", "appos") or (t.dep_ == "obl" and clause is None)
    ) and governor.pos_ in (
        "NOUN",
        "PROPN",
        "PRON",
        "NUM",
    ):
        governor = _whole(s, governor)
        slots.add("noun", governor.i)
        if t.dep_ == "nmod" and not own:
            if governor.lower_ == "one":
                # "X is the one in charge of P"
                slots.add("subj", *[c.i for c in governor.children if c.dep_ == "nsubj"])
            slots.add("subj", governor.i)
    elif clause is not None and not own:
        roles, _ = roles_of(s, clause)
        if roles.get("obj"):
            # "brought P under its control"
            slots.add("doer", *roles.get("subj"))
        slots.add(
            "subj",
            *(
                roles.get("obj") or roles.get("subj")
                if governor_lemma not in ("be", "remain", "stay", "fall", "come", "pass", "go")
                else clause.subjects
            ),
        )
        if not slots.get("subj"):
            slots.add("subj", *clause.subjects)
        slots.add("by", *clause.agents)
        for prep, head in clause.obliques:
            if head != t.i:
                slots.add(prep.replace(" ", "_"), head)
                for inner_prep, inner in nested(s.doc, head):
                    slots.add(inner_prep.replace(" ", "_"), inner)
    elif t.dep_ == "conj" and not own:
        # "is under control and ..." / "free of X and in the hands of Y"
        for c in governor.children:
            if c.dep_ in ("nsubj", "nsubj:pass"):
                slots.add("subj", c.i)
    if not slots.get("subj"):
        # "Still under rebel control are the towns of A and B"
        be = next((c for c in s.clauses if c.lemma == "be" and t.i in c.subjects), None)
        if be is not None:
            slots.add("subj", *be.objects)
    if not slots.get("subj") and not slots.get("noun"):
        # "Bria, Bambari, Ndele: in rebel hands"
        colon = next((x.i for x in s.doc[: t.i] if x.text == ":"), None)
        if colon:
            slots.add("subj", *[x.i for x in s.doc[:colon] if x.pos_ == "PROPN" and x.dep_ not in ("flat", "compound")])
    if t.dep_ in ("acl:relcl",) and own:
        slots.add("subj", governor.i)
    token = (
        governor.i
        if clause is not None
        and clause.verb == governor.i
        and not own
        and described is None
        and governor.i != t.i
        and not lexis().has("say", governor_lemma)
        else t.i
    )
    return Frame(cue, token, (case.i, t.i), slots, clause)


def _whole(s: Sentence, noun: Token) -> Token:
    """ "the only town on the Drina in Serb hands": the town, and not what it lies at."""
    above = noun.head
    lies = noun.dep_ == "nmod" and above.i < noun.i and preposition(noun) in ("in", "on", "near", "along", "outside")
    return above if lies and lexis().has("settlement", s.lemma(above)) else noun


def adjective_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    slots = Slots()
    slots.add("self", t.i)
    for c in t.children:
        if c.dep_ in ("obl", "nmod"):
            slots.add(preposition(c).replace(" ", "_"), c.i)
        elif c.dep_ in ("nsubj", "nsubj:outer", "nsubj:pass"):
            slots.add("subj", c.i, *conj(c))
        elif c.dep_ == "nmod:poss":
            # "P is still the rebels' own"
            slots.add("poss", c.i)
    if t.i + 2 < len(s.doc) and s.doc[t.i + 1].lower_ == "of" and not slots.get("of"):
        slots.add("of", s.doc[t.i + 2].i)
    if not slots.get("subj"):
        if t.dep_ in ("amod", "acl", "acl:relcl") and t.head.i < t.i:
            slots.add("subj", t.head.i)
        elif t.dep_ in ("xcomp", "conj", "obl", "advcl"):
            clause = s.clause_of.get(t.head.i)
            if clause:
                declared = [i for i in clause.objects if i < t.i] if t.dep_ == "xcomp" else ()
                slots.add("subj", *(declared or clause.subjects or clause.objects))
        elif t.i and s.doc[t.i - 1].head.i == t.i and s.doc[t.i - 1].pos_ == "PROPN":
            # A headline: "Bossaso free of pirates"
            slots.add("subj", t.i - 1)
    return Frame(cue, t.i, (t.i,), slots) if any(slots.get(slot) for slot in (*cue.actor, *cue.place)) else None


def compound_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    """ "ISIS-held", "rebel-controlled": the word before the hyphen is the actor, the noun after it the place."""
    doc = s.doc
    if t.i < 2 or doc[t.i - 1].text not in "-–‑" or doc[t.i - 1].whitespace_:
        # "the militias – captured" is a dash
        return None
    slots = Slots()
    slots.add("comp", t.i - 2)
    target: Token | None = None
    node = t
    if said_of := [c.i for c in t.children if c.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer") and c.i < t.i - 2]:
        # "P is now rebel-held"
        slots.add("noun", *said_of, *(j for i in said_of for j in conj(doc[i])))
        return Frame(cue, t.i, (t.i,), slots)
    if t.i + 1 == len(doc) or doc[t.i + 1].lower_ in AFTER_COMPOUND:
        # "the town of P, rebel-held since May": what stands before it
        first = doc[t.i - 2]
        target = next((x.head for x in (first, t) if x.head.i < first.i and x.head.pos_ in ("NOUN", "PROPN")), None)
        if target is None:
            return None
        slots.add("noun", target.i)
        return Frame(cue, t.i, (t.i,), slots)
    after = doc[t.i + 1]
    if after.pos_ == "PROPN" and after.dep_ in ("flat", "compound") and after.head.i == t.i:
        # "Houthi-run Sanaa", with the whole for one name
        node, target = t, after
    for _ in range(4 if target is None else 0):
        node = node.head
        if node.i > t.i and node.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
            target = node
            break
        if node.head.i == node.i:
            break
    if target is None or target.i - t.i > 6:
        for x in doc[t.i + 1 : t.i + 6]:
            if x.pos_ in ("NOUN", "PROPN") and (
                x.i + 1 >= len(doc)
                or doc[x.i + 1].pos_ not in ("NOUN", "PROPN")
                or (doc[x.i + 1].text[:1].isupper() and not x.text[:1].isupper())
            ):
                target = x
                break
    if target is None:
        return None
    slots.add("noun", target.i)
    return Frame(cue, t.i, (t.i,), slots)
