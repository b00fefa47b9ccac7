"""Errors as problem documents (RFC 9457): what is wrong and what to do, never a trace."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from html import escape
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from whoholds.errors import LedgerError, WhoholdsError
from whoholds.exports.text import clean
from whoholds.web.shapes import Problem

MEDIA = "application/problem+json"
MAX_ERRORS = 20
log = logging.getLogger("whoholds.web")


class ProblemError(Exception):
    """A request that gets no answer."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def problem(
    status: int, detail: str = "", errors: list[str] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """The document. What of it comes from a request or a report is text without control characters."""
    said = Problem(title=HTTPStatus(status).phrase, status=status, detail=clean(detail), errors=errors or [])
    return JSONResponse(said.model_dump(), status, headers=dict(headers or {}), media_type=MEDIA)


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} · whoholds</title>
<h1>{title}</h1>
{said}
</html>
"""


def page(status: int, title: str, *said: str) -> Response:
    """The same for people who opened the page: its title, and a paragraph of text each."""
    paragraphs = "\n".join(f"<p>{escape(clean(one))}</p>" for one in said)
    return HTMLResponse(PAGE.format(title=escape(title), said=paragraphs), status, {"Cache-Control": "no-store"})


def install(app: FastAPI) -> None:
    """Every error of the application as a problem document."""

    @app.exception_handler(ProblemError)
    async def ours(_request: Request, error: ProblemError) -> Response:
        return problem(error.status, error.detail, headers=error.headers)

    @app.exception_handler(HTTPException)
    async def http(_request: Request, error: HTTPException) -> Response:
        detail = "" if error.detail == HTTPStatus(error.status_code).phrase else str(error.detail)
        return problem(error.status_code, detail, headers=error.headers)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> Response:
        # Without the values themselves: they may be long, or secret.
        found = [f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()[:MAX_ERRORS]]
        return problem(422, "The request is not as the API wants it; `errors` says where.", [clean(f) for f in found])

    @app.exception_handler(LedgerError)
    async def ledger(_request: Request, error: LedgerError) -> Response:
        log.warning("%s", error)
        return problem(503, str(error))

    @app.exception_handler(WhoholdsError)
    async def fault(_request: Request, error: WhoholdsError) -> Response:
        return problem(400, str(error))

    @app.exception_handler(Exception)
    async def bug(_request: Request, error: Exception) -> Response:
        log.error("a fault of whoholds", exc_info=error)
        return problem(500, "A fault of whoholds itself; the server's own output says more. Please report it.")
