"""Which tokens stand in which slot of a clause, with the repairs for what the parser hung elsewhere.

`roles_of` asks in the order of a clause: who did it, to what, in which places and by which other phrases. What each
question mends is in a function of its own.
"""

from __future__ import annotations

from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.nominals import is_doer, nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.frames.predicates import but_for, what_it_was, whose_now
from whoholds.claims.frames.slots import PLACING, Slots, conj

ABOUT = frozenset(["about", "around", "over", "under", "above", "below"])
"""Before a share they say how much it is, and are no preposition."""
ADVERBS = frozenset(["in", "up", "down", "back", "out", "over", "off", "away"])
BECOMES = frozenset(["go", "remain", "stay", "keep", "have"])
STANDS = frozenset(["sit", "stand", "lie"])


def roles_of(s: Sentence, clause: Clause) -> tuple[Slots, bool]:
    """The slots of a clause, and whether it is in the passive."""
    slots, passive = Slots(), clause.voice == "passive"
    _doers(s, clause, slots)
    (_undergone if passive else _objects)(s, clause, slots)
    _obliques(s, clause, slots)
    _name_for_adverb(s, clause, slots)
    if not passive and any(s.doc[i].tag_ == "WP" and s.doc[i].lower_ == "what" for i in slots.get("obj")):
        # "what they still hold of P"
        slots.add("obj", *clause.after("of"))
    if clause.lemma == "be":
        _predicate(s, slots)
        _existential(s, clause, slots)
    slots.add("poss", *whose_now(s, clause))
    what_it_was(s, clause.verb, slots)
    for i in but_for(s, slots):
        slots.add("but", i, *conj(s.doc[i]))
    _outcomes(s, clause, slots)
    _adverbs(s, clause, slots)
    return slots, passive


def _doers(s: Sentence, clause: Clause, slots: Slots) -> None:
    """Who does it."""
    verb = s.doc[clause.verb]
    if clause.voice == "passive":
        slots.add("subj", *clause.agents)
        slots.add("subj", *[c.i for c in verb.children if c.dep_ == "obl:agent" and is_doer(c)])
        return
    slots.add("subj", *clause.subjects)
    if not slots.get("subj"):
        slots.add("subj", *[c.i for c in verb.children if c.dep_ == "nsubj"])
    if not slots.get("subj"):
        # "The Taliban control most of it", where the parser took the name for part of a compound
        before = [c.i for c in verb.children if c.i < clause.verb and c.dep_ in ("compound", "nmod")]
        slots.add("subj", *[i for i in before if s.doc[i].pos_ in ("PROPN", "NOUN")])
    above = verb.head
    if not slots.get("subj") and verb.dep_ == "conj" and above.dep_ == "ROOT":
        # "Two brigades of troops crossed the river and captured P", with the brigades for the root
        doer = above.pos_ in ("NOUN", "PROPN") and above.i < clause.verb and verb.tag_ == "VBD"
        slots.add("subj", *([above.i] if doer else []))


def _undergone(s: Sentence, clause: Clause, slots: Slots) -> None:
    """To what it is done, in the passive."""
    verb = s.doc[clause.verb]
    slots.add("obj", *clause.subjects)
    if not slots.get("obj"):
        slots.add("obj", *[c.i for c in verb.children if c.dep_ == "nsubj:pass"])
    if not slots.get("obj"):
        slots.add("obj", *_behind(verb))
    slots.add("obj", *clause.objects)
    _the_ones(s, slots)


def _objects(s: Sentence, clause: Clause, slots: Slots) -> None:
    """To what it is done, in the active voice."""
    verb = s.doc[clause.verb]
    slots.add("obj", *clause.objects)
    if not slots.get("obj"):
        # "attacked and captured P": one object for both
        for c in verb.children:
            other = s.clause_of.get(c.i) if c.dep_ == "conj" and 0 < c.i - clause.verb <= 3 else None
            if other is not None and other.voice == "active":
                slots.add("obj", *other.objects)
    _the_ones(s, slots)
    if clause.lemma in STANDS and not slots.get("subj"):
        # "In P sit the rebels"
        slots.heads["subj"], slots.heads["obj"] = slots.get("obj"), []
    untaken = not slots.get("obj") and verb.tag_ in ("VB", "VBG")
    if untaken and (i := _next_noun(s, clause.verb)) is not None:
        slots.add("obj", i)


def _the_ones(s: Sentence, slots: Slots) -> None:
    """ "They are the ones ruling P": they rule it."""
    for one in (s.doc[x] for x in list(slots.get("subj")) if s.doc[x].lower_ in ("one", "ones")):
        is_ = any(c.dep_ == "cop" for c in one.children)
        if is_ and (who := [c.i for c in one.children if c.dep_ == "nsubj"]):
            slots.heads["subj"] = [*who, *(x for x in slots.get("subj") if x != one.i)]


def _obliques(s: Sentence, clause: Clause, slots: Slots) -> None:
    """The phrases after prepositions, each in the slot of its own; shares of a place are what is held."""
    passive = clause.voice == "passive"
    for prep, head in clause.obliques:
        bare = not passive and head > clause.verb and not slots.get("obj")
        if bare and (prep in ABOUT or _up_of(s, prep, head)) and is_share(s, head):
            # "hold about a third of P", "just under a third of P", "upwards of 60 percent of P"
            slots.add("obj", head)
            continue
        slots.add(prep.replace(" ", "_"), head)
        if prep == "without":
            # "fell without a fight to the rebels"
            slots.add("to", *[i for inner, i in nominal_modifiers(s.doc, head) if inner == "to"])
        adverb, _, last = prep.partition(" ")
        if adverb in ADVERBS and last in PLACING:
            # "dug in around P", "fell back in P"
            slots.add(last, head)
    into = s.doc[clause.verb + 1 : clause.verb + 3]
    if len(into) == 2 and into[0].lower_ == "into" and into[1].tag_ == "VBG":
        # "went into hiding", which the parser may take for a clause
        slots.add("into", into[1].i)


