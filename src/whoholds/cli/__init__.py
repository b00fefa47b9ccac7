"""The command line: `whoholds VERB`. One file a verb; heavy imports stand inside the verbs that need them."""

import gc
import io
import os
import sys

COLLECT_EVERY = 100_000
"""Objects made between two runs of the garbage collector. Python's 700 cost a quarter of the start: nearly all that is
made there (modules, the lexicon) stays."""


def collect_seldom() -> None:
    """Set the garbage collector for this process, as every command does; a library leaves that to its caller."""
    gc.set_threshold(COLLECT_EVERY, 50, 50)


def main() -> None:
    """Entry point of the `whoholds` command."""
    collect_seldom()
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller, as in a shell's `>&-`
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # an old terminal shows "?" for what it has no letters for
    from whoholds.cli.app import FAILED, app, not_written
    from whoholds.cli.output import say

    try:
        app(prog_name="whoholds")
    except OSError as error:  # outside of any command: the help, on a full disk
        say(not_written(error))
        os._exit(FAILED)  # an ordinary exit would try to write once more
