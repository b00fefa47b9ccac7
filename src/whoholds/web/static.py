"""The page and its files: those of the package's own folder, by name, and nothing else of this machine."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from whoholds.web.problems import problem

TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
}
INDEX = "index.html"
NOT_BUILT = (
    "The application's page has not been built. It is part of every release; in a working copy, install Node.js and "
    "run: python hatch_build.py. The API answers at /api/v1/."
)


SHARED = ("worker.js", "borders.json", "licences.txt")
"""Files that the map in one file has too: they are in the package once, with it."""


@cache
def names() -> frozenset[str]:
    """The files that may be asked for. Listed once: nothing of a request ever becomes a path."""
    folder = files("whoholds.web") / "assets"
    if not folder.is_dir():
        return frozenset()
    own = {one.name for one in folder.iterdir() if one.is_file() and _suffix(one.name) in TYPES}
    return frozenset(own.union(SHARED))


async def page(request: Request) -> Response:
    """The page, at every path without a dot: what the path says is the page's own business."""
    if "." in request.url.path.rsplit("/", 1)[-1] or request.url.path.startswith("/api"):
        return problem(404, "There is nothing at this address.")
    return _file(INDEX) if INDEX in names() else problem(503, NOT_BUILT)


async def asset(request: Request) -> Response:
    """A file of the page."""
    name = request.path_params["name"]
    return _file(name) if name in names() else problem(404, "There is no such file.")


def install(app: Starlette) -> None:
    app.router.routes.append(Route("/assets/{name}", asset, methods=["GET"]))
    app.router.routes.append(Route("/{path:path}", page, methods=["GET"]))


def _file(name: str) -> Response:
    content = _content(name)
    return Response(content, media_type=TYPES[_suffix(name)], headers={"Cache-Control": "no-cache"})


@cache
def _content(name: str) -> bytes:
    package = "whoholds.exports" if name in SHARED else "whoholds.web"
    return (files(package) / "assets" / name).read_bytes()


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].lower() if dot > 0 else ""
