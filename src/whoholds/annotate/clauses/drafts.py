"""Clauses in the making: what the parse itself says of each verb, before faults are mended (`mends`) and subjects and
objects are shared between clauses (`sharing`). `repair` puts the three together."""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.annotate.listing import words
from whoholds.annotate.mending.tagging import ONLY_PAST
from whoholds.annotate.trees.negation import not_only, set_apart
from whoholds.annotate.trees.nominals import (
    OBL,
    at_which,
    expand,
    is_doer,
    is_nominal,
    is_time,
    led_to,
    nominal_modifiers,
    preposition,
    with_preposition,
)
from whoholds.annotate.trees.tree import Doc, Token, text_of
from whoholds.annotate.words import lexis

SUBJECT = frozenset(("nsubj", "nsubj:outer", "nsubj:pass"))
RELATIVE = frozenset(("which", "that", "who", "whom"))
NEGATIONS = frozenset(("not", "n't", "n’t", "never", "nor", "neither", "hardly", "barely", "cannot"))
INTRANSITIVE = lexis()["intransitive"]
TRANSITIVE = words(
    """capture recapture seize take retake hold liberate besiege encircle surround oust expel evict dislodge occupy
    reoccupy reclaim regain repel repulse foil thwart free secure clear conquer overrun annex recover defeat drive
    rout storm raid shell bomb target destroy kill wound arrest evacuate cede abandon lose blockade isolate control
    reopen raise declare announce repair cut chase flush evict eject"""
)
"""Verbs that say something of their subject only with an object: without one, a bare participle is a passive."""
PHRASAL = words(
    """hand-over take-over turn-over sign-over give-up give-back cut-off seal-off fend-off fight-off beat-off beat-back
    take-back win-back seize-back push-back push-out drive-back drive-out drive-off force-out force-back throw-out
    throw-back wipe-out flush-out clear-out kick-out chase-out hold-off shut-off mop-up set-up blow-up"""
)
"""Verb and particle that take an object: what stands after the particle is no place but the object."""


@dataclass(slots=True)
class Draft:
    """A clause in the making; the lists hold token indices. `copula` is the form of "be" of a nominal predicate."""

    token: Token
    copula: Token | None = None
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    agents: list[int] = field(default_factory=list)
    obliques: list[tuple[str, int]] = field(default_factory=list)
    particles: list[str] = field(default_factory=list)
    xcomp: list[int] = field(default_factory=list)
    auxiliaries: list[str] = field(default_factory=list)
    passive: bool = False
    negated: bool = False
    settled: bool = False
    """Subjects have been looked for in other clauses."""

    @property
    def doc(self) -> Doc:
        return self.token.doc

    def set_agents(self, phrases: list[int]) -> None:
        """Make agents of those of the "by" phrases that can be; repair: "by Sunday", "by force" are none."""
        self.agents = [j for j in phrases if j > self.token.i and is_doer(self.doc[j])]
        self.obliques = [p for p in self.obliques if p[1] not in self.agents]

    def by_phrases(self) -> list[int]:
        return [j for p, j in self.obliques if p == "by"]


def marks(token: Token) -> tuple[str, ...]:
    """The words that open a clause ("to", "after", "that"), lower case."""
    return tuple(c.lower_ for c in token.children if c.dep_ in ("mark", "case") and c.i < token.i)


def same_form(a: Token, b: Token) -> bool:
    """True where one auxiliary can serve both: the tagger mixes up past tenses and past participles."""
    past = ("VBD", "VBN")
    return a.tag_ == b.tag_ or (a.tag_ in past and b.tag_ in past and a.lower_ not in ONLY_PAST)


def draft_all(doc: Doc) -> dict[int, Draft]:
    """A draft for every verb and every nominal predicate with a copula, by the index of its word."""
    drafts: dict[int, Draft] = {}
    copulas = {t.head.i: t for t in reversed(doc) if t.dep_ == "cop" and t.head is not t}
    for token in doc:
        copula = copulas.get(token.i)
        if token.pos_ == "VERB" and token.dep_ not in ("case", "mark"):
            drafts[token.i] = Draft(token)
        elif copula is not None:
            drafts[token.i] = Draft(token, copula)
        elif token.pos_ == "AUX" and token.dep_ not in ("aux", "aux:pass", "cop"):
            drafts[token.i] = Draft(token)  # "there are no troops", "the army is in the town"
    for d in drafts.values():
        _own_arguments(d)
    return drafts


