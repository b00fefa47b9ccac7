"""From cues to frames: each place in a sentence where the words of a sense stand, with the tokens of its slots.

Nothing is resolved here. A frame says: this verb (or noun, or phrase) is a cue of that sense, these tokens head its
actor, its place, its other side. `claims.build` turns frames into claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from whoholds.annotate.document import Sentence
from whoholds.annotate.nominals import is_time, nested, nominal_modifiers, preposition
from whoholds.annotate.repair import Clause
from whoholds.annotate.words import lexis
from whoholds.claims.cues import Cue, Cues
from whoholds.claims.roles import (
    Slots,
    conj,
    governor_slots,
    lifted,
    noun_slots,
    object_preps,
    roles_of,
    under_noun,
    under_saying,
)
from whoholds.model import Kind, Role

# Words before an attack that make it one from far away, or none on the ground.
REMOTE = lexis()["remote"]
REMOTE_SUBJECTS = lexis()["remote_subjects"]
LOCATIVE = lexis()["frames_locative"]


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


def find_frames(s: Sentence, cues: Cues) -> Iterator[Frame]:
    """All frames of one sentence, in the order of their words; of one verb what asks for more words first."""
    for t in s.doc:
        clause = s.clause_of.get(t.i)
        if clause is not None and not _hyphened(s, t):
            yield from _verb_frames(s, clause, cues)
        if t.pos_ in ("NOUN", "PROPN", "VERB", "ADJ") and (clause is None or t.pos_ == "NOUN" or t.tag_ == "VBG"):
            yield from _noun_frames(s, t, cues)
        for word in dict.fromkeys((t.lower_, s.lemma(t))):
            yield from _claims(s, (_phrase_frame(s, t, cue) for cue in cues.of("phrase", word)))
        yield from _claims(s, (_adjective_frame(s, t, cue) for cue in cues.of("adjective", t.lower_)))
        if _hyphened(s, t):
            clause = None
        yield from _claims(s, (_compound_frame(s, t, cue) for cue in cues.of("compound", t.lower_)))
        if t.dep_ in ("amod", "compound") and t.head.i > t.i:
            yield from _claims(s, (_attributive_frame(t, cue) for cue in cues.of("attributive", t.lower_)))


def _claims(s: Sentence, frames: Iterable[Frame | None]) -> Iterator[Frame]:
    """The frames of one word's senses, up to a sense that says: these words are no claim."""
    for frame in frames:
        if frame is None or not in_company(s, frame.cue, frame.slots):
            continue
        if frame.cue.kind is None:
            return
        yield frame


def in_company(s: Sentence, cue: Cue, slots: Slots) -> bool:
    """The nouns that a sense asks for stand in their slots ("cleared of *fraud*")."""
    return all(any(s.lemma(i) in nouns for i in slots.get(slot)) for slot, nouns in cue.company.items())


def _attributive_frame(t: Token, cue: Cue) -> Frame:
    slots = Slots()
    slots.add("noun", t.head.i)
    return Frame(cue, t.i, (t.i,), slots)


def _hyphened(s: Sentence, t: Token) -> bool:
    """ "ISIS-held": a participle after a hyphen is part of a compound."""
    return t.i >= 2 and s.doc[t.i - 1].text in ("-", "–", "‑") and not s.doc[t.i - 1].whitespace_


