"""What is served: the ledger, its size, what may be done."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from whoholds.views.mapdata import DISCLAIMER
from whoholds.web.asked import Here
from whoholds.web.desk import Desk, reply
from whoholds.web.shapes import About, Index

router = APIRouter(tags=["about"])


@router.get("/about", response_model=About)
def about(desk: Here) -> Response:
    """What is served."""
    size = desk.kept("about", lambda: _size(desk)) if desk.index.progress.ready else _NOTHING
    settings, limits = desk.settings, desk.settings.limits
    return reply(
        {
            "program": f"whoholds {version('whoholds')}",
            "disclaimer": DISCLAIMER,
            "ledger": Path(desk.ledger.name).name if desk.ledger.is_sqlite else desk.ledger.name,
            **size,
            "index": _index(desk),
            "write": settings.write,
            "tiles": settings.tiles,
            "reviewer": settings.reviewer,
            "limits": {
                "files": limits.files,
                "file_bytes": limits.file_bytes,
                "upload_bytes": limits.upload_bytes,
                "text_characters": limits.text_characters,
                "page": limits.page,
            },
        }
    )


@router.get("/index", response_model=Index)
def index(desk: Here) -> Response:
    """How far the index is; to be asked again while it is not ready."""
    return reply(_index(desk))


_NOTHING: dict[str, object] = {
    "counts": {"reports": 0, "claims": 0, "places": 0, "issues": 0},
    "first_day": None,
    "last_day": None,
    "last_published": None,
    "languages": {},
}


def _index(desk: Desk) -> dict[str, object]:
    p = desk.index.progress
    return {"ready": p.ready, "version": p.version, "fraction": p.fraction, "doing": p.doing, "fault": p.fault}


def _size(desk: Desk) -> dict[str, object]:
    with desk.asking() as connection:

        def one(query: str) -> int:
            return int(connection.execute(query).fetchone()[0] or 0)

        days = connection.execute("SELECT min(day), max(day) FROM days WHERE day != '' AND claims > 0").fetchone()
        published = connection.execute(
            "SELECT max(ifnull(published_end, '')) FROM claims WHERE current = 1"
        ).fetchone()[0]
        languages = connection.execute("SELECT lang, count(*) FROM reports GROUP BY lang ORDER BY 2 DESC, 1").fetchall()
        return {
            "counts": {
                "reports": one("SELECT count(*) FROM reports"),
                "claims": one("SELECT sum(claims) FROM days"),
                "places": one("SELECT count(*) FROM places"),
                "issues": one("SELECT count(*) FROM issues"),
            },
            "first_day": days[0],
            "last_day": days[1],
            "last_published": published or None,
            "languages": {row[0] or "unknown": row[1] for row in languages},
        }
