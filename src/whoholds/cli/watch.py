"""`whoholds watch`: the same sources read again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import click

from whoholds.cli.options import FILE, Argument, today_option
from whoholds.cli.output import say
from whoholds.cli.read import NOTHING_DONE, Tally, read_all
from whoholds.cli.reading import Session
from whoholds.errors import InputError, LedgerError, WhoholdsError
from whoholds.intake import Options
from whoholds.model import Issue

if TYPE_CHECKING:
    from whoholds.ledger import Ledger
    from whoholds.sources.web import Fetcher
    from whoholds.watch.config import Config, Source
    from whoholds.watch.schedule import Schedule

LONGEST_SLEEP = 30.0
"""Seconds; the clock of a laptop that slept is looked at again."""


@click.command
@click.argument(
    "config",
    cls=Argument,
    required=True,
    metavar="CONFIG",
    type=FILE,
    help="The YAML file that says what to watch (docs/watch.md).",
)
@click.option("--once", is_flag=True, help="Read what is due now and stop, for a scheduler such as cron.")
@today_option
def watch(config: Path, once: bool, today: date | None) -> None:
    """Read feeds, web pages and folders again and again.

    What is due is read into the ledger; pages that did not change are not fetched again, and a source that fails is
    tried more and more seldom. Ctrl-C stops at any moment; the same command goes on from there.
    """
    from whoholds.ledger import Ledger
    from whoholds.watch.config import load
    from whoholds.watch.schedule import Schedule

    settings = load(config)
    beside = settings.ledger if isinstance(settings.ledger, Path) else config
    memory = beside.with_name(beside.name + ".watch.json")
    schedule = Schedule(settings, memory)
    with Ledger.open(settings.ledger) as store:
        while True:
            due = list(schedule.due(datetime.now(UTC)))
            whole = _rounds(due, settings, schedule, store, today)
            if due:
                whole = _share(settings, store, today) and whole
            if once:
                if not due:
                    say("Nothing is due.")
                raise click.exceptions.Exit(0 if whole else NOTHING_DONE)
            sleep(min(schedule.wait(datetime.now(UTC)).total_seconds(), LONGEST_SLEEP))


def _rounds(due: Sequence[Source], settings: Config, schedule: Schedule, store: Ledger, today: date | None) -> bool:
    """Every source that is due, once. Whatever is wrong with one is said, and the others go on.

    Whether the ledger took all that came.
    """
    from whoholds.sources.web import Fetcher, Limits

    whole = True
    with Fetcher(Limits(private=settings.private_network)) as fetcher:
        for source in due:
            fetcher.state = schedule.memory(source, datetime.now(UTC)).answers
            try:
                failed = _round(source, fetcher, store, today)
            except LedgerError as error:
                fetcher.state.clear()  # what was fetched was not stored, and has to come again
                say(f"{source.name}: {error}")
                failed, whole = True, False
            schedule.done(source, datetime.now(UTC), failed=failed)
    return whole


def _round(source: Source, fetcher: Fetcher, store: Ledger, today: date | None) -> bool:
    """One source, once. Whether it failed."""
    options = Options(most=source.most)
    tally, session = Tally(), Session((source.name,), show_bar=False, options=options, fetcher=fetcher, today=today)
    try:
        read_all(session, tally, store)
    except InputError as error:
        say(f"{source.name}: {error}")
        return True
    say(f"{source.name}: {tally.reports_new} new reports, {tally.claims} claims, {session.skipped} known before")
    session.list_issues()
    return _failed(session.of_inputs.kept, source)


def _failed(issues: Sequence[Issue], source: Source) -> bool:
    """Whether the source itself could not be had; a page of it that is gone is no reason to ask it less often."""
    return any(
        issue.code in ("not-fetched", "bad-feed", "bad-sitemap") and issue.source == source.name for issue in issues
    )


def _share(settings: Config, store: Ledger, today: date | None) -> bool:
    """The map for others: as known so many days ago, counted from `today` where it is given. Whether it was written."""
    from whoholds.exports.map import write_map
    from whoholds.views.mapdata import map_data

    if settings.share is None:
        return True
    now = datetime.combine(today, time.max, UTC) if today else datetime.now(UTC)
    known = (now - settings.share.delay).date()
    try:
        write_map(settings.share.map, map_data(store, known, known))
    except WhoholdsError as error:
        say(str(error))
        return False
    say(f"{settings.share.map}: as known on {known}")
    return True
