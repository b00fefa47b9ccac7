"""Interviews: who says what stands behind "A:", behind a name, or below a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from whoholds.annotate.actors.find import Names
from whoholds.annotate.actors.phrases import PhraseReader
from whoholds.annotate.document import Document, Sentence
from whoholds.annotate.trees.tree import Token
from whoholds.annotate.words import lexis
from whoholds.claims.voices import speaker_names, speaker_phrase
from whoholds.claims.voices.speaker_phrase import QUOTES, RANKS
from whoholds.claims.voices.speaker_sides import side_of
from whoholds.claims.voices.voice import Attribution
from whoholds.model import Role, Voice

LABEL = re.compile(r"\s*([^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){0,2}):(?=\s|$)")
"""What opens a paragraph and says whose it is."""
ANSWER = frozenset(["a", "answer"])
TALKS = frozenset(["interview", "conversation", "talk", "talks", "talked", "speaks", "spoke", "interviewed", "q&a"])
"""Words for an interview, behind whose "with" or "to" stands who gave it."""
ROUNDS = 3
"""Answers of which an interview has at least so many."""
QUESTION = 160
"""Characters of a question that nothing marks, at the most."""
OWN_WORDS = frozenset(["we", "our", "ours", "us", "i", "my"])


@dataclass(frozen=True, slots=True)
class Talk:
    """Where the answers of an interview stand."""

    first: int
    """The first sentence of its first question or answer."""
    answers: tuple[int, ...]
    """Sentences."""
    label: str
    """By what the answers are marked."""


def answers(
    document: Document, names: Sequence[Names], phrases: Sequence[PhraseReader], capitals: Mapping[str, str]
) -> dict[int, Attribution]:
    """Who says each sentence of an interview's answers; empty where the report is none, or does not say who."""
    paragraphs = _paragraphs(document)
    talk = _labelled(paragraphs) or _below_questions(document, paragraphs)
    if talk is None:
        return {}
    for s, i in _guests(document.sentences[: talk.first], talk.label):
        phrase = speaker_phrase.after(s, speaker_phrase.start_of(s, i))
        if phrase is None:
            continue
        named = speaker_names.read(s, names[s.index], phrase)
        side = side_of(s, names[s.index], phrases[s.index], phrase, capitals)
        if named is None or side is None:
            continue
        span = s.char_span(phrase.first, phrase.last)
        said = Attribution(i, "say", (Voice(named.name, named.role),), (side,), phrase.first, phrase.last, span)
        return dict.fromkeys(talk.answers, said)
    return {}


def _paragraphs(document: Document) -> list[list[Sentence]]:
    """The paragraphs of the body, and short questions, which look like headings."""
    found: dict[int, list[Sentence]] = {}
    for s in document.sentences:
        if s.role is Role.BODY or (s.role is Role.HEADING and (LABEL.match(s.text) or s.text.rstrip().endswith("?"))):
            found.setdefault(s.section, []).append(s)
    return list(found.values())


def _labelled(paragraphs: list[list[Sentence]]) -> Talk | None:
    """ "Q: …", "A: …" in turns, or an outlet's letters and a name."""
    labels = [m.group(1) if (m := LABEL.match(p[0].text)) else "" for p in paragraphs]
    turns = [label for label in labels if label]
    often = [label for label, k in Counter(turns).most_common(2) if k >= ROUNDS]
    if len(often) < 2:
        return None
    asks = {
        label: sum(p[-1].text.rstrip().endswith("?") for p, x in zip(paragraphs, labels, strict=True) if x == label)
        for label in often
    }
    guest = next((label for label in often if label.lower() in ANSWER), min(often, key=lambda label: asks[label]))
    found: list[int] = []
    speaking, last = "", max(n for n, label in enumerate(labels) if label)
    for n, (paragraph, label) in enumerate(zip(paragraphs, labels, strict=True)):
        speaking = label or (speaking if n <= last else "")
        found += [s.index for s in paragraph] if speaking == guest else []
    return Talk(paragraphs[labels.index(turns[0])][0].index, tuple(found), guest)


def _below_questions(document: Document, paragraphs: list[list[Sentence]]) -> Talk | None:
    """Short questions and answers of one who says "we", where the report calls itself an interview."""
    asked = [n for n, p in enumerate(paragraphs) if p[-1].text.rstrip().endswith("?") and _short(p)]
    if len(asked) < ROUNDS or not _is_called_so(document.report.text[: document.sentences[0].span.end + 400]):
        return None
    behind = [n for n in range(asked[0] + 1, asked[-1] + 2) if n < len(paragraphs) and not _short(paragraphs[n])]
    told = [n for n in behind if n - 1 in asked or _short(paragraphs[n - 1])]
    own = [n for n in told if _in_first_person(paragraphs[n])]
    if 2 * len(own) < len(told) or len(own) < ROUNDS - 1:
        return None
    found = tuple(s.index for n in told for s in paragraphs[n])
    return Talk(paragraphs[asked[0]][0].index, found, "")


def _short(paragraph: list[Sentence]) -> bool:
    return len(paragraph) <= 2 and sum(len(s.text) for s in paragraph) <= QUESTION


def _is_called_so(text: str) -> bool:
    return not TALKS.isdisjoint(re.findall(r"[\w&]+", text.lower()))


def _in_first_person(paragraph: list[Sentence]) -> bool:
    quoted = any(not QUOTES.isdisjoint(s.text) for s in paragraph)
    return not quoted and any(t.lower_ in OWN_WORDS for s in paragraph for t in s.doc)


def _guests(head: Sequence[Sentence], label: str) -> Iterator[tuple[Sentence, int]]:
    """Words for who may have given the interview, likeliest first: named so, talked with, of some rank."""
    name = label.split()[-1].lower() if label else ""
    for s in head:
        yield from ((s, t.i) for t in s.doc if t.lower_ == name and name not in ANSWER)
    for s in head:
        talks = [t.i for t in s.doc if t.lower_ in TALKS]
        for t in s.doc[talks[0] :] if talks else ():
            if t.lower_ in ("with", "to") and t.i + 1 < len(s.doc):
                yield s, _head_of(s, t.i + 1)
    for s in head:
        yield from ((s, t.i) for t in s.doc if _may_speak(s, t))


def _may_speak(s: Sentence, t: Token) -> bool:
    return t.pos_ in ("NOUN", "PROPN") and (t.lower_ in RANKS or lexis().has("speaker_role", s.lemma(t), t.lower_))


def _head_of(s: Sentence, first: int) -> int:
    """The last word of the name that begins at a token."""
    phrase = speaker_phrase.after(s, first)
    return phrase.chunks[0][-1].i if phrase is not None else first