def nouns(doc: Doc, i: int) -> list[int]:
    """The noun, those coordinated with it, and for a relative pronoun what it stands for."""
    token = doc[i]
    if token.pos_ == "ADJ":
        # Repair: "Troops loyal to X have taken" with "loyal" for the subject and the troops for its own.
        inner = next((c for c in token.lefts if c.dep_ in SUBJECT and is_nominal(c)), None)
        i = inner.i if inner is not None else i
    return [k for j in expand(doc, i) for k in _antecedents(doc, j)]


def _antecedents(doc: Doc, j: int) -> list[int]:
    token = doc[j]
    if token.lower_ in RELATIVE and token.tag_ in ("WDT", "WP", "IN", "DT"):
        verb: Token | None = token.head
        while verb is not None and verb.dep_ not in ("acl:relcl", "acl"):
            verb = verb.head if verb.head != verb and verb.i > j else None
        if verb is not None and verb.head.i < j and is_time(verb.head) and token.dep_ == "obj":
            return []  # "the second time that they failed to take it"
        if verb is not None and verb.head.i < j:
            first = _whole_list(token, verb.head).i
            return _set_apart(doc, [k for k in expand(doc, first) if first <= k < j])
    return [j]


def _set_apart(doc: Doc, antecedents: list[int]) -> list[int]:
    """ "holds P but not Q, where": what follows is said of Q alone."""
    return antecedents[-1:] if antecedents and set_apart(doc[antecedents[-1]]) else antecedents


def _whole_list(pronoun: Token, name: Token) -> Token:
    """ "left A and B, which they had held": the first of the list; what "which was" says is of the last."""
    one = any(c.lower_ in ("is", "was", "has") and c.dep_ != "cop" for c in pronoun.head.children)
    if (
        one
        and pronoun.dep_ in SUBJECT
        and pronoun.lower_ == "which"
        and pronoun.doc[pronoun.i - 1].text == ","
        and pronoun.head.head == name
    ):
        # "A, a town near B, and C, which is held by …"
        last = next((j for j in reversed(expand(name.doc, name.i)) if j < pronoun.i), name.i)
        return name.doc[last]
    listed = name.dep_ == "conj" and name.pos_ == name.head.pos_ == "PROPN" and name.head.i < name.i
    return name.head if listed and pronoun.dep_ == "obj" and pronoun.doc[pronoun.i - 1].text == "," else name


def _own_arguments(d: Draft) -> None:
    token, doc = d.token, d.doc
    by: list[int] = []
    given = _given_to(token)
    for c in token.children:
        dep = c.dep_
        if dep in SUBJECT and is_time(c) and preposition(c) in ("by", "on", "since"):
            d.obliques.append((preposition(c), c.i))  # "and by Friday had taken P"
        elif dep in (*SUBJECT, "csubj") and c.tag_ == "VBG" and (led := [g for g in c.lefts if g.dep_ in SUBJECT]):
            d.subjects += nouns(doc, led[0].i)  # "Rebels riding motorcycles overran P"
        elif dep in SUBJECT and is_nominal(c):
            d.subjects += nouns(doc, c.i)
            d.passive |= dep == "nsubj:pass"
            d.negated |= any(g.lower_ == "no" for g in c.children)
        elif dep == "iobj" or c is given:
            d.obliques += [("to", j) for j in nouns(doc, c.i)]
        elif dep == "obj" or (dep == "advmod" and c.pos_ == "PROPN" and c.i > token.i):
            d.objects += nouns(doc, c.i)  # "holds only Bor", with the name for an adverb
        elif dep in OBL:
            phrases = [(p, k) for p, j in with_preposition(doc, c.i) for k in _antecedents(doc, j)]
            if _phrasal(d, c):
                d.particles.append(phrases[0][0])
                d.objects += [j for _, j in phrases]
                continue
            d.obliques += phrases
            by += [j for p, j in phrases if p == "by" or (dep == "obl:agent" and not p)]
        elif dep == "xcomp":
            d.xcomp += [c.i, *(g.i for g in c.children if g.dep_ == "conj" and g.pos_ == c.pos_)]
        elif dep in ("aux", "aux:pass"):
            d.auxiliaries.append(c.lemma_.lower())
            d.passive |= dep == "aux:pass"
        elif dep == "compound:prt" or (dep == "advmod" and c.lower_ in _DIRECTIONS and 0 < c.i - token.i < 6):
            d.particles.append(c.lower_)
        if dep == "advmod" and c.lower_ in _HOW_FAR:
            # "has no men anywhere in P", "pushed deep into P": the phrase hangs on the adverb
            d.obliques += [p for p in nominal_modifiers(doc, c.i) if p[0]]
        if c.lower_ in NEGATIONS and dep in ("advmod", "aux", "cc", "cc:preconj", "punct") and not not_only(c):
            d.negated = True
        elif c.lower_ == "longer" and dep == "advmod":
            d.negated |= c.i > 0 and doc[c.i - 1].lower_ == "no"
        elif c.lower_ == "no" and dep == "advmod":
            d.negated |= text_of(doc[c.i + 1 : c.i + 2]).lower() == "longer"  # with "longer" hung elsewhere
        elif c.lower_ == "where" and token.dep_ == "acl:relcl":
            before = [k for k in expand(doc, _where(c, token.head).i) if k < token.i]
            d.obliques += [("in", k) for k in _set_apart(doc, before)]
    if d.copula is not None:
        _copular(d)
    else:
        _voice(d, by)


