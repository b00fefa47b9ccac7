"""`whoholds serve`: the local application."""

from __future__ import annotations

import click

from whoholds.cli.options import LedgerAt, ledger_option, me
from whoholds.cli.output import say
from whoholds.errors import WhoholdsError


@click.command
@ledger_option
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8765, help="0: any free one.")
@click.option("--write", is_flag=True, help="Take judgements and new reports; left out, the server only shows.")
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    help="The address to listen on; any but this machine's own asks everybody for a token.",
)
@click.option(
    "--token",
    metavar="TEXT",
    envvar="WHOHOLDS_TOKEN",
    help="What requests must show; better in WHOHOLDS_TOKEN, where no list of processes shows it.",
)
@click.option("--allow-host", "names", metavar="NAME", multiple=True, help="A name that the server is reached by.")
@click.option("--tiles", metavar="URL", help="Map tiles from elsewhere, with {z}, {x} and {y}; left out, none.")
@click.option("--by", metavar="WHO", default="", help="Who judges; left out, the name you are logged in with.")
@click.option("--open", "show", is_flag=True, help="Open the page in the browser.")
def serve(
    ledger: LedgerAt,
    port: int,
    write: bool,
    host: str,
    token: str | None,
    names: tuple[str, ...],
    tiles: str | None,
    by: str,
    show: bool,
) -> None:
    """Open the ledger in the browser.

    Map, time, reasons, tables, review, and adding reports; docs/serve.md tells of each. It answers on this machine
    only, and sends nothing anywhere. Ctrl-C ends it. The first time, a large ledger takes minutes to index; the page
    says how far it is.
    """
    try:
        from whoholds.web.server import Address, run
    except ImportError as error:
        raise WhoholdsError(
            f"`whoholds serve` needs {error.name}. Install it with: pip install 'whoholds[serve]'"
        ) from error

    def ready(address: str) -> None:
        say(f"The ledger is served at {address}")
        say("It takes judgements and reports." if write else "It only shows; --write takes judgements and reports.")
        say("Ctrl-C ends it.")
        if show:
            click.launch(address)

    run(ledger, Address(host, port, names), write=write, token=token, tiles=tiles, reviewer=by or me(), ready=ready)