def _name_for_adverb(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "took Paranthan", where the parser saw an adverb."""
    if clause.voice == "passive" or slots.get("obj") or clause.verb + 1 >= len(s.doc):
        return
    t = s.doc[clause.verb + 1]
    if t.tag_ in ("NNP", "NNPS") and t.head.i == clause.verb and t.dep_ not in ("nsubj", "vocative"):
        slots.add("obj", t.i)


def _predicate(s: Sentence, slots: Slots) -> None:
    """ "they are still in P": the predicate is a place after a preposition."""
    for i in list(slots.get("obj")):
        if s.doc[i].lower_ in ("there", "here") and s.doc[i].tag_ != "EX":
            slots.add("in", i)
            slots.heads["obj"].remove(i)
        elif prep := preposition(s.doc[i]):
            slots.add(prep.replace(" ", "_"), i)
            slots.heads["obj"].remove(i)
        elif i + 1 < len(s.doc) and s.doc[i + 1].tag_ == "POS" and s.doc[i].pos_ == "PROPN":
            # "P is Croatia's again"
            slots.add("poss", i)


def _existential(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "There are no rebels left in P", "There were soldiers in every street of P": where hangs on the men."""
    if not any(c.dep_ == "expl" for c in s.doc[clause.verb].children):
        return
    for i in slots.get("subj"):
        for t in (
            s.doc[i],
            *(c for c in s.doc[i].children if c.dep_ == "acl" and s.lemma(c) in ("leave", "remain", "stay")),
        ):
            for c in t.children:
                if c.i > i and c.dep_ in ("nmod", "obl") and (prep := preposition(c)) in PLACING:
                    slots.add(prep, c.i, *conj(c))


def _outcomes(s: Sentence, clause: Clause, slots: Slots) -> None:
    """What became of it ("remains besieged"), and what it is to do ("is set to fall")."""
    became = ("VBN", "VBD", "JJ") if clause.lemma in BECOMES else ("VBN", "VBD")  # "went wild", "stayed calm"
    for c in s.doc[clause.verb].children:
        if c.dep_ == "xcomp" and (c.tag_ in became or c.lower_ == "shut") and c.lower_ != "left":
            slots.add("result", c.i)
        if c.dep_ in ("xcomp", "advcl", "ccomp") and any(m.lower_ == "to" and m.dep_ == "mark" for m in c.children):
            slots.add("infinitive", c.i)


def _adverbs(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "where", "there", and the place within the subject: "the men in P fled"."""
    for c in s.doc[clause.verb].children:
        if c.lower_ == "where" and c.i < clause.verb and preposition(c) != "from":
            slots.add("in", c.i)
        behind = c.i > clause.verb or c.i - 1 in clause.subjects  # "The garrison there surrendered"
        if c.lower_ == "there" and c.dep_ == "advmod" and behind and not slots.get("obj"):
            slots.add("from" if preposition(c) == "from" else "in", c.i)
    for i in slots.get("subj"):
        for c in s.doc[i].subtree:
            inside = i < c.i < clause.verb and c.dep_ == "nmod" and c.head.i >= i
            if inside and preposition(c) in ("in", "at", "inside"):
                slots.add("subj_in", c.i)


def _behind(verb: Token) -> list[int]:
    """ "Yet to be taken are P and Q", "Among those retaken is P", with P for what the rest hangs on."""
    head = verb.head
    turned = verb.dep_ == "advcl" and verb.i < head.i and head.pos_ in ("PROPN", "NOUN")
    is_ = any(c.dep_ == "cop" and verb.i < c.i < head.i for c in head.children)
    return [head.i, *conj(head)] if turned and is_ else []


def _up_of(s: Sentence, prep: str, head: int) -> bool:
    """ "upwards of" before a share."""
    case = next((c for c in s.doc[head].lefts if c.dep_ == "case"), None)
    return prep == "of" and case is not None and case.i > 0 and case.nbor(-1).lower_ in ("upwards", "upward")


def is_share(s: Sentence, i: int) -> bool:
    """ "a third", "60 percent", "large parts" of something; not "positions of the army"."""
    t, lex = s.doc[i], lexis()
    of = [c for c in t.children if c.i > i and preposition(c) == "of"] if lex.has("part_of", s.lemma(t)) else []
    return any(not (lex.has("force", s.lemma(c)) or lex.has("nonstate_force", s.lemma(c))) for c in of)


def _next_noun(s: Sentence, verb: int) -> int | None:
    """An object that the parser gave to the verb after it: "an attempt to enter P was repelled"."""
    j = verb + 1
    while j < len(s.doc) and s.doc[j].pos_ in ("DET", "ADJ") and j - verb < 4:
        j += 1
    if j >= len(s.doc) or s.doc[j].pos_ not in ("PROPN", "NOUN"):
        return None
    t = s.doc[j]
    while t.dep_ in ("compound", "flat", "amod") and t.head.i != t.i and abs(t.head.i - t.i) < 4:
        t = t.head
    return t.i if t.dep_ in ("nsubj", "nsubj:pass") and t.head.i > t.i else None
