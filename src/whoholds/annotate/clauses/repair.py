"""Clauses with their arguments: what claims ask of a parsed sentence, with the parser's usual faults mended.

`clauses` lists every verb with its subjects, objects, agents and prepositional phrases. Coordinations are listed in
full, shared and controlled subjects are filled in, relative pronouns are replaced by what they stand for, and passives
are told from actives also where a headline leaves the auxiliary out. Nouns of action have `noun_args`.

What the parse says is in `drafts`, the repairs in `mends`, `subjects` and `chosen`, what clauses share in `sharing`.
Measured against the enhanced dependencies of the treebanks by `models/parser/arguments.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from whoholds.annotate.clauses import chosen, clefts, fronted, mends, sharing, subjects
from whoholds.annotate.clauses.drafts import Draft, draft_all, marks
from whoholds.annotate.trees.nominals import expand, preposition
from whoholds.annotate.trees.noun_args import NounArgs, noun_args
from whoholds.annotate.trees.tree import Doc

__all__ = ["Clause", "NounArgs", "Voice", "clauses", "expand", "noun_args", "preposition"]

Voice = Literal["active", "passive"]


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


def clauses(doc: Doc) -> list[Clause]:
    """Every clause of a parsed sentence, in the order of their verbs.

    Prenominal participles are clauses too: of "the rebel-held town" the passive of "hold" with the rebel as agent.
    """
    drafts = draft_all(doc)
    for d in drafts.values():
        clefts.cleft(d)
        mends.misread_verb(d, drafts)
        mends.reduced(d)
        mends.contact_relative(d, drafts)
        mends.town_they_took(d)
        mends.garden_path(d, drafts)
        mends.had_done(d)
        mends.question_of(d)
        chosen.chosen(d)
        chosen.left_so(d)
        subjects.active_relative(d)
        subjects.broken_relative(d)
        subjects.swallowed_object(d, drafts)
        subjects.relative_object(d)
        fronted.fronted_object(d)
        subjects.absolute(d)
        subjects.fronted_place(d)
        subjects.missing_subject(d)
        subjects.no_times(d)
    for d in drafts.values():
        sharing.over_conjunction(d, drafts)
    for d in drafts.values():
        subjects.time_spent(d, drafts)
        sharing.relative_gap(d, drafts)
        sharing.inner_object(d, drafts)
    for d in drafts.values():
        mends.headline_passive(d)
        mends.phrases(d)
    sharing.settle_subjects(drafts)
    return sorted((_finish(d) for d in drafts.values()), key=lambda c: c.verb)


def _finish(d: Draft) -> Clause:
    token = d.token
    return Clause(
        verb=token.i if d.copula is None else d.copula.i,
        lemma=token.lemma_.lower() if d.copula is None else "be",
        voice="passive" if d.passive else "active",
        subjects=_tidy(d.subjects),
        objects=_tidy(d.objects),
        agents=_tidy(d.agents),
        obliques=tuple(sorted(set(d.obliques), key=lambda p: (p[1], p[0]))),
        particles=tuple(d.particles),
        xcomp=_tidy(d.xcomp),
        negated=d.negated,
        auxiliaries=tuple(d.auxiliaries),
        relation={"ROOT": "root", "acl:relcl": "relcl"}.get(token.dep_, token.dep_),
        governor=None if token.head == token else token.head.i,
        marks=marks(token),
    )


def _tidy(indices: list[int]) -> tuple[int, ...]:
    return tuple(sorted(set(indices)))
