"""The commands put together, and what all of them do when something goes wrong."""

from __future__ import annotations

import contextlib
import os
import sys
from importlib import import_module
from typing import Any

import click

from whoholds.cli.output import say
from whoholds.errors import WhoholdsError

FAILED = 2
INTERRUPTED = 130
PIPE_CLOSED = 141
"""128 and the signal's number, as shells count it: SIGINT, SIGPIPE."""


VERBS = {
    "read": "whoholds.cli.read",
    "watch": "whoholds.cli.watch",
    "serve": "whoholds.cli.serve",
    "who": "whoholds.cli.who",
    "timeline": "whoholds.cli.timeline",
    "why": "whoholds.cli.why",
    "changes": "whoholds.cli.changes",
    "rollup": "whoholds.cli.rollup",
    "compare": "whoholds.cli.compare",
    "copies": "whoholds.cli.copies",
    "map": "whoholds.cli.map_",
    "brief": "whoholds.cli.brief",
    "voices": "whoholds.cli.voices",
    "persons": "whoholds.cli.voices",
    "review": "whoholds.cli.review",
    "claims": "whoholds.cli.claims",
    "annotate": "whoholds.cli.annotate",
    "export": "whoholds.cli.export",
    "gazetteer": "whoholds.cli.gazetteer",
    "verify": "whoholds.cli.verify",
    "ledger": "whoholds.cli.ledger",
}
"""Each verb and the module that has it, in the order of the work."""
_FUNCTIONS = {"map": "map_"}
"""Where a function has not its verb's name, which is Python's own."""


class Verbs(click.Group):
    """The group of commands: a fault of the caller is one clear message, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except WhoholdsError as error:
            say(str(error))
            code = FAILED
        except (KeyboardInterrupt, click.Abort):
            say("Stopped.")
            code = INTERRUPTED
        except BrokenPipeError:
            code = PIPE_CLOSED
        except OSError as error:
            # What is not caught where it happens: standard output on a full disk.
            say(not_written(error))
            code = FAILED
        _drop_output()
        return ctx.exit(code)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order of the work, not of the alphabet."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The verb of that name; its module is read only now, so that no verb waits for the others."""
        if cmd_name not in VERBS:
            return None
        found: click.Command = getattr(import_module(VERBS[cmd_name]), _FUNCTIONS.get(cmd_name, cmd_name))
        return found


def not_written(error: OSError) -> str:
    """What to say of a fault of the system that nobody nearer to it has explained."""
    if error.filename:
        return f"Cannot go on: {error.filename}: {error.strerror or error}."
    return f"Cannot write the output: {error.strerror or error}. What was written of it is not complete."


def _drop_output() -> None:
    """Let nothing more be written where nobody reads, or Python complains about it as it ends."""
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"whoholds {version('whoholds')}")
        ctx.exit()


@click.group(name="whoholds", cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, callback=_version, is_eager=True, expose_value=False, help="Print the version and stop."
)
def app() -> None:
    """Who holds which town, when, and according to whom.

    Reads reports of armed conflict and keeps a sourced record of who held what: every answer opens to the words it
    rests on. A record of what was publicly reported; not for targeting, for clearing movements or for judging persons.
    """
