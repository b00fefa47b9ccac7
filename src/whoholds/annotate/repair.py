"""Clauses with their arguments: what claims ask of a parsed sentence, with the parser's usual faults mended.

`clauses` lists every verb with its subjects, objects, agents and prepositional phrases. Coordinations are listed in
full, shared and controlled subjects are filled in, relative pronouns are replaced by what they stand for, and passives
are told from actives also where a headline leaves the auxiliary out. Nouns of action have `noun_args`.

The repairs came from looking at errors on treebank sentences with verbs of control; each is marked where it is made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from whoholds.annotate.nominals import (
    NMOD,
    OBL,
    NounArgs,
    expand,
    is_doer,
    is_nominal,
    is_time,
    may_lift,
    nested,
    nominal_modifiers,
    noun_args,
    noun_from,
    preposition,
    with_preposition,
)
from whoholds.annotate.tagging import ONLY_PAST

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["Clause", "NounArgs", "clauses", "expand", "noun_args", "preposition"]

Voice = Literal["active", "passive"]

SUBJECT = frozenset(("nsubj", "nsubj:outer", "nsubj:pass"))
RELATIVE = frozenset(("which", "that", "who", "whom"))
_NEGATIONS = frozenset(("not", "n't", "n’t", "never", "nor", "neither", "hardly", "barely", "cannot"))
_DIRECTIONS = frozenset(
    "back out away off up down in over through forward forwards ahead on around apart aside together".split()
)
_SUBJECT_CONTROL = frozenset(("promise", "threaten", "vow", "pledge"))
"""Verbs whose subject is also that of the verb they open although they have an object."""
_INTRANSITIVE = frozenset(
    """advance retreat withdraw return arrive come go move fight march flee fall surrender clash converge regroup
    escape redeploy deploy collapse gather retire settle die""".split()
)
_TRANSITIVE = frozenset(
    """capture recapture seize take retake hold liberate besiege encircle surround oust expel evict dislodge occupy
    reoccupy reclaim regain repel repulse foil thwart free secure clear conquer overrun annex recover defeat drive rout
    storm raid shell bomb target destroy kill wound arrest evacuate cede abandon lose blockade isolate control
    reopen raise declare announce repair cut""".split()
)
"""Verbs that say something of their subject only with an object: without one, a bare participle is a passive."""
_MOVES_SOURCE = frozenset(
    """take seize capture retake recapture wrest regain reclaim liberate free clear recover gain win secure drive push
    expel oust evict dislodge withdraw move pull remove evacuate force repel retrieve snatch rid eject chase flush
    pull transfer bring send relocate redeploy conquer""".split()
)
_MOVES_GOAL = frozenset(
    """lose hand cede surrender give transfer yield turn return relinquish concede abandon leave move push drive
    advance send bring extend deploy evacuate""".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One verb with its arguments. Numbers are token indices; coordinations are listed in full, in text order."""

    verb: int
    """The verb; of "is under siege", the form of "be"."""
    lemma: str
    voice: Voice
    subjects: tuple[int, ...] = ()
    """Surface subjects: of a passive, what it is done to."""
    objects: tuple[int, ...] = ()
    """Objects; of a copula the noun or adjective that it links."""
    agents: tuple[int, ...] = ()
    """Of a passive: who does it."""
    obliques: tuple[tuple[str, int], ...] = ()
    """(preposition, noun): "out of", "away from", "ahead of" joined; "" before a bare time noun; an indirect object
    stands here with "to"."""
    particles: tuple[str, ...] = ()
    """"back", "out", "off" and the like that belong to the verb, lower case."""
    xcomp: tuple[int, ...] = ()
    """Verbs or predicates that the verb opens: "tried to [take]"."""
    negated: bool = False
    """True after "not", "never", "no longer" and with a subject after "no"."""
    auxiliaries: tuple[str, ...] = ()
    """Lemmas, in order: "will", "have", "be", "could"."""
    relation: str = "root"
    """How it hangs on its governor: root, conj, ccomp, advcl, acl, relcl, xcomp, amod, parataxis, …"""
    governor: int | None = None
    """The verb, noun or predicate it hangs on."""
    marks: tuple[str, ...] = ()
    """Words that open it: "to", "after", "that", "if", lower case."""

    def after(self, *prepositions: str) -> tuple[int, ...]:
        """The nouns after any of these prepositions."""
        return tuple(i for p, i in self.obliques if p in prepositions)


