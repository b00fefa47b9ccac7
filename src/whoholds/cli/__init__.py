"""The command line: `whoholds VERB`. One file a verb; heavy imports stand inside the verbs that need them."""

import gc

COLLECT_EVERY = 100_000
"""Objects made between two runs of the garbage collector. Python's 700 cost a quarter of the start: nearly all that is
made there (modules, the lexicon) stays."""


def main() -> None:
    """Entry point of the `whoholds` command."""
    gc.set_threshold(COLLECT_EVERY, 50, 50)
    from whoholds.cli.app import app

    app(prog_name="whoholds")
