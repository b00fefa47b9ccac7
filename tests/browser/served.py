"""The application on a real server over a ledger of its own, for the browser's tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn
from pages import AppPage

from whoholds.ledger import Ledger
from whoholds.web.app import create_app
from whoholds.web.settings import Settings

Opener = Callable[..., AppPage]


class Served:
    """The application on a free port of this machine, until it is stopped."""

    def __init__(self, folder: Path, fill: Callable[[Ledger], None], **settings: Any) -> None:
        path = self.path = folder / "war.db"
        with Ledger.open(path) as ledger:
            fill(ledger)
        self.app = create_app(Settings(path, reviewer="ana", **settings), folder / "index")
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        self.server = uvicorn.Server(uvicorn.Config(self.app, log_level="warning", ws="none"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        # Else the browser notes that the first question was put off.
        until = time.monotonic() + 300
        while not self.app.state.desk.index.progress.ready:
            assert time.monotonic() < until, self.app.state.desk.index.progress
            time.sleep(0.05)

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=20)
