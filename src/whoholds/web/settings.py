"""What `whoholds serve` was started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names by which a browser on this machine reaches the server."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what one request may send or ask for."""

    files: int = 200
    """Files of one upload."""
    file_bytes: int = 20_000_000
    upload_bytes: int = 100_000_000
    body_bytes: int = 8_000_000
    """Of any other request."""
    text_characters: int = 2_000_000
    """Of a pasted report."""
    page: int = 200
    """Rows of one page of a table."""
    export_rows: int = 200_000
    query_seconds: float = 10.0
    """For one question to the index."""
    changed_places: int = 2_000
    """Places that `changes` looks at."""
    map_spells: int = 250_000
    """Of all courses together, in one answer: some 75 MB of JSON."""
    jobs: int = 20
    """Waiting or kept for show."""


@dataclass(frozen=True, slots=True)
class Settings:
    ledger: Path | str
    """A file, or the address of a database."""
    write: bool = False
    """Whether judgements and new reports are taken."""
    token: str | None = None
    """What every request must show; None: nothing, for this machine only."""
    hosts: tuple[str, ...] = LOOPBACK
    """Names, without port, that a request may be addressed to."""
    addresses: bool = False
    """Whether a request may be addressed to a bare IP address of any kind (where others on the network may ask)."""
    tiles: str | None = None
    """Address of map tiles with {z}, {x} and {y}; None: no request of the page leaves this machine."""
    reviewer: str = "reviewer"
    today: date | None = None
    """What ages count to; None: the current day."""
    limits: Limits = field(default_factory=Limits)
