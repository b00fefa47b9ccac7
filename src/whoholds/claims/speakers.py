"""Voices carried from sentence to sentence: pronouns, quotes that go on, roles that get their name later."""

from __future__ import annotations

import re
from dataclasses import replace

from whoholds.annotate.document import Sentence
from whoholds.claims.speaker_names import QUOTES
from whoholds.claims.voice import Attribution
from whoholds.model import Voice


class Speakers:
    """Carries voices from sentence to sentence: pronouns, quotes that go on, roles that get their name later."""

    def __init__(self, sentences: list[Sentence], found: list[list[Attribution]]) -> None:
        self.sentences, self.found = sentences, found
        self.carried: list[Attribution | None] = [None] * len(sentences)
        self._run()

    def _run(self) -> None:
        last: Attribution | None = None
        open_quote = False
        section = -1
        for n, s in enumerate(self.sentences):
            resolved = [self._resolve(a, last) for a in self.found[n]]
            self.found[n] = [a for a in resolved if a.voices and any(v != Voice() for v in a.voices)]
            marks = len(re.findall(r"[\"“”]", s.text))
            starts_quoted = s.text.lstrip()[:1] in QUOTES
            was_open = open_quote
            opens, closes = s.text.count("“"), s.text.count("”")
            if opens or closes:
                open_quote = (open_quote and not closes) or opens > closes
            elif marks % 2:
                open_quote = not open_quote
            if self.found[n]:
                last = self.found[n][-1]
            elif last is not None and (was_open or starts_quoted) and s.role.value == "body":
                self.carried[n] = last
            elif (
                s.section != section
                and not was_open
                and not starts_quoted
                and n
                and self.carried[n - 1] is None
                and not self.found[n - 1]
            ):
                last = None
            section = s.section
        self._name_roles()

    @staticmethod
    def _resolve(a: Attribution, last: Attribution | None) -> Attribution:
        if a.pronoun and last is not None:
            told = next((v.told for v in a.voices if v.told), None)
            return replace(
                a,
                voices=tuple(replace(v, told=told or v.told) for v in last.voices),
                actor=a.actor or last.actor,
                span=last.span,
            )
        if len(a.voices) == 1 and a.voices[0].name is None and a.voices[0].role and last is not None:
            # "the spokesman", "the general": the one just named, where the role agrees.
            mine = a.voices[0].role.lower().split()[-1]
            for v in last.voices:
                if v.name and v.role and mine in v.role.lower().split():
                    return replace(a, voices=(replace(a.voices[0], name=v.name),), actor=a.actor or last.actor)
                if v.anonymous and v.role and (mine in v.role.lower() or mine in ("officer", "official", "source")):
                    return replace(a, voices=(replace(a.voices[0], anonymous=True),), actor=a.actor or last.actor)
        return a

    def _name_roles(self) -> None:
        """ "a military spokesman said" gets the name that the next sentences give to a spokesman."""
        for n, group in enumerate(self.found):
            for k, a in enumerate(group):
                if len(a.voices) != 1 or a.voices[0].name or not a.voices[0].role or a.voices[0].anonymous:
                    continue
                mine = a.voices[0].role.lower().split()[-1]
                if mine not in (
                    "spokesman",
                    "spokeswoman",
                    "spokesperson",
                    "governor",
                    "mayor",
                    "president",
                    "minister",
                    "chief",
                    "commander",
                    "director",
                ):
                    continue
                for later in self.found[n + 1 : n + 4]:
                    for b in later:
                        for v in b.voices:
                            if v.name and v.role and mine in v.role.lower().split():
                                group[k] = replace(
                                    a, voices=(replace(a.voices[0], name=v.name),), actor=a.actor or b.actor
                                )

    def of(self, n: int, i: int) -> Attribution | None:
        """The attribution that covers token `i` of sentence `n`."""
        group, s = self.found[n], self.sentences[n]
        if not group:
            return self.carried[n]
        t = s.doc[i]
        above = {t.i}
        while t.head.i != t.i:
            t = t.head
            above.add(t.i)
        for a in group:
            if a.verb in above and a.verb != i:
                return a
        # Inside quotation marks, or a report of one speaker only: rule 19.
        if len(group) == 1:
            a = group[0]
            verb = s.doc[a.verb]
            node = verb
            while node.dep_ == "conj" and node.head.i != node.i:
                node = node.head
                if node.i == i:
                    # "A fought into P and said ...": what it did is the report's word.
                    return None
            subject_side = any(c.dep_ == "nsubj" and i in {x.i for x in c.subtree} for c in verb.children)
            if subject_side and not any(
                c.dep_ in ("ccomp", "parataxis") and i in {x.i for x in c.subtree} for c in verb.children
            ):
                return None
            # A trailing "…, he said" covers what stands before it.
            return a
        before = [a for a in group if a.verb < i]
        after = [a for a in group if a.verb > i]
        return after[0] if after and (not before or after[0].verb - i < i - before[-1].verb) else before[-1]
