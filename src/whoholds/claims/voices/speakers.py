"""Voices carried from sentence to sentence: pronouns, short names, "the official", quotes that go on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.voices.cast import SMALL, Cast, Person, role_head, role_words, with_person, with_side_of
from whoholds.claims.voices.introductions import Introduced
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
_FAR = 80
"""Sentences within which a role in the same words gets its name."""
_LATER = 4
"""Sentences within which "a military spokesman" may get his name."""
_TELLS_A_NAME = lexis()["sole_offices"]
"""Roles that one person holds: a name that comes later with the role is theirs."""


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
        self._name_roles()
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

    def _name_roles(self) -> None:
        """ "a military spokesman said" gets the name that the next sentences give to a spokesman."""
        for n, group in enumerate(self.found):
            for k, a in enumerate(group):
                if len(a.voices) != 1 or a.voices[0].name or not a.voices[0].role or a.voices[0].anonymous:
                    continue
                mine = role_head(a.voices[0].role)
                if mine not in _TELLS_A_NAME:
                    continue
                if a.definite and self._bare_name_after(n, k):
                    continue
                wanted = role_words(Voice(role=a.voices[0].role)) - {mine} - SMALL
                near = n + (2 * _LATER if a.definite else _LATER)
                names: dict[str, Attribution] = {}
                for m, later in enumerate(self.found[n + 1 : n + 1 + _FAR], n + 1):
                    for b in later:
                        for v, actor in zip(b.voices, b.actors, strict=True):
                            words = role_words(Voice(role=v.role))
                            rank = mine == "commander" and words & lexis()["officer_ranks"]
                            only_rank = not words - lexis()["ranks"] and "spokes" in mine
                            same_side = a.actor is not None and actor is not None and a.actor.ids == actor.ids != ()
                            other = wanted and not wanted & words and not only_rank and not same_side
                            if not v.name or not v.role or other or not (mine in words or rank or only_rank):
                                continue
                            sure = mine in words and ((wanted and wanted <= words) or same_side)
                            if m < near or sure:
                                named = replace(a.voices[0], name=v.name)
                                made = with_side_of(replace(a, voices=(named,)), replace(b, actors=(actor,)))
                                names.setdefault(v.name if m >= near else "", made)
                if "" in names or len(names) == 1:
                    group[k] = names.get("") or next(iter(names.values()))

    def _bare_name_after(self, n: int, k: int) -> bool:
        """ "The mayor confirmed it. "They left," A B said.": a name not introduced is the one just spoken of."""
        a = self.found[n][k]
        after = next((group for group in self.found[n + 1 : n + 3] if group), [])
        if len(after) != 1 or len(after[0].voices) != 1:
            return False
        b = after[0]
        name = b.voices[0].name
        if not name or b.voices[0].role or len(name.split()) < 2 or b.actor is not None:
            return False
        if any(lexis().has("institution", word) for word in name.lower().split()):
            return False  # "The commander confirmed it. … A B Observatory says"
        others = [v for g in self.found for x in g if x is not b for v in x.voices]
        if any(v.name and v.role and v.name.split()[-1] == name.split()[-1] for v in others):
            return False
        named = self.found[n][k] = replace(a, voices=(replace(a.voices[0], name=name),))
        self.carried = [named if one is a else one for one in self.carried]
        after[0] = with_side_of(replace(b, voices=(replace(b.voices[0], role=a.voices[0].role),)), a)
        return True

    def of(self, n: int, i: int) -> Attribution | None:
        """The attribution that covers token `i` of sentence `n`; None where the report itself says it."""
        group, s = self.found[n], self.sentences[n]
        if not group:
            return self.carried[n]
        group = [a for a in group if not beside(s, a, i)]
        if not group:
            return None
        inside = [a for a in group if a.first <= i <= a.last and a.verb != i]
        if inside:
            # "The rebels, who took P in May, say …": the report tells this of the speaker
            others = [a for a in group if a not in inside]
            return next((a for a in others if a.verb < i), None) if others and a_covers(others[0], i) else None
        if len(group) == 1:
            return None if self._its_own_act(s, group[0], i) else group[0]
        left = [a for a in group if max(a.verb, a.first) < i]
        right = [a for a in group if min(a.verb, a.first) > i]
        if not left or not right:
            return left[-1] if left else right[0] if right else group[0]
        between = s.doc[left[-1].verb : i]
        parted = any(t.text in (";",) or t.lower_ in ("while", "whereas", "but") or t.text in QUOTES for t in between)
        joined = any(t.text == "," and s.doc[t.i + 1].lower_ == "and" for t in between if t.i + 1 < len(s.doc))
        trailing = s.doc[right[0].first - 1].text in (",", *QUOTES) or s.doc[right[0].verb - 1].text in (",", *QUOTES)
        return right[0] if trailing and (parted or joined) else left[-1]

    @staticmethod
    def _its_own_act(s: Sentence, a: Attribution, i: int) -> bool:
        """ "A fought into P and said …": what it did is the report's word."""
        node = s.doc[a.verb]
        while node.dep_ == "conj" and node.head.i != node.i:
            node = node.head
            if node.i == i and a.first < i:
                return True
        return False


