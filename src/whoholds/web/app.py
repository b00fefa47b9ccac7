"""The application put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from whoholds.web import problems, static
from whoholds.web.desk import Desk
from whoholds.web.guard import Guard
from whoholds.web.routes import answers, intake, meta, names, place, review, tables
from whoholds.web.settings import Settings
from whoholds.web.shapes import Problem

API = "/api/v1"
PROBLEM = "#/components/schemas/Problem"
ABOUT = """The record of one ledger: who holds what, when, and according to whom.

The answers are those of the command line. Read-only unless the server was started with `--write`. Errors are problem
documents (RFC 9457). A record of what was publicly reported; not for targeting, for clearing movements or for judging
persons.
"""
ERRORS = {
    400: "The request makes no sense for this ledger.",
    401: "The token is missing or wrong.",
    403: "Not from this page, or the server only shows.",
    404: "There is no such thing in the ledger.",
    409: "It was changed or judged meanwhile.",
    413: "The request is too large.",
    422: "A parameter or field is wrong.",
    429: "Too much is under way.",
    503: "The index is being built, the ledger cannot be used, or the question takes too long.",
}


def create_app(settings: Settings, index_folder: Path | None = None) -> FastAPI:
    """The application over the settings' ledger. Raises LedgerError where there is none.

    `index_folder`: where the ledger's index lies, else the cache. The index is built once the application runs.
    """
    desk = Desk(settings, index_folder)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.close()

    app = FastAPI(
        title="whoholds",
        version=version("whoholds"),
        description=ABOUT,
        openapi_url=f"{API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        responses={
            status: {"description": says, "content": {problems.MEDIA: {"schema": {"$ref": PROBLEM}}}}
            for status, says in ERRORS.items()
        },
    )
    app.state.desk = desk
    app.openapi = lambda: _description(app)  # type: ignore[method-assign]
    problems.install(app)
    for routes in (meta, answers, names, place, tables, review, intake):
        app.include_router(routes.router, prefix=API)
    static.install(app)
    app.add_middleware(Guard, settings=settings)
    return app


def _description(app: FastAPI) -> dict[str, Any]:
    """FastAPI's own, with the shape of problem documents, which no path gives as its answer."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        made["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        app.openapi_schema = made
    return app.openapi_schema
