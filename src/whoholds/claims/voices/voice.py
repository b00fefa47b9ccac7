"""Who says it: attributions of a sentence, each with the words that name the speaker and those it covers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.clauses.repair import Clause
from whoholds.annotate.document import Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices import speaker_names, speaker_phrase, voice_marks
from whoholds.claims.voices.channels import behind_document, through, to_whom
from whoholds.claims.voices.speaker_phrase import QUOTES, Phrase
from whoholds.claims.voices.speaker_sides import side_of
from whoholds.claims.voices.voice_marks import Mark
from whoholds.model import Span, Voice

DIRECT = re.compile(r"[\"“”«»]")
_ISSUES = frozenset(["provide", "issue", "release", "make", "give", "publish", "offer"])
_BE = frozenset(["was", "were", "been", "is", "are", "be", "being"])
_PRONOUNS = frozenset(["he", "she", "they", "it"])
_ACCUSED = 16
"""Tokens from "accused" to the "of" behind whom it accuses, at the most."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A statement in one sentence: who, by which verb, and the words that name the speaker."""

    verb: int
    """Token of the verb of saying, or of the speaker after "according to"."""
    lemma: str
    voices: tuple[Voice, ...]
    actors: tuple[ActorRef | None, ...]
    """Whom each voice speaks for, as far as the words tell."""
    first: int
    last: int
    """Tokens of the speaker's phrase, with what is told of the speaker."""
    span: Span
    pronoun: str = ""
    """ "he", "she", "it" or "they" where the speaker is only that."""
    definite: bool = False
    """ "the spokesman": somebody who may have been named before."""
    told_at: Span | None = None
    """Where the words stand that tell the side, where not in the speaker's own."""

    @property
    def side_span(self) -> Span:
        """Words in the sentence that `actors` are of."""
        return self.told_at or self.span

    @property
    def actor(self) -> ActorRef | None:
        return next((actor for actor in self.actors if actor is not None), None)


