"""Which tokens stand in which slot of a clause or a noun, with the repairs for what the parser hung elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.annotate.clauses.chosen import singled_out
from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.listing import words
from whoholds.annotate.trees.nominals import is_doer, nested, nominal_modifiers, preposition
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.frames.predicates import but_for, what_it_was, whose_now

# Verbs whose subject does what the noun says: "began the withdrawal", "announced the capture".
CARRY_OUT = lexis()["carry_out"]
REPELS = lexis()["repels"]
PLACING = words("in at near around outside inside on towards toward for over into onto against from")
INTO_OBJECT = words("from to as in near at around with against towards outside inside")
"""Prepositions of the verb whose phrases the parser hangs into its object."""
GIVES = frozenset(["give", "grant", "hand"])
ABOUT = frozenset(["about", "around", "over"])
"""Before a share they say how much it is, and are no preposition."""
ADVERBS = frozenset(["in", "up", "down", "back", "out", "over", "off", "away"])
CIRCUMSTANCE = frozenset(["by", "after", "before", "while", "since", "when", "without", "despite", "upon", "through"])
BECOMES = frozenset(["go", "remain", "stay"])
STANDS = frozenset(["sit", "stand", "lie"])
SAME = {
    "within": "in",
    "to within": "to",
    "to_within": "to",
    "upon": "on",
    "onto": "on",
    "toward": "towards",
    "over to": "to",
    "over_to": "to",
    "throughout": "in",
    "across": "in",
    "round": "around",
    "gov_within": "gov_in",
}
"""Prepositions that are one slot."""


@dataclass(slots=True)
class Slots:
    """Head tokens by slot name; prepositions under their own name with "_" for a space."""

    heads: dict[str, list[int]] = field(default_factory=dict)

    def add(self, name: str, *tokens: int) -> None:
        name = SAME.get(name, name)
        for token in tokens:
            if token not in self.heads.setdefault(name, []):
                self.heads[name].append(token)

    def get(self, name: str) -> list[int]:
        return self.heads.get(name, [])

    def copy(self) -> Slots:
        """The same slots, to be changed apart."""
        return Slots({name: list(tokens) for name, tokens in self.heads.items()})


def roles_of(s: Sentence, clause: Clause) -> tuple[Slots, bool]:
    slots = Slots()
    passive = clause.voice == "passive"
    slots.add("subj", *(clause.agents if passive else clause.subjects))
    if not slots.get("subj") and not passive:
        slots.add("subj", *[c.i for c in s.doc[clause.verb].children if c.dep_ == "nsubj"])
    if not slots.get("subj") and not passive:
        # "The Taliban control most of it", where the parser took the name for part of a compound
        before = [c.i for c in s.doc[clause.verb].children if c.i < clause.verb and c.dep_ in ("compound", "nmod")]
        slots.add("subj", *[i for i in before if s.doc[i].pos_ in ("PROPN", "NOUN")])
    above = s.doc[clause.verb].head
    if not slots.get("subj") and s.doc[clause.verb].dep_ == "conj" and above.dep_ == "ROOT" and not passive:
        # "Two brigades of troops crossed the river and captured P", with the brigades for the root
        doer = above.pos_ in ("NOUN", "PROPN") and above.i < clause.verb and s.doc[clause.verb].tag_ == "VBD"
        slots.add("subj", *([above.i] if doer else []))
    slots.add("obj", *(clause.subjects if passive else clause.objects))
    if passive and not slots.get("obj"):
        slots.add("obj", *[c.i for c in s.doc[clause.verb].children if c.dep_ == "nsubj:pass"])
    if passive and not slots.get("obj"):
        slots.add("obj", *_behind(s.doc[clause.verb]))
    if passive:
        slots.add("subj", *[c.i for c in s.doc[clause.verb].children if c.dep_ == "obl:agent" and is_doer(c)])
        slots.add("obj", *clause.objects)
    if not passive and not slots.get("obj"):
        # "attacked and captured P": one object for both
        for c in s.doc[clause.verb].children:
            other = s.clause_of.get(c.i) if c.dep_ == "conj" and 0 < c.i - clause.verb <= 3 else None
            if other is not None and other.voice == "active":
                slots.add("obj", *other.objects)
    for one in (s.doc[x] for x in list(slots.get("subj")) if s.doc[x].lower_ in ("one", "ones")):
        # "They are the ones ruling P"
        is_ = any(c.dep_ == "cop" for c in one.children)
        if is_ and (who := [c.i for c in one.children if c.dep_ == "nsubj"]):
            slots.heads["subj"] = [*who, *(x for x in slots.get("subj") if x != one.i)]
    if clause.lemma in STANDS and not passive and not slots.get("subj"):
        # "In P sit the rebels"
        slots.heads["subj"], slots.heads["obj"] = slots.get("obj"), []
    if (
        not passive
        and not slots.get("obj")
        and s.doc[clause.verb].tag_ in ("VB", "VBG")
        and (i := _next_noun(s, clause.verb)) is not None
    ):
        slots.add("obj", i)
    for prep, head in clause.obliques:
        bare = not passive and head > clause.verb and not slots.get("obj")
        if bare and (prep in ABOUT or _up_of(s, prep, head)) and is_share(s, head):
            # "hold about a third of P", "upwards of 60 percent of P"
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
    if not passive and not slots.get("obj") and clause.verb + 1 < len(s.doc):
        t = s.doc[clause.verb + 1]
        if t.tag_ in ("NNP", "NNPS") and t.head.i == clause.verb and t.dep_ not in ("nsubj", "vocative"):
            # "took Paranthan", where the parser saw an adverb
            slots.add("obj", t.i)
    if not passive and any(s.doc[i].tag_ == "WP" and s.doc[i].lower_ == "what" for i in slots.get("obj")):
        # "what they still hold of P"
        slots.add("obj", *clause.after("of"))
    if clause.lemma == "be":
        # "they are still in P": the predicate is a place after a preposition
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
        _existential(s, clause, slots)
    slots.add("poss", *whose_now(s, clause))
    what_it_was(s, clause.verb, slots)
    for i in but_for(s, slots):
        slots.add("but", i, *conj(s.doc[i]))
    became = ("VBN", "VBD", "JJ") if clause.lemma in BECOMES else ("VBN", "VBD")  # "went wild", "stayed calm"
    slots.add("result", *[c.i for c in s.doc[clause.verb].children if c.dep_ == "xcomp" and c.tag_ in became])
    slots.add(
        "infinitive",
        *[
            c.i
            for c in s.doc[clause.verb].children
            if c.dep_ in ("xcomp", "advcl", "ccomp") and any(m.lower_ == "to" and m.dep_ == "mark" for m in c.children)
        ],
    )
    for c in s.doc[clause.verb].children:
        if c.lower_ == "where" and c.i < clause.verb and preposition(c) != "from":
            slots.add("in", c.i)
        behind = c.i > clause.verb or c.i - 1 in clause.subjects  # "The garrison there surrendered"
        if c.lower_ == "there" and c.dep_ == "advmod" and behind and not slots.get("obj"):
            slots.add("from" if preposition(c) == "from" else "in", c.i)
    for i in slots.get("subj"):
        for c in s.doc[i].subtree:
            if (
                c.i > i
                and c.dep_ == "nmod"
                and c.i < clause.verb
                and preposition(c) in ("in", "at", "inside")
                and c.head.i >= i
            ):
                slots.add("subj_in", c.i)
    return slots, passive


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


def under_noun(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "its plan to retake P", "with the intention of taking P": who plans is who is to take it."""
    verb = s.doc[clause.verb]
    noun = verb.head
    if verb.dep_ not in ("acl", "nmod", "advcl") or noun.pos_ not in ("NOUN", "PROPN") or clause.voice == "passive":
        return
    lex, lemma = lexis(), s.lemma(noun)
    undertaken = lex.has("undertakings", lemma) or lex.has("operations", lemma)
    if noun.i in clause.subjects and noun.dep_ == "obj" and "to" in clause.marks and not undertaken:
        # "expect the army to attack P": the army does
        return
    if any(c.dep_ == "cop" for c in noun.children) or singled_out(verb):
        # "were in control of P after driving out X": the subject is that of "were"
        return
    if any(c.dep_ == "nsubj" for c in verb.children) or not any(
        c.dep_ in ("mark", "case") for c in verb.children if c.i < verb.i
    ):
        return
    if lexis().has("force", s.lemma(noun)) or lexis().has("nonstate_force", s.lemma(noun)):
        return
    # "overthrew the president by taking P" says nothing of whose the president is.
    circumstance = verb.tag_ == "VBG" and any(c.lower_ in CIRCUMSTANCE for c in verb.children if c.i < verb.i)
    owner = [
        c.i
        for c in (() if circumstance else noun.children)
        if c.dep_ == "nmod:poss"
        or (c.dep_ in ("compound", "amod") and c.i < noun.i and _of_a_side(s, c))
        or (c.dep_ == "nmod" and preposition(c) in ("by", "of"))
        # "a deadline for the rebels to leave P"
        or (c.dep_ == "nmod" and preposition(c) == "for" and "to" in clause.marks and c.i < verb.i)
    ]
    # "resisted an attempt by the rebels to take P": nobody else's
    named = any(c.dep_ == "nmod" and preposition(c) == "by" for c in noun.children) and not circumstance
    node = noun
    for _ in range(4):
        if node.head.i == node.i:
            break
        child, node = node, node.head
        other = s.clause_of.get(node.i)
        if other is not None and other.lemma in REPELS:
            slots.add("foe", *(other.agents if other.voice == "passive" else other.subjects))
        if (
            other is not None
            and (other.lemma in REPELS or lexis().has("say", other.lemma))
            and other.lemma != "announce"
        ):
            # "repelled attempts to retake P": somebody else's; so perhaps are those that are only spoken of
            break
        if other is not None and not named:
            who = other.agents if other.voice == "passive" else other.subjects
            if other.lemma in GIVES:
                # "gave the rebels two days to leave P", "was given the order to retake P": whoever is given it
                who = other.subjects if other.voice == "passive" else other.after("to") or who
            owner += [i for i in who if i != child.i]
            break
    slots.heads["subj"] = owner


