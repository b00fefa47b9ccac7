"""Reports that people add: read one job after the other in a process of their own, with progress."""

from __future__ import annotations

import logging
import re
import secrets
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from whoholds.errors import WhoholdsError
from whoholds.ledger import Ledger
from whoholds.ledger.rows import place_key
from whoholds.model import Issue, Report
from whoholds.pipeline import Reading
from whoholds.pool import Pool
from whoholds.review.persons import join_spellings
from whoholds.tasks import set_aside
from whoholds.web.decoding import reports_in
from whoholds.web.problems import ProblemError
from whoholds.web.settings import Limits
from whoholds.web.shapes import JobState

log = logging.getLogger("whoholds.web")
IDLE_S = 300.0
"""How long the reading process is kept for the next job."""
MAX_ISSUES = 500
"""Of one job that are kept for show; all are in the ledger."""
Read = Callable[[Iterable[Report]], Iterator[Reading]]


@dataclass(slots=True)
class Job:
    id: str
    folder: Path
    files: list[str]
    """As they were called where they came from."""
    begun: str
    state: JobState = JobState.WAITING
    total: int | None = None
    done: int = 0
    reports_new: int = 0
    reports_known: int = 0
    claims: int = 0
    places: dict[str, str] = field(default_factory=dict)
    """Those with new claims: names by ids."""
    issues: list[Issue] = field(default_factory=list)
    fault: str | None = None
    ended: str | None = None
    stop: bool = False

    def count(self, total: int | None) -> None:
        self.total = total

    @property
    def over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.STOPPED)


class Jobs:
    """The queue. `done` is called after each job, before it says that it is done."""

    def __init__(
        self, ledger: Ledger, limits: Limits, done: Callable[[], object], read: Callable[[], Read] | None = None
    ) -> None:
        """`read` makes the function that reads reports; left out, a process of its own does."""
        self._ledger, self._limits, self._done = ledger, limits, done
        self.make_reader: Callable[[], Read] = read or self._pool
        self.open = reports_in
        self._read: Read | None = None
        self._open_pool: Pool | None = None
        self._jobs: dict[str, Job] = {}
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False

    def new(self) -> Job:
        """A job with an empty folder of its own, not yet in the queue. Raises ProblemError (429) where many wait."""
        with self._news:
            waiting = sum(not job.over for job in self._jobs.values())
        if waiting >= self._limits.jobs:
            raise ProblemError(429, "Too many uploads are waiting. Wait until some are read.", {"Retry-After": "10"})
        folder = Path(tempfile.mkdtemp(prefix="whoholds-upload-"))
        return Job(secrets.token_hex(8), folder, [], _now())

    def put(self, job: Job) -> None:
        """Into the queue."""
        with self._news:
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.over][: -self._limits.jobs]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="whoholds-jobs", daemon=True)
                self._thread.start()
            self._news.notify_all()

    def drop(self, job: Job) -> None:
        """Forget a job that never came into the queue."""
        shutil.rmtree(job.folder, ignore_errors=True)

    def get(self, job_id: str) -> Job:
        """Raises ProblemError (404) where there is none."""
        with self._news:
            found = self._jobs.get(job_id)
        if found is None:
            raise ProblemError(404, "There is no such job; jobs are forgotten when the server ends.")
        return found

    def all(self) -> list[Job]:
        """The latest first."""
        with self._news:
            return list(self._jobs.values())[::-1]

    def stop(self, job_id: str) -> Job:
        job = self.get(job_id)
        job.stop = True
        return job

    def close(self) -> None:
        self._closing = True
        with self._news:
            self._news.notify_all()
        if self._thread:
            self._thread.join(30)
        self._end_reader()
        for job in self._jobs.values():
            self.drop(job)

    # ---- inside

    def _work(self) -> None:
        while not self._closing:
            with self._news:
                job = next((one for one in self._jobs.values() if one.state is JobState.WAITING), None)
                if job is None:
                    if not self._news.wait(IDLE_S):
                        self._end_reader()  # it holds some hundred megabytes
                    continue
            try:
                self._run(job)
                state = JobState.STOPPED if job.stop or self._closing else JobState.DONE
            except WhoholdsError as error:
                job.fault, state = str(error), JobState.FAILED
                self._end_reader()
            except Exception:
                log.exception("reports could not be read")
                job.fault, state = "a fault of whoholds itself; the server's own output says more", JobState.FAILED
                self._end_reader()
            if not self._closing:
                self._done()
            job.ended, job.state = _now(), state
            self.drop(job)

    def _run(self, job: Job) -> None:
        if job.stop:
            return
        job.state = JobState.READING
        of_inputs: list[Issue] = []
        self._ledger.add_issues(job.issues)  # of files that were not taken
        try:
            self._read = self._read or self.make_reader()
            found = self.open(job.folder, of_inputs.append, job.count, lambda: job.stop or self._closing)
            for reading in self._read(_told(report, job) for report in found):
                self._take(job, reading)
                if job.stop or self._closing:
                    self._end_reader()  # its processes may be in the middle of a report
                    break
        finally:
            told = [replace(issue, source=_plain(issue.source, job)) for issue in of_inputs]
            self._ledger.add_issues(told)
            job.issues = [*told, *job.issues][:MAX_ISSUES]
        for joined in join_spellings(self._ledger):
            message = f"{joined.one} and {joined.other} are taken for one person: {joined.reason}"
            job.issues.append(Issue("one-person", message, joined.one))

    def _take(self, job: Job, reading: Reading) -> None:
        job.done += 1
        job.issues = [*job.issues, *reading.issues][:MAX_ISSUES]
        if set_aside(reading):
            self._ledger.add_issues(reading.issues)
        elif self._ledger.add(reading):
            job.reports_new += 1
            job.claims += len(reading.claims)
            job.places |= {place_key(claim.place): claim.place.name for claim in reading.claims}
        else:
            job.reports_known += 1

    def _pool(self) -> Read:
        self._open_pool = Pool(1)
        return self._open_pool.read

    def _end_reader(self) -> None:
        pool, self._open_pool, self._read = self._open_pool, None, None
        if pool is not None:
            with suppress(OSError):
                pool.__exit__(None, None, None)


def _told(report: Report, job: Job) -> Report:
    """The report without the temporary folder in what it says of where it was read."""
    return replace(report, source=_plain(report.source, job))


def _plain(source: str, job: Job) -> str:
    return re.sub(rf"{re.escape(str(job.folder))}(?:/\d{{4}}(?=/))?/?", "added: ", source)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
