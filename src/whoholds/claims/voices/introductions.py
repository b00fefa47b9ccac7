"""People who are introduced without speaking: "General X, the commander of Y, visited P. He said …"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whoholds.annotate.actors.find import ActorRef, Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Sentence
from whoholds.annotate.words import lexis
from whoholds.claims.voices import speaker_names, speaker_phrase
from whoholds.claims.voices.speaker_phrase import RANKS
from whoholds.claims.voices.speaker_sides import side_of
from whoholds.model import Span, Voice


@dataclass(frozen=True, slots=True)
class Introduced:
    """Somebody that a sentence is about: its subject, with a name and a role."""

    voice: Voice
    actor: ActorRef | None
    span: Span
    token: int


def introductions(s: Sentence, names: Names, phrases: PhraseReader, capitals: Mapping[str, str]) -> list[Introduced]:
    """The subjects of a sentence that are persons with a role: they may be "he" and "the general" later."""
    found: list[Introduced] = []
    for clause in s.clauses:
        for i in clause.subjects:
            if i > clause.verb or s.doc[i].pos_ not in ("PROPN", "NOUN") or (i and _no_person(s, i)):
                continue
            phrase = speaker_phrase.before(s, clause.verb)
            if phrase is None or not phrase.first <= i <= phrase.last:
                continue
            named = speaker_names.read(s, names, phrase)
            role, actor = named.role if named else None, None
            if named is None or named.name is None or named.proper:
                continue
            actor = side_of(s, names, phrases, phrase, capitals)
            if s.lemma(clause.verb) == "be":
                behind = speaker_phrase.after(s, clause.verb + 1)
                said = speaker_names.read(s, names, behind) if behind else None
                if behind and said and said.role:
                    role = f"{said.role}, {role}" if role else said.role
                    actor = side_of(s, names, phrases, behind, capitals) or actor
            if role is None:
                continue
            span = s.char_span(phrase.first, max(t.i for t in phrase.words))
            found.append(Introduced(Voice(named.name, role), actor, span, i))
    return found


def _no_person(s: Sentence, i: int) -> bool:
    """Without a role or a rank anywhere near, the subject is no person that matters here."""
    first, end = max(0, i - 8), i + 12
    words = [t.lower_ for t in s.doc[first:end]]
    return RANKS.isdisjoint(words) and not lexis().has("speaker_role", *words, *s.lemmas[first:end])