def _verb_frames(s: Sentence, clause: Clause, cues: Cues) -> Iterator[Frame]:
    remote = beaten_back = False
    for cue in cues.of("verb", clause.lemma):
        if (remote and not cue.object) or (beaten_back and not cue.particles[clause.lemma]):
            break
        slots, passive = roles_of(s, clause)
        under_saying(s, clause, slots)
        under_noun(s, clause, slots)
        words = [clause.verb]
        if any(s.lemma(i) in REMOTE_SUBJECTS for i in slots.get("subj")):
            continue
        if particles := cue.particles[clause.lemma]:
            found = [
                c
                for c in s.doc[clause.verb].children
                if c.lower_ in particles and c.dep_ in ("compound:prt", "advmod", "case", "obl", "mark")
            ]
            after = s.doc[clause.verb + 1 : clause.verb + 2]
            if not found and not any(p in particles for p in clause.particles):
                found = [x for x in after if x.lower_ in particles]
            if not found and not any(p in particles for p in clause.particles):
                continue
            words += [c.i for c in found]
            for x in (x for c in found for x in c.children if x.dep_ in ("obl", "nmod")):
                # "came close to P": the place hangs on the adverb
                slots.add(preposition(x).replace(" ", "_"), x.i)
        for slot, wanted in cue.company.items():
            # "the rebel flag flies over P", "came within a mile of P": what stands by such a noun is the cue's
            theirs = [i for i in slots.get(slot) if s.lemma(i) in wanted]
            words += theirs if slot == "subj" else []
            for i in theirs:
                noun_slots(s, s.doc[i], slots)
        if cue.object and not cue.object_is_place:
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
                            and s.lemma(i) in ("some", "all", "half", "number", "hundred", "dozen", "part")
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
            if any(c.lower_ in REMOTE for c in s.doc[noun].children if c.i < noun):
                remote = True
                continue
            if passive:
                for i in slots.get("subj"):
                    for prep, inner in nested(s.doc, i):
                        slots.add(prep.replace(" ", "_"), inner)
            words.append(noun)
            noun_slots(s, s.doc[noun], slots)
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
                    own = nominal_modifiers(s.doc, head) if cue.kind is Kind.ADVANCES else ()
                    for inner_prep, inner in (*own, *nested(s.doc, head)):
                        if inner_prep in ("on", "towards", "toward", "to", "into", "against", "from"):
                            slots.add(inner_prep, inner)
        if cue.tense == "ing":
            if s.doc[clause.verb].tag_ != "VBG" or "be" not in clause.auxiliaries:
                continue
        elif cue.tense and (cue.tense == "past") != (
            s.doc[clause.verb].tag_ == "VBD"
            and "have" not in clause.auxiliaries
            and not slots.get("for")
            and not slots.get("since")
        ):
            continue
        if cue.kind is Kind.CONTESTS:
            for name in ("with", "against"):
                for i in slots.get(name):
                    lifted(s, i, slots)
            if passive and not slots.get("subj") and "obj" not in (*cue.place, *cue.against):
                # "protesters clashed with …", read as a participle: the doer stands before it
                slots.heads["subj"] = slots.get("obj")
        if cue.not_object and any(
            s.lemma(i) in cue.not_object
            for i in [*slots.get("obj"), *(slots.get("in") if clause.lemma == "be" else [])]
        ):
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
        if any(not is_time(s.doc[i]) for name in cue.unless for i in slots.get(name)) or not in_company(s, cue, slots):
            continue
        if cue.kind is None:
            return
        # "threw them back" drives nobody out
        beaten_back = bool(cue.particles[clause.lemma]) and cue.kind is Kind.REPELS
        yield Frame(cue, clause.verb, tuple(words), slots, clause, passive)


def _tried(s: Sentence, noun: Token, slots: Slots) -> None:
    """ "repelled an attempt to enter P": where it was tried."""
    for c in noun.children:
        tried = s.clause_of.get(c.i) if c.dep_ == "acl" else None
        if tried is not None:
            slots.add("on", *tried.objects)
            for prep, head in tried.obliques:
                slots.add(prep.replace(" ", "_"), head)


def _noun_frames(s: Sentence, t: Token, cues: Cues) -> Iterator[Frame]:
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
            slots = Slots()
            noun_slots(s, t, slots)
            governor_slots(s, t, slots)
            if t.dep_ == "acl:relcl" and t.head.i < t.i:
                # "P, which X controls", where the parser took the verb for a noun
                slots.add("of", t.head.i)
            if not in_company(s, cue, slots):
                continue
            if cue.kind is None:
                return
            yield Frame(cue, t.i, (t.i,), slots)


def _phrase_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
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
    governor_lemma = s.lemma(governor) if governor.i != t.i else ""
    copula = any(c.dep_ == "cop" for c in t.children)
    if cue.after and ("be" if copula else governor_lemma) not in cue.after:
        return None
    if not cue.after and governor_lemma in ("fall", "come", "bring", "pass", "place") and cue.kind is Kind.HOLDS:
        return None
    own = [c.i for c in t.children if c.dep_ in ("nsubj", "nsubj:outer", "nsubj:pass")]
    slots.add("subj", *own, *[j for i in own for j in conj(s.doc[i])])
    if t.dep_ in ("acl", "acl:relcl", "nmod", "appos") and governor.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        slots.add("noun", governor.i)
        if t.dep_ == "nmod" and not own:
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
    if (not slots.get("subj") and governor.i != t.i) or not slots.get("subj"):
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
        if clause is not None and not own and governor.i != t.i and not lexis().has("say", governor_lemma)
        else t.i
    )
    return Frame(cue, token, (case.i, t.i), slots, clause)


def _adjective_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    slots = Slots()
    for c in t.children:
        if c.dep_ in ("obl", "nmod"):
            slots.add(preposition(c).replace(" ", "_"), c.i)
        elif c.dep_ in ("nsubj", "nsubj:outer"):
            slots.add("subj", c.i, *conj(c))
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
    return Frame(cue, t.i, (t.i,), slots) if any(slots.get(slot) for slot in cue.actor) else None


def _compound_frame(s: Sentence, t: Token, cue: Cue) -> Frame | None:
    """ "ISIS-held", "rebel-controlled": the word before the hyphen is the actor, the noun after it the place."""
    doc = s.doc
    if t.i < 2 or doc[t.i - 1].text not in "-–‑" or not doc[t.i - 1].text:
        return None
    slots = Slots()
    slots.add("comp", t.i - 2)
    target: Token | None = None
    node = t
    for _ in range(4):
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
