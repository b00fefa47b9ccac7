"""A report cut into parsed sentences: what every later stage of the reader works on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from whoholds.annotate.clauses.repair import Clause, clauses
from whoholds.annotate.parse.long_names import LongNames
from whoholds.annotate.parse.parser import Parser
from whoholds.annotate.parse.sentences import on_one_line, split
from whoholds.annotate.times import TimeExpression, find_times
from whoholds.annotate.trees.tree import Doc, Token, lowered
from whoholds.model import Report, Role, Span

MAX_SENTENCES = 20_000
"""Bound on one report; the largest article of the soak corpus has under 3,000."""


@dataclass(slots=True)
class Sentence:
    """One parsed sentence. Token indices are those of `doc`; `span` counts in the report's text."""

    index: int
    section: int
    role: Role
    span: Span
    text: str
    doc: Doc
    lemmas: list[str]
    clauses: list[Clause]
    times: list[TimeExpression]
    clause_of: dict[int, Clause] = field(default_factory=dict)

    def char_span(self, first: int, last: int) -> Span:
        """Report offsets of tokens `first` to `last`, both inclusive."""
        end = self.doc[last]
        return Span(self.span.start + self.doc[first].idx, self.span.start + end.idx + len(end))

    def token_range(self, span: Span) -> tuple[int, int] | None:
        """First and last token that a stretch of the report's text touches."""
        inside = [
            t.i
            for t in self.doc
            if self.span.start + t.idx < span.end and self.span.start + t.idx + len(t.text) > span.start
        ]
        return (inside[0], inside[-1]) if inside else None

    def lemma(self, token: Token | int) -> str:
        return self.lemmas[token if isinstance(token, int) else token.i]


DASH_IN_NAME = re.compile(r"(?<=\w)[–‑](?=\w)")
LOOKS_LIKE_A_WORD = re.compile(r"\b(?:IS|US)\b(?!\.\w)")


def _readable(text: str) -> str:
    """For the parser only: "IS" and "US" as a name it cannot take for a verb or a pronoun, of the same length."""
    text = DASH_IN_NAME.sub("-", text)
    return LOOKS_LIKE_A_WORD.sub("EU", text) if any(c.islower() for c in text) else text


@dataclass(slots=True)
class Document:
    report: Report
    sentences: list[Sentence]


def parse_document(report: Report, parser: Parser, names: LongNames | None = None) -> Document:
    """Split the sections that can carry claims into sentences and parse them; `names` as `Parser.parse` has them."""
    spans: list[tuple[int, Role, Span]] = []
    for number, section in enumerate(report.sections):
        if section.role.can_carry_claims:
            pieces = split(report.text, section.span.start, section.span.end)
            spans += [(number, section.role, s) for s in pieces]
    spans = spans[:MAX_SENTENCES]
    texts = [on_one_line(s.of(report.text)) for _, _, s in spans]
    docs: Sequence[Doc] = parser.parse([_readable(t) for t in texts], names)
    sentences = []
    for index, ((number, role, span), text, doc) in enumerate(zip(spans, texts, docs, strict=True)):
        found = clauses(doc)
        sentences.append(
            Sentence(
                index,
                number,
                role,
                span,
                text,
                doc,
                [lowered(t.lemma_) for t in doc],
                found,
                find_times(text, span.start),
                {c.verb: c for c in found},
            )
        )
    return Document(report, sentences)
