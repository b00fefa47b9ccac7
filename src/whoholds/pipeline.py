"""The stages in order, no logic of its own: one report in, its claims, mentions and issues out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib.metadata import version
from typing import TYPE_CHECKING

from whoholds.days import AnyDay, as_day
from whoholds.errors import WhoholdsError
from whoholds.faults import failure
from whoholds.model import Claim, Issue, Mention, Report, Severity

if TYPE_CHECKING:
    from whoholds.annotate.actors.find import ActorFinder
    from whoholds.annotate.document import Document
    from whoholds.annotate.lexicon.lexicon import Lexicon
    from whoholds.annotate.parse.parser import Parser
    from whoholds.annotate.sieve import Sieve
    from whoholds.claims.confidence import Confidence
    from whoholds.claims.cues.cues import Cues
    from whoholds.gazetteer import Gazetteer


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one report. `report` is dated, where the text or its metadata say when."""

    report: Report
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    issues: tuple[Issue, ...] = ()
    made_by: str = ""
    """Which program, cues, lexicon, gazetteer and weights read it, hashed (`Reader.made_by`)."""


class Reader:
    """Reads reports. A pure function of one report: same report, same version, same claims.

    What it needs (parser, gazetteer, lexicon) is loaded at the first report. `progress(fraction, text)` is told of the
    first run's compilation of the gazetteer. `sift`: leave a report that says nothing of war unparsed, without mentions
    (`annotate.sieve`); with False every report is read in full. `today`: the day of reading; a report cannot be of a
    later day, and a year that is not stated is looked for up to it. Left out, nothing depends on any clock. Raises
    WeightsError, GazetteerError or LexiconError where a part is missing or damaged, WhoholdsError where `today` is
    no day.
    """

    def __init__(
        self,
        progress: Callable[[float, str], None] | None = None,
        *,
        sift: bool = True,
        today: AnyDay | None = None,
    ) -> None:
        self._progress = progress
        self.sift = sift
        self.today = as_day(today, "today")

    @cached_property
    def parser(self) -> Parser:
        from whoholds.annotate.parse.parser import Parser

        return Parser.load()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        from whoholds.gazetteer import Gazetteer

        return Gazetteer.open(progress=self._progress)

    @property
    def warning(self) -> str | None:
        """For people: that the cache folder could not be used. None where all is well, or nothing was loaded yet."""
        gazetteer: Gazetteer | None = self.__dict__.get("gazetteer")
        return gazetteer.warning if gazetteer else None

    @cached_property
    def lexicon(self) -> Lexicon:
        from whoholds.annotate.lexicon.lexicon import Lexicon

        return Lexicon.load()

    @cached_property
    def sieve(self) -> Sieve:
        from whoholds.annotate.sieve import Sieve

        return Sieve(self.lexicon)

    @cached_property
    def finder(self) -> ActorFinder:
        from whoholds.annotate.actors.find import ActorFinder

        return ActorFinder(self.lexicon)

    @cached_property
    def cues(self) -> Cues:
        from whoholds.claims.cues import cues

        return cues.load("en")

    @cached_property
    def confidence(self) -> Confidence:
        from whoholds.claims.confidence import Confidence

        return Confidence.load()

    def load(self) -> None:
        """Load now what the first report would load."""
        _ = self.made_by, self.sieve, self.parser

    @cached_property
    def made_by(self) -> str:
        """What a claim depends on beside its report: program, cues, lexicon, gazetteer and weights, hashed.

        The parser itself is not needed for it, which takes longest to load.
        """
        from whoholds.annotate.parse import weights
        from whoholds.annotate.words import lexis
        from whoholds.sources.outlets import outlets

        parts = (
            version("whoholds"),
            self.cues.hash,
            lexis().hash,
            outlets().hash,
            self.lexicon.hash,
            self.gazetteer.fingerprint,
            weights.fingerprint(weights.default_path()),
            self.confidence.hash,
            *([self.today.isoformat()] if self.today else []),
        )
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    def read(self, report: Report) -> Reading:
        """Date the report, read its mentions and claims. A report in another language gives none, and an issue."""
        from whoholds.annotate.actors.datelines import told_from
        from whoholds.annotate.document import parse_document
        from whoholds.annotate.in_passing import adjectives
        from whoholds.annotate.mentions import annotate
        from whoholds.claims.build import build
        from whoholds.claims.draft import Context
        from whoholds.claims.finish import claim_of, mentions_of, once
        from whoholds.claims.places.reference import PlaceMemory
        from whoholds.claims.places.topic import topic_of
        from whoholds.claims.sides.census import Census
        from whoholds.claims.sides.register import Register
        from whoholds.claims.times.dating import Calendar
        from whoholds.claims.voices.interview import answers
        from whoholds.claims.voices.introductions import introductions
        from whoholds.claims.voices.speakers import Speakers
        from whoholds.claims.voices.voice import attributions
        from whoholds.resolve.dates import report_date
        from whoholds.resolve.origins import sourced
        from whoholds.resolve.report_places import resolve_report
        from whoholds.sources.outlets import publisher

        if report.lang != "en":
            return Reading(report, made_by=self.made_by)
        published, issues = report_date(report, self.today)
        report = replace(report, published=published)
        if self.sift and not self.sieve.may_carry(report):
            return Reading(report, issues=tuple(issues), made_by=self.made_by)
        document = parse_document(report, self.parser, self.finder.long_names)
        issues += cut_short(report, document)
        a = annotate(document, self.finder, self.gazetteer)
        register = Register(Census(document, a.names, a.phrases, self.lexicon, a.place_countries, a.theatres))
        seats = {name for name, code in self.finder.capitals.items() if code in register.census.home}
        memory = PlaceMemory(document, a.named, register.census.home, topic_of(document, a.named), seats)
        read = list(zip(document.sentences, a.names, a.phrases, strict=True))
        capitals = self.finder.capitals
        found = [attributions(s, n, p, capitals) for s, n, p in read]
        introduced = [introductions(s, n, p, capitals) for s, n, p in read]
        speakers = Speakers(document.sentences, found, introduced, answers(document, a.names, a.phrases, capitals))
        context = Context(
            document, a.names, a.phrases, a.places, register, memory, speakers, self.cues, self.finder.capitals
        )
        drafts = build(context)
        calendar = Calendar(document, published)
        countries = register.census.countries + Counter(told_from(report, self.lexicon))
        places = resolve_report(a, [(d.place, d.place_sentence) for d in drafts], countries, self.gazetteer)
        claims = once(
            [
                claim_of(
                    report,
                    d,
                    places[d.place],
                    dated,
                    a.span_of(d.place, d.place_sentence),
                    register,
                    self.made_by,
                )
                for d, dated in zip(drafts, calendar.dates(drafts), strict=True)
            ]
        )
        mentions = mentions_of(a, register, speakers, calendar, places, adjectives(a, self.gazetteer))
        source = publisher(report)
        claims = tuple(sourced(claim, source) for claim in self.confidence.rate(claims, report))
        return Reading(report, claims, mentions, tuple(issues), self.made_by)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """Read one after the other. A report that breaks the reader becomes an issue, and the rest go on.

        Raises as `read` does where a part of the reader itself is missing or damaged.
        """
        return (attempt(self, report) for report in reports)


def attempt(reader: Reader, report: Report) -> Reading:
    """What is read in a report; one that breaks the reader gives a reading with that issue alone."""
    try:
        return reader.read(report)
    except WhoholdsError:
        raise
    except Exception as error:
        return Reading(report, issues=(failure(report.source or report.label, error),), made_by=reader.made_by)


def cut_short(report: Report, document: Document) -> list[Issue]:
    """An issue where the report has more sentences than are read; one without any sentence ("[]") has no more."""
    sections = [section.span.end for section in report.sections if section.role.can_carry_claims]
    end = document.sentences[-1].span.end if document.sentences else len(report.text)
    if not sections or not report.text[end : sections[-1]].strip():
        return []
    message = f"only its first {len(document.sentences):,} sentences are read; split it into one file a report"
    return [Issue("cut-short", message, report.source or report.label, f"offset {end}", Severity.WARNING)]
