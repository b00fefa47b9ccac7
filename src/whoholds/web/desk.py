"""What the paths work with: the settings, the ledger, its index, and the reports being read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from starlette.responses import Response

from whoholds.exports.text import to_json
from whoholds.index import Index
from whoholds.index.build import BASE, key_of
from whoholds.index.courses import held
from whoholds.index.index import NotReadyError
from whoholds.index.schema import TooLongError
from whoholds.ledger import Ledger
from whoholds.views.colours import actor_colours
from whoholds.web.jobs import Jobs
from whoholds.web.problems import ProblemError
from whoholds.web.settings import Settings

HEAVY = 4
"""Questions at a time that are worked out from claims, and not looked up."""


class Desk:
    """One for each application; safe to share between threads."""

    def __init__(self, settings: Settings, index_folder: Path | None = None) -> None:
        """Raises LedgerError where there is no ledger."""
        self.settings = settings
        self.ledger = Ledger.open(settings.ledger, create=False)
        self.index = Index(self.ledger, index_folder)
        self.jobs = Jobs(self.ledger, settings.limits, done=self.index.refresh)
        self._heavy = threading.BoundedSemaphore(HEAVY)
        self._kept: dict[str, tuple[str, Any]] = {}

    def start(self) -> None:
        self.index.start()

    def close(self) -> None:
        self.jobs.close()
        self.index.close()
        self.ledger.close()

    @property
    def today(self) -> date:
        return self.settings.today or date.today()

    @contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """The index, for a bounded time. Raises ProblemError (503) while it is built or where it takes too long."""
        with self.waiting(), self.index.reading(self.settings.limits.query_seconds) as connection:
            yield connection

    @contextmanager
    def working(self) -> Iterator[None]:
        """For what takes long: few at a time, so that the others are still answered. Raises ProblemError (429)."""
        if not self._heavy.acquire(timeout=self.settings.limits.query_seconds):
            raise ProblemError(429, "The server is busy with other questions; ask again.", {"Retry-After": "2"})
        try:
            yield
        finally:
            self._heavy.release()

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What the index cannot answer yet, or not in time, as a problem."""
        try:
            yield
        except NotReadyError as error:
            raise ProblemError(503, f"Not ready yet: {error}.", {"Retry-After": "1"}) from error
        except TooLongError as error:
            raise ProblemError(
                503, "The question takes too long; ask for less, with a filter or more words."
            ) from error

    def kept(self, name: str, make: Callable[[], Any]) -> Any:
        """What `make` gives, made again when the index's version has changed. Two threads may both make it: no harm."""
        version = self.index.progress.version
        found = self._kept.get(name)
        if found is None or found[0] != version:
            found = self._kept[name] = (version, make())
        return found[1]

    def colours(self) -> dict[str, str]:
        """A colour for each actor that holds or held a place: the same for every day and view of one ledger."""
        found: dict[str, str] = self.kept("colours", self._colours)
        return found

    def _colours(self) -> dict[str, str]:
        with self.asking() as connection:
            return actor_colours(held(connection, key_of(BASE)))


def reply(value: Any, status: int = 200, *, version: str | None = None) -> Response:
    """JSON. What comes from reports may hold stray surrogates and signs that steer a terminal: they are escaped."""
    headers = (
        {"Cache-Control": "no-cache"} if version is None else {"Cache-Control": "no-cache", "ETag": f'"{version}"'}
    )
    return Response(to_json(value), status, headers, "application/json")