class Finder:
    """Finds the attributions of one sentence.

    `capitals`: capital cities, which speak for their state ("Moscow said"), and the state's code.
    """

    def __init__(self, s: Sentence, names: Names, phrases: PhraseReader, capitals: Mapping[str, str]) -> None:
        self.s, self.names, self.phrases, self.capitals = s, names, phrases, capitals
        self.lex = lexis()

    def find(self) -> list[Attribution]:
        """All attributions, from left to right."""
        found: dict[int, Attribution] = {}
        shared: list[Attribution] = []
        for clause in self.s.clauses:
            clause = self._mended(clause)
            if clause.lemma in _ISSUES and self._statement_follows(clause):
                clause = replace(clause, lemma="say")
            if clause.lemma not in self.lex["say"] or self._negated(clause.verb):
                continue
            if (before := self._same_speaker(clause, found.values())) is not None:
                shared.append(before)
                continue
            for made in self._of_verb(clause):
                found.setdefault(made.first, made)
        for mark in voice_marks.sources(self.s):
            for made in self._marked(mark):
                found.setdefault(made.first, made)
        if not found:
            heading = (made for mark in voice_marks.headed(self.s) for made in self._marked(mark))
            found.update((made.first, made) for made in islice(heading, 1))
        return sorted([*found.values(), *shared], key=lambda a: a.verb)

    def _same_speaker(self, clause: Clause, found: Iterable[Attribution]) -> Attribution | None:
        """ "X confirmed that rebels had left, but acknowledged that …": the verb after "but" shares the speaker."""
        doc, i = self.s.doc, clause.verb - 1
        while i > 0 and doc[i].pos_ == "ADV":
            i -= 1
        if i < 1 or doc[i].lower_ not in ("and", "but") or doc[clause.verb].tag_ not in ("VBD", "VBZ", "VBP"):
            return None
        before = [a for a in found if a.last < a.verb < i]
        if not before or not self._has_content(clause):
            return None
        last = max(before, key=lambda a: a.verb)
        return replace(last, verb=clause.verb, lemma=clause.lemma)

    def _mended(self, clause: Clause) -> Clause:
        """Verbs of saying as news uses them: "concedes" is one, "announced" without "was" is no passive."""
        lemma = clause.lemma if clause.lemma in self.lex["say"] else clause.lemma.removesuffix("s")
        i = clause.verb - 1
        while i > 0 and self.s.doc[i].pos_ in ("ADV", "PART") and self.s.doc[i].tag_ != "POS":
            i -= 1
        passive = i >= 0 and self.s.doc[i].lower_ in _BE
        by = bool(clause.agents) and not any(self.lex.has("told_through", self.s.lemma(i)) for i in clause.agents)
        reduced = by and self.s.doc[clause.verb].dep_ in ("acl", "amod")
        voice: Literal["active", "passive"] = "passive" if passive or reduced else "active"
        return clause if (lemma, voice) == (clause.lemma, clause.voice) else replace(clause, lemma=lemma, voice=voice)

    def _statement_follows(self, clause: Clause) -> bool:
        """ "issued the following statement:"."""
        ends = self.s.text.rstrip().endswith(":")
        return ends and any(self.lex.has("told_through", self.s.lemma(i)) for i in clause.objects)

    def _negated(self, verb: int) -> bool:
        """ "did not say": nobody says it. A "not" behind a comma is another clause's."""
        for t in reversed(self.s.doc[max(0, verb - 4) : verb]):
            if t.text == ",":
                return False
            if t.lower_ in ("not", "n't", "n’t", "never", "neither", "nor", "nobody"):
                return True
        return False

    # ---- verbs
    def _of_verb(self, clause: Clause) -> Iterator[Attribution]:
        s, verb = self.s, clause.verb
        doc = s.doc
        if clause.lemma == "quote":
            yield from self._quoted(clause)
            return
        if clause.lemma == "say" and verb and doc[verb - 1].lower_ == "as":
            return  # "quoted as saying"
        if not self._has_content(clause):
            return
        if verb and doc[verb].tag_ == "VBN" and self.lex.has("told_through", s.lemma(verb - 1)):
            return  # "a statement posted on its site"
        if clause.voice == "passive":
            by = next((t.i for t in doc[verb + 1 : verb + 9] if t.lower_ == "by"), None)
            if by is not None and any(a > by for a in clause.agents):
                yield from self._made(speaker_phrase.after(s, by + 1), verb, clause.lemma)
            return
        if (pronoun := self._pronoun_before(clause)) is not None:
            if doc[verb].dep_ != "acl:relcl":  # not "those they claim to defend"
                yield self._of_pronoun(pronoun, verb, clause.lemma)
            return
        ahead = None if doc[verb].tag_ in ("VBG", "VB") else speaker_phrase.before(s, verb)
        made = list(self._made(self._with_partner(ahead, clause), verb, clause.lemma)) if ahead else []
        inverted = verb == 0 or doc[verb - 1].text in QUOTES or doc[verb - 1].text in (",", "-", "–", "—")
        if not made and inverted and (behind := speaker_phrase.after(s, verb + 1)) and self._is_subject(behind, clause):
            made = list(self._made(behind, verb, clause.lemma))
        if not made:
            heads = [doc[i] for i in clause.subjects if i != verb and doc[i].pos_ in ("NOUN", "PROPN")]
            heads = [t for t in heads if not (t.i < verb and any(x.text in QUOTES for x in doc[t.i + 1 : verb]))]
            made = [a for t in heads for a in self._made(self._around(t), verb, clause.lemma)]
        subjects = [doc[i] for i in clause.subjects]
        if not made and subjects and all(t.lower_ in _PRONOUNS for t in subjects):
            made = [self._of_pronoun(subjects[0], verb, clause.lemma)]
        yield from made

    def _with_partner(self, phrase: Phrase, clause: Clause) -> Phrase:
        """ "Russia and the LPR announced": the phrase with the subject that "and" joins it to."""
        doc, first = self.s.doc, phrase.first
        partner = next((i for i in clause.subjects if i < first), None)
        if partner is None or first < 2 or doc[first - 1].lower_ != "and":
            return phrase
        start = speaker_phrase.start_of(self.s, first - 2)
        if not start <= partner < first or any(t.pos_ == "VERB" for t in doc[partner:first]):
            return phrase
        return replace(phrase, first=start, chunks=(tuple(doc[start:first]) + phrase.chunks[0], *phrase.chunks[1:]))

    def _is_subject(self, behind: Phrase, clause: Clause) -> bool:
        """Not the object of "X, told Reuters": what follows is a name, a role, or what the parser has as subject."""
        if behind.last + 1 < len(self.s.doc) and self.s.doc[behind.last + 1].tag_ in ("VBD", "VBZ", "VBP", "MD"):
            return False  # "he went on, said rebels had left": what is said begins here
        if any(behind.first <= i <= behind.last for i in clause.subjects):
            return True
        return clause.lemma not in ("tell", "quote") and any(
            self.lex.has("speaker_role", self.s.lemma(t), t.lower_) or t.pos_ == "PROPN" for t in behind.words
        )

    def _around(self, t: Token) -> Phrase | None:
        """The phrase of the parser's subject, where it does not stand beside its verb."""
        found = speaker_phrase.after(self.s, speaker_phrase.start_of(self.s, t.i))
        return found if found and found.first <= t.i <= found.last else None

    def _pronoun_before(self, clause: Clause) -> Token | None:
        doc, verb = self.s.doc, clause.verb
        i = verb - 1
        while i >= 0 and doc[i].pos_ in ("AUX", "ADV"):
            i -= 1
        return doc[i] if i >= 0 and doc[i].lower_ in _PRONOUNS else None

    def _of_pronoun(self, t: Token, verb: int, lemma: str) -> Attribution:
        told = to_whom(self.s, verb) or through(self.s, verb, t.i, verb)
        return Attribution(verb, lemma, (Voice(told=told),), (None,), t.i, t.i, self.s.char_span(t.i, t.i), t.lower_)

    def _has_content(self, clause: Clause) -> bool:
        """Something is said: a clause, a quotation, or with a verb like "announce" what has happened, as a noun."""
        s, verb = self.s, self.s.doc[clause.verb]
        if clause.lemma not in self.lex["say_only_with_content"]:
            return True
        reach = clause.verb + 6
        that = any(x.lower_ in ("that", "how") for x in s.doc[clause.verb : reach])
        if clause.lemma == "accuse":
            return any(x.lower_ == "of" for x in s.doc[clause.verb : clause.verb + _ACCUSED])
        wants = clause.lemma in self.lex["undertakes"] and not that and not DIRECT.search(s.text)
        if wants and any(x.tag_ == "TO" and x.lower_ == "to" for x in s.doc[clause.verb + 1 : clause.verb + 8]):
            return self.lex.has("own_plans", clause.lemma)  # "ordered the army to leave" states nothing
        if clause.lemma in ("name", "list"):
            return any(x.lower_ == "as" for x in s.doc[clause.verb : clause.verb + 9]) and clause.voice == "active"
        linked = any(
            c.dep_ in ("ccomp", "parataxis", "xcomp") or (c.dep_ == "obj" and self.lex.has("events", s.lemma(c)))
            for c in verb.children
        )
        return bool(linked or verb.dep_ == "parataxis" or that or DIRECT.search(s.text) or self._trails(clause.verb))

    def _trails(self, verb: int) -> bool:
        """ "Troops took P, state radio reported": behind a comma, with a verb before it, and nothing said after it."""
        doc = self.s.doc
        phrase = speaker_phrase.before(self.s, verb)
        first = phrase.first if phrase else verb - 1
        if first <= 0 or doc[first - 1].text != "," or not (phrase or doc[first].lower_ in _PRONOUNS):
            return False
        behind = doc[verb + 1] if verb + 1 < len(doc) else None
        ends = behind is None or behind.text in (",", ".") or behind.pos_ in ("ADP", "ADV")
        return ends and any(t.pos_ == "VERB" for t in doc[:first])

    def _quoted(self, clause: Clause) -> Iterator[Attribution]:
        """ "X quoted Y as saying", "Y was quoted by X as saying", "Y was quoted as saying by X"."""
        s, verb, doc = self.s, clause.verb, self.s.doc
        saying = next((t.i for t in doc[verb : verb + 20] if t.lower_ == "as" and t.i + 1 < len(doc)), None)
        passive = clause.voice == "passive" or (verb and doc[verb - 1].pos_ == "AUX")
        by = next((t.i for t in doc[verb:] if t.lower_ == "by"), None) if passive else None
        paper = speaker_phrase.after(s, by + 1) if by is not None else None
        told = None
        if passive:
            told = speaker_names.text_of(s, paper) if paper else None
            who = doc[verb - 2] if verb > 1 else doc[0]
            if who.lower_ in _PRONOUNS:
                yield replace(self._of_pronoun(who, verb, "quote"), voices=(Voice(told=told),))
                return
            yield from self._made(speaker_phrase.before(s, verb), verb, "quote", told)
        elif saying is not None:
            outlet = speaker_phrase.before(s, verb)
            told = speaker_names.text_of(s, outlet) if outlet else None
            for made in self._made(speaker_phrase.after(s, verb + 1), verb, "quote", told):
                yield replace(made, first=min(made.first, outlet.first if outlet else made.first))

    # ---- without a verb
    def _marked(self, mark: Mark) -> Iterator[Attribution]:
        if mark.pronoun is not None:
            said = self._of_pronoun(mark.pronoun, mark.at, "say")
            yield replace(said, pronoun=voice_marks.OWN[mark.pronoun.lower_])
        else:
            yield from self._made(mark.phrase, mark.at, "say", mark.told)

    # ---- making one
    def _made(self, phrase: Phrase | None, verb: int, lemma: str, told: str | None = None) -> Iterator[Attribution]:
        """The attribution of a phrase, with one voice for each of several speakers; nothing where nobody speaks."""
        if phrase is None:
            return
        s = self.s
        told = told or to_whom(s, verb) or through(s, verb, phrase.first, phrase.last)
        hidden = any(words in s.text.lower() for words in self.lex["anonymous"])
        voices: list[Voice] = []
        actors: list[ActorRef | None] = []
        for part in speaker_phrase.split(s, phrase):
            part, channel = behind_document(s, part)
            named = speaker_names.read(s, self.names, part)
            if named is None:
                continue
            voices.append(Voice(named.name, named.role, anonymous=hidden and named.name is None, told=channel or told))
            actors.append(side_of(s, self.names, self.phrases, part, self.capitals))
        if voices:
            start = s.doc[phrase.first]
            yield Attribution(
                verb,
                lemma,
                tuple(voices),
                tuple(actors),
                phrase.first,
                phrase.last,
                s.char_span(phrase.chunks[0][0].i, max(t.i for t in phrase.words)),
                definite=start.lower_ == "the" or any(t.lower_ == "the" for t in phrase.chunks[0][:1]),
            )


def attributions(
    s: Sentence, names: Names, phrases: PhraseReader, capitals: Mapping[str, str] | None = None
) -> list[Attribution]:
    """All attributions of the sentence, from left to right."""
    return Finder(s, names, phrases, capitals or {}).find()
