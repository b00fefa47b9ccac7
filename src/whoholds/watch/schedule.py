"""What is remembered between rounds: when each source is due, how often it failed, and what its server said of change.

Kept as JSON beside the ledger, replaced whole after each source, so that a stop at any moment costs one fetch at most.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from whoholds.errors import InputError
from whoholds.watch.config import Config, Source

LONGEST = timedelta(days=1)
"""Between two tries of a source that fails."""
ANSWERS = 10_000
"""Addresses of one source that are remembered: those that were met last."""


@dataclass(slots=True)
class Memory:
    """Of one source."""

    due: datetime
    failures: int = 0
    """In a row."""
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    """By address: `etag` and `modified` (`sources.web.fetch.State`)."""


class Schedule:
    """When each source of a configuration is due. `now` moments are in UTC."""

    def __init__(self, config: Config, path: Path) -> None:
        """Raises InputError where `path` is not a file of ours."""
        self._config, self._path = config, path
        self._memory: dict[str, Memory] = _load(path)

    def memory(self, source: Source, now: datetime) -> Memory:
        return self._memory.setdefault(source.name, Memory(due=now))

    def due(self, now: datetime) -> Iterator[Source]:
        """The sources whose time has come, in the order of the file."""
        for source in self._config.sources:
            if self.memory(source, now).due <= now:
                yield source

    def wait(self, now: datetime) -> timedelta:
        """Until the next is due."""
        return max(min(self.memory(s, now).due for s in self._config.sources) - now, timedelta())

    def done(self, source: Source, now: datetime, *, failed: bool) -> None:
        """Sets when the source is due again: after its interval; doubled with each failure in a row, a day at most."""
        memory = self.memory(source, now)
        memory.failures = memory.failures + 1 if failed else 0
        interval = self._config.interval(source)
        pause = interval * 2 ** min(memory.failures, 16)
        memory.due = now + max(interval, min(pause, LONGEST))
        for address in [*memory.answers][:-ANSWERS]:
            del memory.answers[address]
        self._save()

    def _save(self) -> None:
        known = {s.name for s in self._config.sources}
        data = {
            name: {"due": m.due.isoformat(), "failures": m.failures, "answers": m.answers}
            for name, m in sorted(self._memory.items())
            if name in known
        }
        part = self._path.with_name(self._path.name + ".part")
        part.write_text(json.dumps({"whoholds_watch": 1, "sources": data}, indent=1), encoding="utf-8")
        part.replace(self._path)


def _load(path: Path) -> dict[str, Memory]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); delete it to begin anew, nothing of the ledger is in it"
        ) from error
    if not isinstance(data, dict) or "whoholds_watch" not in data:
        raise InputError(f"{path}: not a file of `whoholds watch`; move it away")
    found = {}
    for name, entry in data.get("sources", {}).items():
        with suppress(KeyError, TypeError, ValueError, AttributeError):
            due = datetime.fromisoformat(entry["due"]).astimezone(UTC)
            found[str(name)] = Memory(due, int(entry["failures"]), _answers(entry["answers"]))
    return found


def _answers(found: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {str(url): {str(k): str(v) for k, v in known.items()} for url, known in found.items()}