def _of_a_side(s: Sentence, t: Token) -> bool:
    """Whether a word before a noun may say whose it is: "a Kurdish attempt", not "a second attempt"."""
    return t.dep_ == "compound" or t.text[0].isupper() or lexis().has("nonstate_modifier", t.lower_, s.lemma(t))


def under_saying(s: Sentence, clause: Clause, slots: Slots) -> None:
    """ "said that A entered P and took Q": "took" belongs to A, even where the parser hung it on "said"."""
    verb = s.doc[clause.verb]
    while _goes_on(verb) and not lexis().has("say", s.lemma(verb.head)):
        # "said that A entered P, burned it and fled before sunrise"
        verb = verb.head
    head = verb.head
    if (
        verb.dep_ != "conj"
        or not lexis().has("say", s.lemma(head))
        or any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)
    ):
        return
    said = [c for c in head.children if c.dep_ == "ccomp"]
    # "said in a statement that"
    said += [
        c
        for x in head.children
        if x.dep_ in ("obl", "obj")
        for c in x.children
        if c.dep_ in ("acl", "acl:relcl", "ccomp") and any(m.lower_ == "that" for m in c.children)
    ]
    inner = [c for c in said if head.i < c.i < verb.i]
    if inner and (other := s.clause_of.get(inner[-1].i)):
        if clause.voice == "passive":
            # "said that A tried to storm P and were driven off"
            slots.heads["obj"] = list(other.subjects) or slots.get("obj")
        else:
            slots.heads["subj"] = list(other.agents if other.voice == "passive" else other.subjects) or slots.get(
                "subj"
            )


