"""Reading in parts, on one machine or many, for the verbs that do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from whoholds.cli.options import FILE, Command
from whoholds.cli.output import say
from whoholds.cli.progress import Bar
from whoholds.intake import Options

POOL, DASK = "pool", "dask"


@dataclass(frozen=True, slots=True)
class Spread:
    """Where to and by whom, as it was asked for."""

    to: Path
    dask: bool
    scheduler: str | None


def spread_options(command: Command) -> Command:
    """`--to`, `--engine` and `--scheduler`; the command gets `spread`, None where it reads in one go."""

    @wraps(command)
    def run(*args: Any, to: Path | None, engine: str, scheduler: str | None, **kwargs: Any) -> None:
        dask = engine == DASK or scheduler is not None
        if dask and to is None:
            raise click.UsageError("--engine dask and --scheduler need --to FOLDER, where the parts are written.")
        command(*args, spread=Spread(to, dask, scheduler) if to else None, **kwargs)

    made: Command = run
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


_OPTIONS: tuple[Callable[[Command], Command], ...] = (
    click.option(
        "--to",
        metavar="FOLDER",
        type=FILE,
        help="Read in parts, and write claims and readings as Parquet into this folder (docs/scale.md).",
    ),
    click.option(
        "--engine",
        metavar=f"{POOL}|{DASK}",
        type=click.Choice([POOL, DASK]),
        default=POOL,
        help="With --to: who reads, processes of this machine or a Dask cluster, made for the run without --scheduler.",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="With --to: the scheduler of a Dask cluster, tcp://HOST:8786, or the file that it wrote.",
    ),
)


def read_in_parts(
    inputs: Sequence[str], spread: Spread, options: Options, processes: int | None, today: date | None
) -> dict[str, Any]:
    """Read what is not read yet, and tell what it came to. Returns the manifest."""
    from whoholds.pipeline import Reader
    from whoholds.spread.plan import Job, plan
    from whoholds.spread.run import Engine, run

    folder = spread.to.absolute()
    with Bar(None) as setup:
        reader = Reader(progress=setup.setup, today=today)
        job = Job(str(folder), reader.made_by, dict(options.columns), today)
    planned = plan(inputs, job)
    try:
        with Bar(len(planned.parts)) as bar:
            bar.begin("parts")
            manifest = run(planned, Engine(spread.dask, spread.scheduler, processes), lambda _: bar.advance())
    except KeyboardInterrupt:
        say(f"Stopped. The finished parts are in {spread.to}; give the same command again and it goes on from there.")
        raise click.exceptions.Exit(130) from None
    counts = manifest["counts"]
    read = f"{counts.get('reports', 0)} reports with {counts.get('claims', 0)} claims in {len(planned.parts)} parts"
    rest = f"{counts.get('copies', 0)} copies, {counts.get('set aside', 0)} set aside"
    say(f"{spread.to}: {read}; {rest}, {counts.get('issues', 0)} issues of inputs.")
    return manifest
