"""One part read: three files in the folder, and a fourth that says that they are whole.

The same part gives the same bytes, whoever reads it and how often: a worker that dies leaves files that nobody takes
for whole, and two that do the same part write the same.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import socket
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from whoholds.errors import WhoholdsError
from whoholds.exports.formats.arrow import Groups
from whoholds.exports.formats.parquet import PARQUET, growing
from whoholds.exports.tables import Column, Table, Type
from whoholds.exports.tables.columns import CLAIMS
from whoholds.exports.tables.what import claim_row
from whoholds.intake import Options
from whoholds.ledger.codec import claim_to_json, to_line
from whoholds.model import Issue, Report
from whoholds.pipeline import Reader, Reading, attempt
from whoholds.pool import Pool
from whoholds.sources.found import Unopened, unopened
from whoholds.sources.read import found_in
from whoholds.spread.plan import Job, Part
from whoholds.tasks import READ, Task, lost_reading, set_aside
from whoholds.views.mapdata import DISCLAIMER
from whoholds.whole import written_whole

CLAIMS_IN, READINGS_IN, ISSUES_IN, DONE_IN = "claims", "readings", "issues", "done"
"""Folders inside the folder; each has one file a part."""
READINGS = (
    Column("report_id", Type.TEXT, "Hash of its words"),
    Column("label", Type.TEXT, "File name or record id"),
    Column("lang", Type.TEXT, "Language, ISO 639-1"),
    Column("text", Type.TEXT, "The stored text"),
    Column("report", Type.TEXT, "The report without its text, as JSON"),
    Column("claims", Type.LIST, "Its claims as JSON, whole"),
    Column("issues", Type.TEXT, "What was remarked about it, as JSON"),
    Column("made_by", Type.TEXT, "Version of program, cues, lexicon, gazetteer and weights, hashed"),
)
Done = dict[str, Any]
_own = threading.local()


def do(job: Job, part: Part) -> Done:
    """Read a part, unless it is there already. Returns what its fourth file says: counts, and hashes of the files.

    Raises as `do_all` does.
    """
    if found := finished(job, part):
        return found
    (done,) = do_all(job, [part], 1)
    return done


def do_all(job: Job, parts: Iterable[Part], processes: int) -> Iterator[Done]:
    """Read parts, `processes` side by side; they read on in the next part while the last is written.

    Raises WhoholdsError where this machine has another version of something than the job's, or lacks something.
    """
    pool = _pool(job, processes)
    begun: deque[_Part] = deque()
    to_open: deque[_Part] = deque()
    to_read: deque[_Part] = deque()

    def pages() -> Iterator[Unopened]:
        options = Options(columns=job.columns)
        for part in parts:
            begun.append(_Part(job, part))
            for found in unopened(
                partial(found_in, piece.path, options=options, window=piece.window, source=piece.name)
                for piece in part.pieces
            ):
                to_open.append(begun[-1])
                yield found

    def reports() -> Iterator[Report]:
        for page in pool.open(pages()):
            its = to_open.popleft()
            its.issues.extend(page.issues)
            if page.report and its.is_new(page.report):
                to_read.append(its)
                yield page.report

    try:
        for row in pool.each(_ROWS, reports()):
            its = to_read.popleft()
            while begun[0] is not its:  # all before it is there
                yield begun.popleft().end()
            its.add(row)
        while begun:
            yield begun.popleft().end()
    except BaseException:
        for its in begun:
            its.drop()
        _drop_pool()  # its processes are in the middle of something
        raise


def finished(job: Job, part: Part) -> dict[str, Any] | None:
    """What the part's fourth file says, where it is of this job and the others are there in their sizes."""
    folder = Path(job.folder)
    try:
        done: dict[str, Any] = json.loads((folder / DONE_IN / f"{part.name}.json").read_text(encoding="utf-8"))
        sizes = {name: (folder / name).stat().st_size for name in done["files"]}
        whole = done["job"] == job.key and all(sizes[name] == file["bytes"] for name, file in done["files"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return done if whole else None


@dataclass(frozen=True, slots=True)
class _Row:
    """A reading as it is written down: made where it was read, since the process that writes has the most to do."""

    reading: dict[str, Any]
    claims: list[Any]
    counts: dict[str, int]
    made_by: str
    set_aside: tuple[Issue, ...]
    """The issues of a report that was not read."""


def _row_of(reading: Reading) -> _Row:
    if set_aside(reading):
        return _Row({}, [], {"set aside": 1}, reading.made_by, reading.issues)
    report = reading.report
    row = {
        "report_id": report.id,
        "label": report.label,
        "lang": report.lang,
        "text": report.text,
        "report": to_line(replace(report, text="")),
        "claims": [claim_to_json(claim) for claim in reading.claims],
        "issues": to_line(reading.issues),
        "made_by": reading.made_by,
    }
    counts = {
        "reports": 1,
        "claims": len(reading.claims),
        "not English": int(report.lang != "en"),
        "without claims": int(not reading.claims),
    }
    return _Row(row, [claim_row(claim) for claim in reading.claims], counts, reading.made_by, ())


def _read(reader: Reader, report: Report) -> _Row:
    return _row_of(attempt(reader, report))


def _lost(report: Report, why: str, code: int | None) -> _Row:
    return _row_of(lost_reading(report, why, code))


_ROWS: Task[Report, _Row] = Task(_read, READ.size, _lost)


class _Part:
    """A part at which the readers are: what it came to so far. Its files take their names at its end."""

    def __init__(self, job: Job, part: Part) -> None:
        self._job, self._part, self._folder = job, part, Path(job.folder)
        self.issues: list[Issue] = []
        self._set_aside: list[Issue] = []
        self._counts: Counter[str] = Counter()
        self._seen: set[str] = set()
        self._open = ExitStack()
        self._tables: list[tuple[str, Path, Groups]] = []

    def is_new(self, report: Report) -> bool:
        """Whether it is the first of its words in this part."""
        if report.id in self._seen:
            self._counts["copies"] += 1
            return False
        self._seen.add(report.id)
        return True

    def add(self, row: _Row) -> None:
        self._counts.update(row.counts)
        self._set_aside.extend(row.set_aside)
        if row.set_aside:
            return
        if row.made_by != self._job.made_by:
            raise WhoholdsError(
                f"{socket.gethostname()} has another version of whoholds, its gazetteer or its lists than the "
                "machine that started this. Install the same on all."
            )
        with self._writing():
            self._begin()
            (_, _, readings), (_, _, claims) = self._tables
            readings.add(row.reading)
            for claim in row.claims:
                claims.add(claim)

    def end(self) -> Done:
        """Write what is left, and last of all the file that says that the others are whole."""
        with self._writing():
            self._begin()
            self._open.close()
            files = {name: _file(path, groups.number) for name, path, groups in self._tables}
            issues = self.issues + self._set_aside
            files |= dict([_lines(self._folder, self._part, issues)])
            self._counts["issues"] = len(issues)
            counts = dict(sorted(self._counts.items()))
            done = {"part": self._part.name, "job": self._job.key, "counts": counts, "files": files}
            with _place(self._folder, DONE_IN, self._part, ".json") as path:
                path.write_text(json.dumps(done, indent=1) + "\n", encoding="utf-8")
        return done

    def drop(self) -> None:
        """Leave nothing of it behind."""
        with suppress(_DroppedError), self._open:
            raise _DroppedError

    def _begin(self) -> None:
        if self._tables:
            return
        for inside, columns in ((READINGS_IN, READINGS), (CLAIMS_IN, CLAIMS)):
            name = f"{inside}/{self._part.name}{PARQUET.suffix}"
            path = self._open.enter_context(_place(self._folder, inside, self._part, PARQUET.suffix))
            groups = self._open.enter_context(growing(Table(inside, columns, iter(()), _about), path))
            self._tables.append((name, self._folder / name, groups))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            host, why = socket.gethostname(), error.strerror
            raise WhoholdsError(
                f"{host}: {self._folder} cannot be written to ({why}); do all machines share it?"
            ) from error


class _DroppedError(Exception):
    """Takes the files of a part away on its way."""


def _lines(folder: Path, part: Part, issues: list[Issue]) -> tuple[str, dict[str, Any]]:
    with _place(folder, ISSUES_IN, part, ".jsonl") as path:
        path.write_text("".join(to_line(issue) + "\n" for issue in issues), encoding="utf-8")
        return f"{ISSUES_IN}/{part.name}.jsonl", _file(path, len(issues))


def _place(folder: Path, inside: str, part: Part, suffix: str) -> Any:
    (folder / inside).mkdir(parents=True, exist_ok=True)
    return written_whole(folder / inside / f"{part.name}{suffix}")


def _file(path: Path, rows: int) -> dict[str, Any]:
    raw = path.read_bytes()
    return {"bytes": len(raw), "rows": rows, "sha256": hashlib.sha256(raw).hexdigest()}


def _about() -> dict[str, object]:
    return {"disclaimer": DISCLAIMER}


def _pool(job: Job, processes: int) -> Pool:
    """This thread's readers, which stay for the next part: they take seconds to load."""
    wanted = (job.made_by, job.today, processes)
    if getattr(_own, "wanted", None) != wanted:
        _drop_pool()
        # A worker of Dask is a daemon, which may have no children; ours end with it all the same.
        multiprocessing.current_process().daemon = False
        # Dask has its workers give memory back at once, which costs our readers thousands of page faults a report.
        os.environ.pop("MALLOC_TRIM_THRESHOLD_", None)
        _own.pool, _own.wanted = Pool(processes, today=job.today).__enter__(), wanted
    pool: Pool = _own.pool
    return pool


def _drop_pool() -> None:
    if pool := getattr(_own, "pool", None):
        pool.__exit__()
    _own.pool = _own.wanted = None
