"""What the head of an HTML page states: title, day of publication, outlet, address."""

from __future__ import annotations

import json
import re
from typing import Any

from whoholds.sources.records import one_line, web_address
from whoholds.sources.stated import ISO, as_stated

DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date",
    "dc.date.issued", "parsely-pub-date", "sailthru.date",
)  # fmt: skip
"""Names of meta elements that state the day of publication, most reliable first."""

_SEARCH = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1900-01-01",
    "max_date": "2099-12-31",
}
"""For trafilatura: it would else take no date after the machine's own day."""
_FIGURES = re.compile(r"[0-9]{1,4}([./-])[0-9]{1,2}\1[0-9]{1,4}(?:[ ,].{1,40})?|(?:19|20)[0-9]{6}")
_PUBLISHED = re.compile(r"publi", re.I)


def _names(element: Any) -> str:
    return f"{element.get('itemprop') or ''} {element.get('class') or ''}"[:300]


def metadata(tree: Any, markup: str, *, shallow: bool) -> dict[str, str | None]:
    """Title, date, outlet and address from the head: Open Graph, JSON-LD, `<time>`; else what trafilatura finds."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        if key and element.get("content"):
            metas.setdefault(key, element.get("content"))
    linked = _linked_data(tree)
    times = [time for time in tree.iter("time") if time.get("pubdate") is not None or _PUBLISHED.search(_names(time))]
    dates = [*map(metas.get, DATES), linked.get("datePublished"), *(time.get("datetime") for time in times)]
    written = [line for value in dates if value and (line := as_stated(one_line(value, 80)))]
    url = next((link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower()), None)
    title = metas.get("og:title") or linked.get("headline") or next((t.text for t in tree.iter("title")), None)
    found: dict[str, str | None] = {
        "title": one_line(title or ""),
        "date": _surest(written),
        "outlet": one_line(metas.get("og:site_name") or linked.get("publisher") or ""),
        "url": web_address(url) or web_address(metas.get("og:url")),
    }
    if shallow and not (found["date"] and found["outlet"]):
        _fill(found, markup)
    # What nobody understood is given on as it is, so that the dating can say so.
    found["date"] = found["date"] or next(iter(written), None)
    return found


def _surest(written: list[str]) -> str | None:
    """Of the dates that a head states, most reliable first, one in ISO, else one in figures.

    One with words is left to trafilatura, which knows the months of more languages than one.
    """
    iso = next((match[0] for value in written if (match := ISO.match(value))), None)
    return iso or next((value for value in written if _FIGURES.fullmatch(value)), None)


def _fill(found: dict[str, str | None], markup: str) -> None:
    import trafilatura

    try:
        # Not "extensive": guesses from any number on the page would be given out as stated.
        meta = trafilatura.extract_metadata(markup, date_config=_SEARCH, extensive=False)
    except Exception:  # metadata is an extra; the page's own words date it as well
        return
    if meta is None:
        return
    found["date"] = found["date"] or (meta.date if meta.date and ISO.fullmatch(meta.date) else None)
    sitename = meta.sitename or ""
    found["outlet"] = found["outlet"] or (one_line(sitename) if " " in sitename or "." not in sitename else None)
    found["url"] = found["url"] or web_address(meta.url)


def _linked_data(tree: Any) -> dict[str, str]:
    """`datePublished`, `headline` and the publisher's name from JSON-LD."""
    found: dict[str, str] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > 200_000:
            continue
        try:
            data = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        queue, seen = [data], 0
        while queue and seen < 200:
            item, seen = queue.pop(0), seen + 1
            if isinstance(item, list):
                queue.extend(item[:50])
            elif isinstance(item, dict):
                queue.extend(value for key, value in item.items() if key == "@graph")
                for key in ("datePublished", "headline"):
                    if isinstance(item.get(key), str):
                        found.setdefault(key, item[key])
                publisher = item.get("publisher")
                if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                    found.setdefault("publisher", publisher["name"])
    return found