def _given_to(verb: Token) -> Token | None:
    """ "cost the army the town", read as two objects: the first is whom it cost."""
    objects = [c for c in verb.children if c.dep_ == "obj" and c.i > verb.i]
    return objects[0] if len(objects) == 2 and verb.lemma_.lower() in _GIVE else None


def _where(word: Token, head: Token) -> Token:
    """What "where" stands for; repair: the name right before it, where the clause was hung on something else."""
    k = word.i - 1
    while k > 0 and word.doc[k].is_punct:
        k -= 1
    before = word.doc[k]
    while before.dep_ in ("flat", "compound") and before.head.i < word.i and before.head != before:
        before = before.head
    return at_which(led_to(before) if before.pos_ == "PROPN" and head.pos_ != "PROPN" and not is_time(before) else head)


_GIVE = words("give hand cost grant award cede deny yield sell leave send")
"""Verbs of two objects."""
_HOW_FAR = words(
    """anywhere everywhere somewhere elsewhere nowhere deep deeper far farther further right straight mainly mostly
    chiefly only even especially particularly notably away"""
)
"""Adverbs that stand before a phrase of place and belong to it."""
_DIRECTIONS = words("back out away off up down in over through forward forwards ahead on around apart aside together")


def _phrasal(d: Draft, noun: Token) -> bool:
    """Repair: "handed over the base" with "over" for a preposition."""
    word = preposition(noun)
    after = d.doc[d.token.i + 1].lower_ if d.token.i + 1 < len(d.doc) else ""
    bare = not any(c.dep_ == "obj" for c in d.token.children)
    return bare and after == word and f"{d.token.lemma_.lower()}-{word}" in PHRASAL


def _copular(d: Draft) -> None:
    """ "is under siege" → an oblique of "be"; "is free of rebels" → an object, with the adjective's phrases."""
    doc, i = d.doc, d.token.i
    if preposition(d.token):
        d.obliques = [*with_preposition(doc, i), *d.obliques]
    else:
        d.objects = [*(expand(doc, i) if is_nominal(d.token) else (i,)), *d.objects]
    if d.token.pos_ in ("NOUN", "PROPN", "PRON"):
        d.obliques += [p for p in nominal_modifiers(doc, i) if p not in d.obliques and p[0] != "of"]
    d.passive = False


def _voice(d: Draft, by: list[int]) -> None:
    """Passive or active, by form and place in the tree; agents of passives."""
    token, perfect = d.token, "have" in d.auxiliaries
    if token.tag_ == "VBN" and not perfect:
        if token.dep_ in ("acl", "amod") and not d.subjects:
            d.passive = True
        elif token.dep_ in ("xcomp", "advcl") and not d.objects:
            d.passive = token.lemma_ not in INTRANSITIVE
    if not d.passive:
        return
    if perfect and not {"be", "get"} & set(d.auxiliaries):
        d.passive = False  # "have still not taken P", "had by then withdrawn", with a passive's subject
    elif d.objects and token.dep_ == "acl" and "be" not in d.auxiliaries and token.lemma_ not in ("give", "hand"):
        d.passive = False  # a participle with an object is a finite past tense: see `mends.reduced`
    else:
        d.set_agents(by)