@dataclass(slots=True)
class _Draft:
    """A clause in the making."""

    token: Token
    subjects: list[int] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)
    agents: list[int] = field(default_factory=list)
    obliques: list[tuple[str, int]] = field(default_factory=list)
    xcomp: list[int] = field(default_factory=list)
    auxiliaries: list[str] = field(default_factory=list)
    passive: bool = False
    negated: bool = False
    copula: Token | None = None
    done: bool = False
    """Subjects have been looked for."""


def clauses(doc: Doc) -> list[Clause]:
    """Every clause of a parsed sentence, in the order of their verbs."""
    return _Reader(doc).read()


class _Reader:
    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.drafts: dict[int, _Draft] = {}

    def read(self) -> list[Clause]:
        for token in self.doc:
            copula = next((c for c in token.children if c.dep_ == "cop"), None)
            if token.pos_ == "VERB" or copula is not None or (token.pos_ == "AUX" and _full_verb(token)):
                self.drafts[token.i] = _Draft(token, copula=copula if token.pos_ != "VERB" else None)
        for draft in self.drafts.values():
            self._own_arguments(draft)
        for draft in self.drafts.values():
            self._misread_noun(draft)
            self._reduced(draft)
        for draft in self.drafts.values():
            self._share_over_conjunction(draft)
        for draft in self.drafts.values():
            self._gap(draft)
        for draft in self.drafts.values():
            self._headline_passive(draft)
            self._mend_phrases(draft)
        for i in self.drafts:
            self._subjects_of(i, frozenset())
        return sorted((self._finish(d) for d in self.drafts.values()), key=lambda c: c.verb)

    # -- what the parse itself says -------------------------------------------------------------------------------

    def _own_arguments(self, d: _Draft) -> None:
        token, doc = d.token, self.doc
        by_phrases: list[int] = []
        for c in token.children:
            dep = c.dep_
            if dep in SUBJECT and is_nominal(c):
                d.subjects += self._nouns(c)
                d.passive |= dep == "nsubj:pass"
                d.negated |= any(g.lower_ == "no" for g in c.children)
            elif dep == "obj":
                d.objects += self._nouns(c)
            elif dep == "iobj":
                d.obliques += [("to", j) for j in self._nouns(c)]
            elif dep in OBL:
                phrases = [(p, k) for p, j in with_preposition(doc, c.i) for k in self._antecedents(j)]
                d.obliques += phrases
                by_phrases += [j for p, j in phrases if p == "by" or (dep == "obl:agent" and p in ("", "by"))]
            elif dep == "xcomp":
                d.xcomp += [c.i, *(g.i for g in c.children if g.dep_ == "conj" and g.pos_ == c.pos_)]
            elif dep in ("aux", "aux:pass"):
                d.auxiliaries.append(c.lemma_.lower())
                d.passive |= dep == "aux:pass"
            if c.lower_ in _NEGATIONS and dep in ("advmod", "aux", "cc", "cc:preconj", "punct", "neg"):
                d.negated = True
            elif c.lower_ == "longer" and dep == "advmod":
                d.negated |= any(g.lower_ == "no" for g in c.children) or doc[c.i - 1].lower_ == "no"
            elif c.lower_ == "where" and token.dep_ == "acl:relcl":
                d.obliques += [("in", token.head.i)]
        if d.copula is not None:
            self._copular(d)
        elif token.dep_ in ("acl", "amod") and token.tag_ == "VBN" and not d.subjects and "have" not in d.auxiliaries:
            d.passive = True
        elif token.dep_ in ("xcomp", "advcl") and token.tag_ == "VBN" and not d.objects and "have" not in d.auxiliaries:
            d.passive = token.lemma_ not in _INTRANSITIVE
        if d.passive and not d.objects:
            self._set_agents(d, by_phrases)
        elif d.passive and "be" not in d.auxiliaries and token.dep_ == "acl" and token.lemma_ not in ("give", "hand"):
            d.passive = False  # a participle with an object is a finite past tense (see `_reduced`)
        elif d.passive:
            self._set_agents(d, by_phrases)

    def _copular(self, d: _Draft) -> None:
        """"is under siege" → an oblique of "be"; "is free of rebels" → an object, with the adjective's phrases."""
        case = preposition(d.token)
        if case:
            d.obliques = [*with_preposition(self.doc, d.token.i), *d.obliques]
        else:
            d.objects = [*(expand(self.doc, d.token.i) if is_nominal(d.token) else (d.token.i,)), *d.objects]
        if d.token.pos_ in ("NOUN", "PROPN", "PRON"):
            d.obliques += [p for p in nominal_modifiers(self.doc, d.token.i) if p not in d.obliques and p[0] != "of"]
        d.passive = False

    def _set_agents(self, d: _Draft, phrases: list[int]) -> None:
        """Repair: "by Sunday", "by dawn", "by force" are no agents."""
        d.agents = [j for j in phrases if j > d.token.i and is_doer(self.doc[j])]
        d.obliques = [p for p in d.obliques if p[1] not in d.agents]

    def _nouns(self, token: Token) -> list[int]:
        """The noun, those coordinated with it, and for a relative pronoun what it stands for."""
        return [k for j in expand(self.doc, token.i) for k in self._antecedents(j)]

    def _antecedents(self, j: int) -> list[int]:
        token = self.doc[j]
        if token.lower_ in RELATIVE and token.tag_ in ("WDT", "WP", "IN", "DT"):
            verb: Token | None = token.head
            while verb is not None and verb.dep_ not in ("acl:relcl", "acl"):
                verb = verb.head if verb.head != verb and verb.i > j else None
            if verb is not None and verb.head.i < j:
                return [k for k in expand(self.doc, verb.head.i) if k < j]
        return [j]

    # -- repairs of single verbs -----------------------------------------------------------------------------------

    def _misread_noun(self, d: _Draft) -> None:
        """Repair: a finite verb taken for part of a compound ("Rebels seize town", "Hundreds mounted attacks"): the
        noun before it is the subject, the noun it hangs on or that follows is the object. Without a noun before it
        ("called witnesses, and seized documents") it shares the subject of the verb above."""
        token = d.token
        if d.subjects or d.objects or d.auxiliaries or token.tag_ not in ("VBD", "VBP", "VBZ", "VBN"):
            return
        if token.dep_ not in ("compound", "flat", "nmod", "nmod:desc", "nmod:unmarked", "appos", "amod", "obj", "dep"):
            return
        before = self.doc[token.i - 1] if token.i else None
        named = before is not None and before.pos_ in ("NOUN", "PROPN")
        if token.tag_ == "VBN" or token.dep_ == "amod":
            # A participle before a noun is the rule; only where the sentence has no other verb is it doubted.
            if not named or token.head.dep_ != "ROOT" or token.head.i < token.i:
                return
            if any(c.i != token.i for c in (x.token for x in self.drafts.values()) if c.dep_ in ("ROOT", "ccomp")):
                return
        if named and before is not None:
            d.subjects = [j for j in expand(self.doc, before.i) if j < token.i]
        else:
            above = next((t for t in token.ancestors if t.i < token.i and t.i in self.drafts), None)
            if above is None or self.drafts[above.i].copula is not None:
                return
            d.subjects = [j for j in self.drafts[above.i].subjects if j < token.i]
        right = token.head.i if token.head.i > token.i and is_nominal(token.head) else noun_from(self.doc, token.i + 1)
        if right is not None:
            d.objects = [j for j in expand(self.doc, right) if j > token.i]

    def _reduced(self, d: _Draft) -> None:
        """Participles on a noun: "the town captured by X" (passive), "militants holding the town" (active), and the
        repair of "Some 400 rebels left the town" read as a noun with a participle (finite, active)."""
        token = d.token
        if token.dep_ not in ("acl", "amod", "acl:relcl") or d.subjects:
            return
        noun = token.head
        if token.dep_ == "acl:relcl":
            if d.token.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD") or d.auxiliaries:
                d.subjects = [noun.i]
            return
        if not is_nominal(noun) or "to" in _marks(token):
            return
        if token.dep_ == "amod":
            d.subjects = [noun.i]
            if token.tag_ == "VBN":
                # "ISIS-held", "rebel-held": the word before the hyphen does it.
                d.agents = [j for c in token.lefts if c.dep_ in ("compound", "obl", "obl:unmarked", "nsubj", "obl:agent")
                            and self.doc[token.i - 1].tag_ == "HYPH" for j in expand(self.doc, c.i)]  # fmt: skip
                d.obliques = [p for p in d.obliques if p[1] not in d.agents]
            else:
                d.passive = False
            return
        finite = token.tag_ in ("VBD", "VBP", "VBZ") or token.lower_ in ONLY_PAST
        if token.tag_ == "VBG" or finite or d.objects:
            d.passive = False
            d.agents = []
        # "Forces backed by warplanes advanced": past the noun of an earlier participle to the one it hangs on.
        while finite and noun.head.dep_ == "acl" and noun.head.pos_ == "VERB" and noun.head.head.i < noun.head.i:
            noun = noun.head.head
        d.subjects = [j for j in expand(self.doc, noun.i) if j < token.i] or [noun.i]

    def _gap(self, d: _Draft) -> None:
        """The place of the noun in a relative clause without relative pronoun: "the town [rebels captured]", "the
        town [they tried to take]", "the base [they withdrew from]"."""
        token = d.token
        if token.dep_ != "acl:relcl" or not d.subjects or token.head.i in d.subjects or token.head.i > token.i:
            return
        inside = [self.drafts[t.i] for t in token.subtree if t.i in self.drafts]
        if any(token.head.i in (*c.objects, *(k for _, k in c.obliques)) for c in inside) or any(t.lower_ in ("where", "when", "why", "whose") for t in token.subtree):
            return
        innermost = d
        while innermost.xcomp and not innermost.objects and innermost.xcomp[0] in self.drafts:
            innermost = self.drafts[innermost.xcomp[0]]
        verb = innermost.token
        after = self.doc[verb.i + 1] if verb.i + 1 < len(self.doc) else None
        stranded = after is not None and after.pos_ == "ADP" and not any(
            t.head == after or after.head == t for t in self.doc[after.i + 1 : after.i + 2]
        )  # fmt: skip
        antecedents = [j for j in expand(self.doc, token.head.i) if j < token.i]
        if stranded and after is not None and after.dep_ in ("case", "obl", "advmod", "compound:prt", "obj", "dep"):
            innermost.obliques += [(after.lower_, j) for j in antecedents]
        elif not innermost.objects and not innermost.passive and innermost.copula is None:
            if verb.lemma_ not in _INTRANSITIVE and not any(c.dep_ == "ccomp" for c in verb.children):
                if not is_time(token.head) and token.head.lemma_ not in ("place", "way", "reason", "time"):
                    innermost.objects = antecedents

    def _headline_passive(self, d: _Draft) -> None:
        """Repair: "Town captured by rebels", "Two villages retaken": a passive without its auxiliary."""
        token = d.token
        if d.passive or d.objects or d.copula is not None or d.auxiliaries or d.xcomp:
            return
        if token.tag_ not in ("VBN", "VBD") or token.lower_ in ONLY_PAST or token.dep_ in ("amod", "xcomp"):
            return
        by = [j for p, j in d.obliques if p == "by" and j > token.i]
        if not d.subjects and (token.tag_ != "VBN" or token.dep_ == "conj" or not by):
            return
        sure = token.tag_ == "VBN" or token.lemma_ in _TRANSITIVE
        if (sure and any(is_doer(self.doc[j]) for j in by) and token.lemma_ not in _INTRANSITIVE) or (
            token.lemma_ in _TRANSITIVE and not any(c.dep_ in ("ccomp", "xcomp", "compound:prt") for c in token.children)
        ):
            d.passive = True
            self._set_agents(d, by)

    def _mend_phrases(self, d: _Draft) -> None:
        """Repairs of prepositional phrases hung one step too deep."""
        verb, have = d.token, {j for _, j in d.obliques} | set(d.agents)
        # "seized control of Dabiq from the jihadists": source and goal belong to the verb.
        wanted = {"from", "out of"} if verb.lemma_ in _MOVES_SOURCE else set()
        wanted |= {"to", "on to", "over to"} if verb.lemma_ in _MOVES_GOAL else set()
        tops = [*d.objects, *(j for _, j in d.obliques if j > verb.i)] if not d.passive else [j for _, j in d.obliques]
        for top in tops:
            if top < verb.i or self.doc[top].pos_ == "PRON":
                continue
            for prep, j in [*nominal_modifiers(self.doc, top), *nested(self.doc, top)]:
                if j in have or j <= verb.i:
                    continue
                timed = prep in ("on", "in", "during", "since", "after", "before", "at", "by", "until", "") and is_time(self.doc[j])
                if timed or (prep in wanted and may_lift(self.doc, prep, j)):
                    d.obliques.append((prep, j))
                    have.add(j)
        if d.passive and not d.agents and d.copula is None:
            self._far_agent(d, have)

    def _far_agent(self, d: _Draft, have: set[int]) -> None:
        """Repair: the agent of a passive further right, lost behind other phrases ("was driven out of the centre of
        the town on Sunday by rebels")."""
        for x in self.doc[d.token.i + 1 : d.token.right_edge.i + 1]:
            if x.dep_ not in OBL | NMOD or preposition(x) != "by" or x.i in have or not is_doer(x):
                continue
            between = []
            head = x.head
            while head.i > d.token.i and head != d.token:
                between.append(head)
                head = head.head
            if head == d.token and not any(t.pos_ in ("VERB", "AUX") or _takes_by(t) for t in between):
                d.agents = [j for _, j in with_preposition(self.doc, x.i)]
                return

    # -- subjects and objects from other clauses ---------------------------------------------------------------------

    def _share_over_conjunction(self, d: _Draft) -> None:
        """Voice, auxiliaries, negation and objects shared over "and"."""
        token = d.token
        head = self.drafts.get(token.head.i) if token.dep_ == "conj" else None
        if head is None or head.copula is not None or d.copula is not None:
            return
        if not d.subjects and not d.auxiliaries and head.auxiliaries and _same_form(token, head.token):
            d.auxiliaries = list(head.auxiliaries)
            if not any(c.lower_ == "but" for c in token.children):
                d.negated |= head.negated
            if head.passive and not d.objects and (token.tag_ == "VBN" or token.lemma_ in _TRANSITIVE):
                d.passive = True
                self._set_agents(d, [j for p, j in d.obliques if p == "by"])
        if head.passive or d.passive:
            if head.passive and d.passive and not head.agents and _same_form(token, head.token):
                head.agents = list(d.agents)
            return
        between = self.doc[head.token.i + 1 : token.i]
        adjacent = len(between) <= 3 and all(t.pos_ == "CCONJ" or t.text == "," or t.lower_ == "then" for t in between)
        if adjacent and _same_form(token, head.token):
            if not head.objects and d.objects and head.token.lemma_ not in _INTRANSITIVE:
                head.objects = list(d.objects)
            elif not d.objects and token.lemma_ not in _INTRANSITIVE:
                d.objects = [j for j in head.objects if j > token.i]

    def _subjects_of(self, i: int, seen: frozenset[int]) -> list[int]:
        """The subjects of the clause at `i`, its own or those it shares; `seen` guards against cycles."""
        d = self.drafts[i]
        if d.done or i in seen:
            return d.subjects
        if not d.subjects:
            d.subjects = self._borrowed(d, seen | {i})
        d.done = True
        return d.subjects

    def _borrowed(self, d: _Draft, seen: frozenset[int]) -> list[int]:
        token, dep = d.token, d.token.dep_
        governor = self.drafts.get(token.head.i)
        if dep == "conj" and governor is not None:
            return list(self._subjects_of(token.head.i, seen))
        if dep == "xcomp" and governor is not None:
            subjects = self._subjects_of(token.head.i, seen)
            objects = [j for j in [*governor.objects, *(k for p, k in governor.obliques if p == "to")] if j < token.i]
            if objects and governor.copula is None and governor.token.lemma_ not in _SUBJECT_CONTROL:
                return objects
            return list(subjects)
        if dep in ("advcl", "ccomp", "parataxis") and governor is not None and not _own_subject_left_out(d):
            subjects = self._subjects_of(token.head.i, seen)
            # ", cutting the road" after a passive with an agent is the agent's doing; "after leaving" is not.
            if governor.agents and token.tag_ == "VBG" and not _marks(token) and token.i > governor.token.i:
                return list(governor.agents)
            return list(subjects)
        if dep in ("acl", "advcl") and is_nominal(token.head):
            return self._through_noun(token.head, seen)
        return []

    def _through_noun(self, noun: Token, seen: frozenset[int]) -> list[int]:
        """Who is to do it in "an operation to retake the town": the noun's possessor or agent, or the subject of the
        verb whose argument the noun is."""
        args = noun_args(self.doc, noun.i)
        if args.possessor or args.by:
            return list(args.possessor or args.by)
        verb = noun
        while verb.head != verb and verb.i not in self.drafts:
            verb = verb.head
        if verb.i in self.drafts and verb != noun and noun.i not in self.drafts[verb.i].subjects:
            d = self.drafts[verb.i]
            return list(d.agents if d.passive and d.agents else self._subjects_of(verb.i, seen))
        return []

    def _finish(self, d: _Draft) -> Clause:
        token = d.token
        verb = d.copula or token
        particles = [
            c.lower_
            for c in token.children
            if c.dep_ == "compound:prt" or (c.dep_ == "advmod" and c.lower_ in _DIRECTIONS and 0 < c.i - token.i < 4)
        ]
        relation = {"ROOT": "root", "acl:relcl": "relcl"}.get(token.dep_, token.dep_)
        return Clause(
            verb=verb.i, lemma="be" if d.copula is not None else token.lemma_.lower(),
            voice="passive" if d.passive else "active", subjects=_tidy(d.subjects), objects=_tidy(d.objects),
            agents=_tidy(d.agents), obliques=tuple(sorted(set(d.obliques), key=lambda p: (p[1], p[0]))),
            particles=tuple(particles), xcomp=_tidy(d.xcomp), negated=d.negated, auxiliaries=tuple(d.auxiliaries),
            relation=relation, governor=None if token.head == token else token.head.i, marks=_marks(token),
        )  # fmt: skip


