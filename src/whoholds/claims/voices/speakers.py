"""Voices carried from sentence to sentence: pronouns, short names, "the official", quotes that go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.voices.cast import Cast, Person, role_head, with_person, with_side_of
from whoholds.claims.voices.covers import covering
from whoholds.claims.voices.introductions import Introduced
from whoholds.claims.voices.role_names import name_roles
from whoholds.claims.voices.speaker_phrase import QUOTES
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Role, Voice

_ONE_OF = frozenset(["one", "some", "others", "another"])
_PAPERS = frozenset(["statement", "summary", "communique", "report", "message", "post", "video", "bulletin", "letter"])
_FIRST_PERSON = frozenset(["we", "our", "us", "i", "my"])
_BETWEEN = 2
"""Sentences between two statements of one person, at most, that are taken to be told by that person as well."""
_QUOTED = 4
"""Sentences of one quotation, after its first, within which its speaker is named."""


class Speakers:
    """Who says what, sentence by sentence. `of` answers for a token; `found` lists the attributions, resolved.

    `answers`: who says the sentences of an interview's answers, as far as they name no other speaker themselves.
    """

    def __init__(
        self,
        sentences: list[Sentence],
        found: list[list[Attribution]],
        introduced: list[list[Introduced]] | None = None,
        answers: Mapping[int, Attribution] | None = None,
    ) -> None:
        self.sentences, self.found = sentences, found
        self.introduced = introduced or [[] for _ in sentences]
        self.carried: list[Attribution | None] = [None] * len(sentences)
        self.cast = Cast()
        self._run()
        for n, said in (answers or {}).items():
            self.carried[n] = said

    def _run(self) -> None:
        last: Attribution | None = None
        open_quote = False
        section = -1
        statement: tuple[Attribution, int] | None = None
        for n, s in enumerate(self.sentences):
            self._hear(n, last)
            marks = len(re.findall(r"[\"“”]", s.text))
            starts_quoted = s.text.lstrip()[:1] in QUOTES
            was_open = open_quote
            opens, closes = s.text.count("“"), s.text.count("”")
            if opens or closes:
                open_quote = (open_quote and not closes) or opens > closes
            elif marks % 2:
                open_quote = not open_quote
            if statement is not None and not self._goes_on(n, statement[1]):
                statement = None
            if self.found[n]:
                last = self.found[n][-1]
                statement = None
            elif last is not None and (was_open or starts_quoted) and s.role is Role.BODY:
                self.carried[n] = last
            elif statement is not None and s.role is Role.BODY:
                self.carried[n] = statement[0]
            elif s.section != section and n and self.carried[n - 1] is None and not self.found[n - 1]:
                last = None
            if last is not None and self.found[n] and self._opens_statement(n):
                statement = (last, s.section)
            section = s.section
        self._between()
        name_roles(self.found, self.carried)
        self._within_quotes()

    def _within_quotes(self) -> None:
        """Who is named at the end of a quotation of several sentences says all of it: "We left P. We hold Q," X said.

        "X admits it. "We left P. We shall be back," the leader says": the leader is X.
        """
        for n, s in enumerate(self.sentences):
            if self.found[n] or s.role is not Role.BODY or not _opens_quote(s):
                continue
            for m, later in enumerate(self.sentences[n + 1 : n + 1 + _QUOTED], n + 1):
                if later.section != s.section:
                    break
                if self.found[m]:
                    a, before = self.found[m][-1], self.carried[n]
                    same = before is not None and any(before in group for group in self.found[max(0, n - 2) : n])
                    if same and before is not None and a.definite and all(v.name is None for v in a.voices):
                        self.found[m][-1] = replace(
                            a, voices=before.voices, actors=before.actors, told_at=before.side_span
                        )
                    elif max(a.verb, a.last) > _closing(later):
                        for k in range(n, m):
                            self.carried[k] = a
                    break
                if _closing(later) >= 0:
                    break

    def _between(self) -> None:
        """A sentence between two statements of one person, the second by "he" or the name, is told by that person."""
        spoken = [n for n, group in enumerate(self.found) if group]
        for a, b in pairwise(spoken):
            first, second = self.found[a][-1], self.found[b][0]
            names = [v.name for v in first.voices]
            bodies = range(a + 1, b)
            if not 0 < len(bodies) <= _BETWEEN or None in names or [v.name for v in second.voices] != names:
                continue
            for n in bodies:
                s = self.sentences[n]
                if self.carried[n] is None and s.role is Role.BODY and s.section == self.sentences[b].section:
                    self.carried[n] = first

    def _hear(self, n: int, last: Attribution | None) -> None:
        """Resolve the attributions of a sentence, and remember who is in it."""
        resolved = [self._resolve(a, last, n) for a in self.found[n]]
        for one in self.introduced[n]:
            self.cast.note(one.voice, one.actor, one.span, n)
        self.found[n] = [a for a in resolved if a.voices and any(v != Voice(told=v.told) for v in a.voices)]
        for a in self.found[n]:
            for voice, actor in zip(a.voices, a.actors, strict=True):
                self.cast.note(voice, actor, a.side_span, n)

    def _opens_statement(self, n: int) -> bool:
        """ "The minister said:" with his words from the next paragraph on, or "Defence ministry: …" in a log."""
        s = self.sentences[n]
        ends = s.text.rstrip().endswith(":")
        return s.role is not Role.TITLE and (ends or any(s.doc[a.verb].text == ":" for a in self.found[n]))

    def _goes_on(self, n: int, begun: int) -> bool:
        """A statement without quotation marks goes on to the end of its paragraph, and as long as it says "we"."""
        s = self.sentences[n]
        if s.role is not Role.BODY:
            return False
        if s.section == begun:
            return True
        before = self.sentences[n - 1]
        if before.section == begun:
            return before.text.rstrip().endswith(":")
        own = (t.lower_ for other in self.sentences[n : n + 8] if other.section == s.section for t in other.doc)
        return any(word in _FIRST_PERSON for word in own) or (
            before.section == s.section and self.carried[n - 1] is not None
        )

    def _resolve(self, a: Attribution, last: Attribution | None, n: int) -> Attribution:
        if a.pronoun:
            return self._of_pronoun(a, last, n)
        if len(a.voices) != 1:
            return a
        voice = a.voices[0]
        if voice.role in _ONE_OF:
            before = last.voices[0] if last is not None and last.voices[0].role and not last.voices[0].name else Voice()
            return replace(a, voices=(replace(before, told=voice.told or before.told),), actors=(a.actor,))
        if a.definite and last is not None and role_head(voice.role or voice.name or "") in _PAPERS:
            return replace(
                a, voices=last.voices, actors=last.actors, span=last.span, told_at=last.told_at
            )  # "the statement said"
        if voice.name and (known := self.cast.named(voice.name)):
            return with_person(a, known)
        if voice.name is None and a.definite and (body := self.cast.body(voice, n)):
            return with_person(a, body)
        if voice.name is None or (a.definite and lexis().has("institution", voice.name.lower().split()[-1])):
            if a.definite and (known := self.cast.described(voice, n)):
                return with_person(a, known)
            if voice.role and last is not None:
                # "a senior officer who asked not to be named … the officer said"
                mine = role_head(voice.role)
                for v in last.voices:
                    if v.anonymous and v.role and (mine in v.role.lower() or mine in ("officer", "official", "source")):
                        return with_side_of(replace(a, voices=(replace(voice, anonymous=True),)), last)
        return a

    def _of_pronoun(self, a: Attribution, last: Attribution | None, n: int) -> Attribution:
        known = self._spoken_of(a, n) or (self.cast.latest(n) if a.pronoun in ("he", "she") else None)
        if last is not None and (known is None or (self.cast.people and not self._newer(known, last))):
            told = next((v.told for v in a.voices if v.told), None)
            voices = tuple(replace(v, told=told or v.told) for v in last.voices)
            return replace(a, voices=voices, actors=last.actors, span=last.span, told_at=last.told_at)
        return with_person(a, known) if known is not None else a

    def _spoken_of(self, a: Attribution, n: int) -> Person | None:
        """Somebody introduced before the pronoun in its own sentence."""
        here = [one for one in self.introduced[n] if one.token < a.first]
        return Person(here[-1].voice, here[-1].actor, here[-1].span, n) if here and a.pronoun in ("he", "she") else None

    def _newer(self, person: Person, last: Attribution) -> bool:
        """Introduced after the last statement, as what the sentence is about."""
        return person.span.start > last.span.start and all(person.voice.name != v.name for v in last.voices)

    def of(self, n: int, i: int) -> Attribution | None:
        """The attribution that covers token `i` of sentence `n`; None where the report itself says it."""
        found = self.found[n]
        return covering(self.sentences[n], found, i) if found else self.carried[n]


def _opens_quote(s: Sentence) -> bool:
    """Whether a sentence begins a quotation that goes on beyond it."""
    text = s.text.lstrip()
    if text[:1] not in QUOTES:
        return False
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _closing(s: Sentence) -> int:
    """The token that ends the quotation which was open before; -1 where none does."""
    return next((t.i for t in s.doc if t.text in QUOTES and t.text != "“"), -1)
