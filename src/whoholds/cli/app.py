"""The commands put together, and what all of them do when something goes wrong."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from whoholds.cli import annotate, claims, map_, read, timeline, who
from whoholds.cli.output import say
from whoholds.errors import WhoholdsError

FAILED = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
"""128 and the signal's number, as shells count it: SIGINT, SIGPIPE."""


class Verbs(TyperGroup):
    """The group of commands: a fault of the caller is one clear message, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except WhoholdsError as error:
            say(str(error))
            code = FAILED
        except KeyboardInterrupt:
            say("Stopped.")
            code = INTERRUPTED
        except BrokenPipeError:
            code = PIPE_CLOSED
        except OSError as error:
            # What is not caught where it happens: standard output on a full disk.
            say(f"Cannot go on: {error.strerror or error}{f' ({error.filename})' if error.filename else ''}.")
            code = FAILED
        _drop_output()
        raise typer.Exit(code)


def _drop_output() -> None:
    """Let nothing more be written where nobody reads, or Python complains about it as it ends."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"whoholds {version('whoholds')}")
        raise typer.Exit


app = typer.Typer(
    name="whoholds",
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def whoholds(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Who holds which town, when, and according to whom.

    Reads reports of armed conflict and keeps a sourced record of who held what: every answer opens to the words it
    rests on. A record of what was publicly reported; not for targeting, for clearing movements or for judging persons.
    """


app.command("read")(read.read)
app.command("who")(who.who)
app.command("timeline")(timeline.timeline)
app.command("map")(map_.map_)
app.command("claims")(claims.claims)
app.command("annotate")(annotate.annotate)
