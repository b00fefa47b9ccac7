"""The index of a ledger: its spells worked out, its words searchable, its tables sorted.

All of it is derived: it lies in the cache folder, not in the ledger, and can be thrown away at any time. It follows the
ledger as that grows, and works out again only the places that new claims touch.
"""

from whoholds.index.index import Index, Progress

__all__ = ["Index", "Progress"]
