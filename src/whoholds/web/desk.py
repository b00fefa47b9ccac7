"""What the paths work with: the settings and the ledger."""

from __future__ import annotations

from whoholds.ledger import Ledger
from whoholds.web.settings import Settings


class Desk:
    """One for each application; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ledger = Ledger.open(settings.ledger, create=False)

    def close(self) -> None:
        self.ledger.close()
