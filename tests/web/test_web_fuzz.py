"""The API asked whatever its own description allows, and much that it does not: never a fault of the server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from whoholds.alone import Alone
from whoholds.ledger import Ledger
from whoholds.web.app import create_app
from whoholds.web.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


@asynccontextmanager
async def _nothing(_app: Any) -> AsyncIterator[None]:
    yield


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory, web_fill: Any, fake_reader_class: Any) -> Iterator[Any]:
    """An application that takes everything, over a small ledger."""
    folder: Path = tmp_path_factory.mktemp("fuzz")
    with Ledger.open(folder / "test.db") as store:
        web_fill(store)
    app = create_app(Settings(folder / "test.db", write=True, hosts=("testserver", "localhost")), folder / "index")
    app.router.lifespan_context = _nothing  # every call would start and end the application
    desk = app.state.desk
    desk.index.bring()
    desk.jobs.make_reader = lambda: lambda reports: Alone(fake_reader_class()).read(reports)
    desk.jobs.open = lambda *_: iter(())  # what is in the files is not what is tested
    yield app
    desk.close()


schema = schemathesis.openapi.from_path(ROOT / "docs/openapi.json")


CHECKS = (not_a_server_error, content_type_conformance, response_schema_conformance)


@schema.parametrize()
@settings(max_examples=12, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), database=None)
def test_no_request_breaks_the_server(api: Any, case: Any) -> None:
    """Each request as it was made up, and again about things that are there."""
    for known in (False, True):
        if known and not _about_what_is_there(case, api.state.desk.ledger):
            return
        answer = case.call(app=api, timeout=120)
        if answer.status_code == 503:  # too long, or not ready: said so, and no fault
            assert answer.headers["content-type"][0] == "application/problem+json"
        else:
            case.validate_response(answer, checks=CHECKS)


def _about_what_is_there(case: Any, store: Ledger) -> bool:
    """Put ids that the ledger has in place of made-up ones; False where there are none to put."""
    claim = next(store.claims())
    there = {
        "id": "test:ramadi",
        "place": "test:ramadi",
        "place_id": "test:ramadi",
        "claim_id": claim.id,
        "claim": claim.id,
        "report_id": claim.report_id,
        "copy_of": claim.report_id,
        "report": claim.report_id,
    }
    put = False
    for part in (case.query, case.path_parameters, case.body):
        if isinstance(part, dict):
            for name in {*part} & {*there}:
                part[name], put = there[name], True
    return put
