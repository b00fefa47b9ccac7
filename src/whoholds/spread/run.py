"""All parts of a plan, one after the other on this machine or side by side on a Dask cluster."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.errors import WhoholdsError
from whoholds.interrupt import held
from whoholds.pool import cores
from whoholds.spread.part import Done, do, do_all, finished
from whoholds.spread.plan import MANIFEST, Job, Part, Plan, keep, record
from whoholds.whole import written_whole

if TYPE_CHECKING:
    from distributed import Client

OnPart = Callable[[Done], None]
RETRIES = 3
"""Times that a part is begun anew whose worker died."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Who reads."""

    dask: bool = False
    scheduler: str | None = None
    """The address of a running cluster's scheduler, or the file that it wrote; None: a cluster made for the run."""
    processes: int | None = None
    """Of this machine; None: one for each core."""


def run(plan: Plan, engine: Engine, on_part: OnPart) -> dict[str, Any]:
    """Read every part that is not there yet, and write the manifest. `on_part` hears of each, in any order.

    Returns the manifest. Raises InputError where the folder is of another plan, WhoholdsError where parts could not be
    read: the others are there, and the same call goes on with those that are not.
    """
    keep(plan)
    done: dict[str, Done] = {}
    waiting: list[Part] = []
    for part in plan.parts:
        if found := finished(plan.job, part):
            done[part.name] = found
            on_part(found)
        else:
            waiting.append(part)
    # Closed at once where `on_part` stops it: the readers are in the middle of something.
    with closing((_dask if engine.dask else _here)(plan.job, waiting, engine)) as parts:
        for found in parts:
            done[found["part"]] = found
            on_part(found)
    return _manifest(plan, [done[part.name] for part in plan.parts])


def _here(job: Job, parts: Sequence[Part], engine: Engine) -> Generator[Done]:
    if parts:
        yield from do_all(job, parts, engine.processes or cores())


def _dask(job: Job, parts: Sequence[Part], engine: Engine) -> Generator[Done]:
    if not parts:
        return
    with _client(engine) as client:
        from distributed import as_completed

        futures = {
            client.submit(do, job, part, key=f"{part.name}-{job.key}", pure=False, retries=RETRIES): part
            for part in parts
        }
        lost: list[str] = []
        for future in as_completed(futures):
            if future.status == "finished":
                yield future.result()
                future.release()
                continue
            error = future.exception()
            if isinstance(error, WhoholdsError):
                raise error
            lost.append(f"{futures[future].name}: {type(error).__name__}: {str(error)[:200]}")
    if lost:
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        raise WhoholdsError(f"A part could not be read{more}: {lost[0]}. Give the same command again for these alone.")


@contextmanager
def _client(engine: Engine) -> Iterator[Client]:
    """A client of the cluster that was named, or of one made for the run, with one reader for each core."""
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        raise WhoholdsError("Dask is not installed. Install it with: pip install 'whoholds[dask]'") from None
    quiet = {"distributed.logging.distributed": "critical", "distributed.admin.log-format": "%(message)s"}
    # Workers look at their own threads a hundred times a second otherwise, for a page that is not shown.
    dask.config.set(quiet | {"distributed.worker.profile.enabled": False})
    if engine.scheduler is None:
        with held():  # what Dask begins; it would end in the middle of things, with all their traces
            cluster = LocalCluster(
                n_workers=engine.processes or cores(),
                threads_per_worker=1,
                memory_limit=0,  # a reader bounds its own (pool.MEMORY)
                dashboard_address=None,
                host="127.0.0.1",
                silence_logs="CRITICAL",  # a part that fails is told of by `_dask`
            )
        with cluster, Client(cluster) as client:
            yield client
        return
    is_file = "://" not in engine.scheduler and os.path.exists(engine.scheduler)  # noqa: PTH110
    try:
        client = Client(**({"scheduler_file": engine.scheduler} if is_file else {"address": engine.scheduler}))
    except (OSError, ValueError, TimeoutError) as error:
        raise WhoholdsError(
            f"{engine.scheduler}: no scheduler answers there ({error or type(error).__name__}). Check the address, for "
            "example tcp://node1:8786."
        ) from error
    with client:
        yield client


def _manifest(plan: Plan, done: Sequence[Done]) -> dict[str, Any]:
    """What is in the folder, written last: where it is there, everything is. It names no moment and no machine."""
    totals: Counter[str] = Counter()
    for one in done:
        totals.update(one["counts"])
    made = record(plan)
    manifest = {name: made[name] for name in ("program", "made_by", "columns", "today")} | {
        "job": plan.job.key,
        "counts": dict(sorted(totals.items())),
        "parts": [{name: one[name] for name in ("part", "counts", "files")} for one in done],
    }
    for half in Path(plan.job.folder).glob("*/.part-*.part"):  # of readers that were killed as they wrote
        half.unlink(missing_ok=True)
    path = Path(plan.job.folder) / MANIFEST
    text = json.dumps(manifest, indent=1) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        with written_whole(path) as new:
            new.write_text(text, encoding="utf-8")
    return manifest
