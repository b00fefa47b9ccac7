"""Reads the corpora's reports with the reader as it stands, in as many processes as there are cores (two at most).

The result does not depend on the number of processes nor on their order: a report's claims are a pure function of it.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpora import Corpus, Row
from whoholds.claims.frames.find import find_frames
from whoholds.exports.records import claim_record
from whoholds.model import MentionType, Place, Report, Role, Section, Span
from whoholds.pipeline import Reader
from whoholds.pool import Pool
from whoholds.sources import reports
from whoholds.tasks import Task

MOST_PROCESSES = 2
Todo = tuple[str, Report, bool]
"""The corpus, a report of it, and whether its cues are wanted."""
WARM_UP = "Soldiers of Chad took the town of Bol on Monday."


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from one report of one corpus."""

    corpus: str
    report: Report
    claims: tuple[Row, ...]
    seconds: float
    """Processor time, without loading the reader."""
    cues: tuple[tuple[int, int, str], ...] = ()
    """Where words stand that are a cue (start, end, sense), whatever came of them; only where asked for."""
    places: tuple[Place, ...] = ()
    """Those of its mentions, and of its claims."""
    failure: str = ""
    """The fault of the reader that this report brought out; it then has no claims."""


@cache
def reader() -> Reader:
    """This process's reader.

    What whoever measures has added to their gazetteer is left out: figures are those of the default.
    """
    _default_gazetteer_only()
    return Reader()


def _default_gazetteer_only() -> None:
    os.environ["WHOHOLDS_DATA"] = os.devnull


@cache
def _warm(its: Reader) -> None:
    # The loading must not count for the first report; should it fail, that report says so.
    with contextlib.suppress(Exception):
        its.read(Report("warm-up", WARM_UP, (Section(Span(0, len(WARM_UP)), Role.BODY),)))


def read_one(task: Todo) -> Read:
    return _read(reader(), task)


def _read(its: Reader, task: Todo) -> Read:
    corpus, report, with_cues = task
    _warm(its)
    begun = time.process_time()
    try:
        read = its.read(report)
        claims = tuple(claim_record(claim) for claim in read.claims)
    except Exception as error:
        # One report that breaks the reader must not cost the figures of the others; the gate fails on it.
        where = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
        return Read(corpus, report, (), time.process_time() - begun, failure=failure)
    seconds = time.process_time() - begun
    named = [m.value for m in read.mentions if m.type is MentionType.PLACE and isinstance(m.value, Place)]
    places = (*named, *(claim.place for claim in read.claims))
    return Read(corpus, report, claims, seconds, tuple(_cues(its, report)) if with_cues else (), places)


def _cues(its: Reader, report: Report) -> Iterator[tuple[int, int, str]]:
    from whoholds.annotate.document import parse_document

    for sentence in parse_document(report, its.parser, its.finder.long_names).sentences:
        for frame in find_frames(sentence, its.cues):
            span = sentence.char_span(min(frame.words), max(frame.words))
            yield span.start, span.end, frame.cue.id


def read_corpora(corpora: Iterable[Corpus], *, with_cues: bool = False, processes: int | None = None) -> list[Read]:
    """Every report of the corpora that was read by hand, in order. Issues of the sources go to standard error."""
    tasks = [
        (corpus.name, report, with_cues)
        for corpus in corpora
        for report in reports([str(corpus.inputs)], lambda issue: print(issue, file=sys.stderr))
        if report.label in corpus.labels
    ]
    workers = min(processes or MOST_PROCESSES, os.cpu_count() or 1, max(1, len(tasks) // 8))
    if workers < 2:
        return [read_one(task) for task in tasks]
    _default_gazetteer_only()
    with Pool(workers, sift=True) as pool:
        return list(pool.each(_TASK, tasks))


def _lost(task: Todo, why: str, code: int | None) -> Read:
    """A report that ended the process or held it up costs its own claims, like one that breaks the reader."""
    corpus, report, _ = task
    return Read(corpus, report, (), 0.0, failure=f"the process {why} (exit code {code})")


_TASK: Task[Todo, Read] = Task(_read, lambda task: len(task[1].text), _lost)


def failures(read: Iterable[Read]) -> list[str]:
    """The reports that broke the reader, one line each."""
    return [f"{one.corpus}: the reader failed on {one.report.label}: {one.failure}" for one in read if one.failure]
