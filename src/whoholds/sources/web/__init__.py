"""Reports from the web: addresses of pages, feeds and sitemaps, fetched when the user names them and not otherwise.

`address` says what may be reached, `fetch` fetches one address politely, `follow` turns addresses into records.
"""

from __future__ import annotations

from whoholds.sources.web.fetch import Fetcher, Limits
from whoholds.sources.web.follow import records

__all__ = ["Fetcher", "Limits", "records"]