def _opens_quote(s: Sentence) -> bool:
    """Whether a sentence begins a quotation that goes on beyond it."""
    text = s.text.lstrip()
    if text[:1] not in QUOTES:
        return False
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _closing(s: Sentence) -> int:
    """The token that ends the quotation which was open before; -1 where none does."""
    return next((t.i for t in s.doc if t.text in QUOTES and t.text != "“"), -1)


def beside(s: Sentence, a: Attribution, i: int) -> bool:
    """True for words that the statement of the same sentence does not cover.

    "After P fell, the mayor said that …", "Rebels hold P, and a colonel told us that …": what is said comes after the
    verb, so what stands before the speaker is the report's. And so is what stands outside the brackets, the relative
    clause or the participle that a statement is in: "took P (which, X said, …)", "took P, which X confirmed".
    """
    doc, verb = s.doc, s.doc[a.verb]
    if a.first <= i <= a.last or _quoted(s, i):
        return False
    if _bracket(s, a.verb) != _bracket(s, i) and _bracket(s, a.verb):
        return True
    below = any(t.i == a.verb for t in (doc[i], *doc[i].ancestors))
    which = any(t.tag_ in ("WDT", "WP") for t in doc[max(i, a.first - 4) + 1 : a.verb])
    if not below and which and i < a.verb and verb.dep_ == "acl:relcl":
        return True
    if not below and verb.dep_ == "advcl" and verb.tag_ == "VBG" and a.last < a.verb:
        return True
    return i < a.first < a.verb and _says_what_follows(s, a.verb)


def _says_what_follows(s: Sentence, verb: int) -> bool:
    """ "said that …", "said the town had fallen"; not "…, officials said, after a week of fighting"."""
    doc = s.doc
    if any(t.lower_ == "that" and (t.tag_ != "WDT" or t.dep_ == "mark") for t in doc[verb + 1 : verb + 4]):
        return True
    behind = doc[verb + 1] if verb + 1 < len(doc) else None
    plain = behind is not None and behind.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
    return plain and any(c.dep_ == "ccomp" and c.i > verb for c in doc[verb].children)


def _quoted(s: Sentence, i: int) -> bool:
    """True between quotation marks."""
    return sum(t.text in QUOTES for t in s.doc[:i]) % 2 == 1


def _bracket(s: Sentence, i: int) -> int:
    """The token after the bracket that is open at `i`; 0 outside brackets."""
    opened = 0
    for t in s.doc[:i]:
        if t.text == "(":
            opened = t.i + 1
        elif t.text == ")":
            opened = 0
    return opened


def a_covers(a: Attribution, i: int) -> bool:
    """Whether an attribution stands before the token, and so may cover a phrase inside what it says."""
    return a.verb < i
