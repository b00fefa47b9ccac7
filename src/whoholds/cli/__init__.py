"""The command line: `whoholds VERB`. One file a verb; heavy imports stand inside the verbs that need them."""


def main() -> None:
    """Entry point of the `whoholds` command."""
    from whoholds.cli.app import app

    app(prog_name="whoholds")