def _goes_on(verb: Token) -> bool:
    """The verb has the subject of the one before it."""
    shares = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return shares and verb.head.i < verb.i and not any(c.dep_ in ("nsubj", "nsubj:pass") for c in verb.children)


def object_preps(t: Token, slots: Slots) -> None:
    """Prepositional phrases that the parser hung into the object: "captured Dabiq from the jihadists"."""
    for child in t.children:
        if child.dep_ in ("nmod", "obl") and child.i > t.i:
            case = preposition(child)
            if case in INTO_OBJECT:
                slots.add(case, child.i)
            elif case == "out of":
                slots.add("out_of", child.i)


def lifted(s: Sentence, side: int, slots: Slots, *, deep: bool = True) -> None:
    """Phrases of place that the parser hung on a side: "clashed with rebels near P", "the push by the army on P"."""
    for prep, head in nominal_modifiers(s.doc, side):
        if prep in PLACING:
            slots.add(prep, head)
    for prep, head in nested(s.doc, side) if deep else ():
        slots.add(prep.replace(" ", "_"), head)


def is_side(s: Sentence, t: Token) -> bool:
    """Whether a word may stand for a side of a war: "an attack on *soldiers* in P", "on *Renamo* in P"."""
    return t.pos_ == "PROPN" or lexis().has("force", s.lemma(t)) or lexis().has("nonstate_force", s.lemma(t))


def conj(t: Token) -> list[int]:
    return [c.i for c in t.children if c.dep_ == "conj"]
