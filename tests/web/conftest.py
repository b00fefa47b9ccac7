"""A small ledger behind the application, asked through Starlette's client: no socket, no port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from whoholds import sources
from whoholds.alone import Alone
from whoholds.ledger import Ledger
from whoholds.model import Issue, Report, Voice
from whoholds.web.app import create_app
from whoholds.web.settings import Settings

API = "/api/v1"
HOST = "127.0.0.1:8765"
TODAY = date(2016, 6, 1)


def fill(store: Ledger, factory: Any) -> list[Any]:
    """A town that changes hands, one that sources differ on, one that no gazetteer has; and a fault."""
    colonel = Voice("Col. Amin Saleh", "colonel", side="gov:IRQ")
    claims = [
        factory.claim("holds", "islamic-state", "Ramadi", "2015-06-01", published="2015-06-02", label="a.txt"),
        factory.claim("gains", "gov:IRQ", "Ramadi", "2016-02-09", published="2016-02-10", label="b.txt", voice=colonel),
        factory.claim(
            "gains", "gov:IRQ", "Ramadi", "2016-02-09", published="2016-02-11", label="c.txt", confidence=0.3
        ),
        factory.claim("holds", "islamic-state", "Rutba", "2016-03-01", published="2016-03-02", label="d.txt"),
        factory.claim("gains", "gov:IRQ", "Rutba", "2016-03-01", published="2016-03-03", label="e.txt", confidence=0.4),
        factory.claim("contests", "islamic-state", "Ghnayman", "2016-03-05", published="2016-03-06", label="f.txt"),
    ]
    factory.store(store, *claims)
    store.add_issues([Issue("empty", "the file is empty; nothing was read", "empty.txt")])
    return claims


@pytest.fixture
def claims(tmp_path: Path, factory: Any) -> list[Any]:
    """Those in the ledger at `tmp_path / "test.db"`."""
    with Ledger.open(tmp_path / "test.db") as store:
        return fill(store, factory)


@pytest.fixture
def serve(tmp_path: Path, claims: list[Any]) -> Iterator[Callable[..., TestClient]]:  # noqa: ARG001 - fills the ledger
    """Starts the application with other settings than the usual; its index is ready."""
    with ExitStack() as stack:

        def start(**settings: Any) -> TestClient:
            app = create_app(Settings(tmp_path / "test.db", today=TODAY, **settings), tmp_path / "index")
            client = stack.enter_context(TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False))
            app.state.desk.index.refresh(60)
            return client

        yield start


@pytest.fixture
def client(serve: Callable[..., TestClient]) -> TestClient:
    return serve()


@pytest.fixture
def writing(serve: Callable[..., TestClient], fake_reader: Any) -> Callable[..., TestClient]:
    """Starts it with --write, and with the tests' reader in this process."""

    def start(**settings: Any) -> TestClient:
        client = serve(write=True, **settings)
        jobs = client.app.state.desk.jobs  # type: ignore[attr-defined]
        jobs.make_reader = lambda: lambda reports: Alone(fake_reader()).read(reports)
        jobs.open = in_this_process
        return client

    return start


@pytest.fixture
def writer(writing: Callable[..., TestClient]) -> TestClient:
    return writing()


def in_this_process(folder: Path, on_issue: Any, on_count: Any, _stopped: Any) -> Iterator[Report]:
    """As `web.decoding.reports_in`, without a process."""
    on_count(sources.count([str(folder)]))
    yield from sources.reports([str(folder)], on_issue)


@pytest.fixture(scope="session")
def web_fill(factories: Any) -> Callable[[Ledger], Any]:
    """Fills a ledger as `claims` does."""
    return lambda store: fill(store, factories())