def _tidy(indices: list[int]) -> tuple[int, ...]:
    return tuple(sorted(set(indices)))


def _marks(token: Token) -> tuple[str, ...]:
    return tuple(c.lower_ for c in token.children if c.dep_ in ("mark", "case") and c.i < token.i)


def _own_subject_left_out(d: _Draft) -> bool:
    """True for finite verbs and imperatives: nothing above them says whose doing it is."""
    if any(a not in ("be", "have") for a in d.auxiliaries):
        return True
    tag = d.token.tag_
    return tag in ("VBD", "VBP", "VBZ", "MD") or (tag == "VB" and "to" not in _marks(d.token))


def _same_form(a: Token, b: Token) -> bool:
    """True where one auxiliary can serve both: the tagger mixes up past tenses and past participles."""
    past = ("VBD", "VBN")
    return a.tag_ == b.tag_ or (a.tag_ in past and b.tag_ in past and a.lower_ not in ONLY_PAST)


def _full_verb(token: Token) -> bool:
    """A form of be, have or do that is no auxiliary of another verb: "there are no troops", "is in the town"."""
    return token.dep_ not in ("aux", "aux:pass", "cop")


def _takes_by(token: Token) -> bool:
    """A noun of action, whose own agent "by" may name ("after an attack by rebels")."""
    return token.lemma_.lower() in {
        "attack", "assault", "offensive", "raid", "advance", "capture", "siege", "push", "operation", "strike",
        "statement", "report", "bombing", "ambush", "withdrawal", "occupation", "seizure", "takeover", "invasion",
    }  # fmt: skip
