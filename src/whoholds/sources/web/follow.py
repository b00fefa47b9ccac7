"""Addresses → records: a page is one; a feed's or a sitemap's pages are fetched one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from whoholds.model import Issue, OnIssue, Severity
from whoholds.sources.decode import clean, decode
from whoholds.sources.formats import Origin
from whoholds.sources.found import Found, Page
from whoholds.sources.records import Record, web_address
from whoholds.sources.web.fetch import Answer, Fetcher, FetchError, NotNowError

SITEMAPS = 50
_XML = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")


def records(url: str, fetcher: Fetcher, on_issue: OnIssue, most: int) -> Iterator[Found]:
    """The reports at an address. Faults are issues, and the rest goes on; what did not change gives nothing."""
    answer = _fetched(url, fetcher, on_issue)
    if answer is None or answer.unchanged:
        return
    head = answer.body[:2000].lstrip().lower()
    if b"<urlset" in head or b"<sitemapindex" in head:
        yield from _pages(answer, url, fetcher, on_issue, most)
    elif answer.mime in _XML or head.startswith(b"<?xml") or b"<rss" in head or b"<feed" in head:
        yield from _feed(answer, url, fetcher, on_issue, most)
    elif page := _page(answer, on_issue):
        yield page


def _fetched(url: str, fetcher: Fetcher, on_issue: OnIssue, listed_at: Sequence[str] = ()) -> Answer | None:
    try:
        return fetcher.fetch(url)
    except FetchError as error:
        on_issue(Issue("not-fetched", f"{error}; not read", url[:500], severity=Severity.ERROR))
        if isinstance(error, NotNowError):
            for address in listed_at:  # to be gone through again for this one, even where it did not change
                fetcher.state.pop(address, None)
        return None


def _page(answer: Answer, on_issue: OnIssue) -> Found | None:
    """One page. None, with an issue, for what is no page."""
    from whoholds.sources.formats import pdf
    from whoholds.sources.html import declared_encoding

    url, body = answer.url, answer.body
    if answer.mime == "application/pdf" or body.startswith(b"%PDF-"):
        return Page(body, url, url[:500], kind=pdf.FORMAT, said={"url": url})
    is_html = answer.mime in ("text/html", "application/xhtml+xml", "")
    if not is_html and answer.mime != "text/plain":
        on_issue(Issue("not-a-page", f"not a page but {answer.mime[:60]}; not read", url, severity=Severity.ERROR))
        return None
    if not body.strip():
        on_issue(Issue("empty", "the page is empty", url))
        return None
    text = decode(body, url, on_issue, declared=answer.charset or declared_encoding(body))
    return Record(
        source=url,
        label=url[:500],
        raw_hash=hashlib.sha256(body).hexdigest(),
        text=None if is_html else clean(text, url, on_issue),
        html=text if is_html else None,
        title=None,
        published=None,
        outlet=None,
        url=url,
        lang=None,
    )


def _listed_as(page: Found, entry: Record) -> Found:
    """A page with what the feed that lists it says of it."""
    if isinstance(page, Page):
        said = {"title": entry.title, "published": entry.published, "outlet": entry.outlet}
        return replace(page, said={**said, **page.said})
    return replace(page, title=entry.title, published=entry.published, outlet=page.outlet or entry.outlet)


def _feed(answer: Answer, url: str, fetcher: Fetcher, on_issue: OnIssue, most: int) -> Iterator[Found]:
    """Each entry by its page, with what the feed says of it; by the feed's own words where there is no page."""
    from whoholds.sources.formats.feed import read_feed

    for number, entry in enumerate(read_feed(answer.body, Origin(url, urlsplit(url).netloc), on_issue)):
        if number == most:
            on_issue(Issue("cut-short", f"only its newest {most} entries are fetched", url, severity=Severity.NOTE))
            return
        if entry.url is None:
            yield entry
            continue
        found = _fetched(entry.url, fetcher, on_issue, listed_at=[url])
        if found is not None and found.unchanged:
            continue
        page = _page(found, on_issue) if found is not None else None
        yield _listed_as(page, entry) if page else entry


def _pages(answer: Answer, url: str, fetcher: Fetcher, on_issue: OnIssue, most: int) -> Iterator[Found]:
    for number, (address, sitemap) in enumerate(_listed(answer, url, fetcher, on_issue)):
        if number == most:
            on_issue(Issue("cut-short", f"only {most} of its pages are fetched", url, severity=Severity.NOTE))
            return
        found = _fetched(address, fetcher, on_issue, listed_at=[url, sitemap])
        if found is not None and not found.unchanged and (page := _page(found, on_issue)):
            yield page


def _listed(answer: Answer, url: str, fetcher: Fetcher, on_issue: OnIssue) -> Iterator[tuple[str, str]]:
    """The pages of a sitemap, and of the sitemaps that it lists, each with its sitemap; only of its own host."""
    host, queue, fetched = urlsplit(answer.url).netloc.lower(), [(url, answer)], 0
    while queue:
        sitemap, here = queue.pop(0)
        listed = _locations(here.body, here.url, on_issue)
        inner, pages = ([x for x in found if x and urlsplit(x).netloc.lower() == host] for found in listed)
        if foreign := sum(map(len, listed)) - len(inner) - len(pages):
            message = f"{foreign:,} of its addresses are passed over: not of the web, or of another host"
            on_issue(Issue("passed-over", message, sitemap, severity=Severity.NOTE))
        yield from ((page, sitemap) for page in pages)
        for number, address in enumerate(inner):
            if fetched == SITEMAPS:
                message = f"{len(inner) - number:,} of its sitemaps are not fetched: more than {SITEMAPS} are listed"
                on_issue(Issue("cut-short", message, sitemap, severity=Severity.NOTE))
                break
            fetched += 1
            found = _fetched(address, fetcher, on_issue, listed_at=[url])
            if found and not found.unchanged:
                queue.append((address, found))


def _locations(body: bytes, url: str, on_issue: OnIssue) -> tuple[list[str | None], list[str | None]]:
    """The sitemaps and the pages that one sitemap names, the newest first where it says their days.

    None for each address that is none of the web.

    No entity is expanded, nothing is loaded.
    """
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
        tree = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        on_issue(Issue("bad-sitemap", f"not a sitemap that can be read ({str(error)[:80]})", url))
        return [], []
    inner: list[tuple[str, str | None]] = []
    pages: list[tuple[str, str | None]] = []
    for element in tree.iter() if tree is not None else ():
        kind = _name(element)
        if kind not in ("sitemap", "url"):
            continue
        said = {_name(part): part.text.strip() for part in reversed([*element.iter()]) if part.text}
        if address := said.get("loc"):
            day = said.get("lastmod") or said.get("publication_date") or ""
            (inner if kind == "sitemap" else pages).append((day, web_address(address)))
    newest = [sorted(found, key=lambda one: one[0], reverse=True) for found in (inner, pages)]
    return [address for _, address in newest[0]], [address for _, address in newest[1]]


def _name(element: Any) -> str:
    """Of a tag, without its namespace; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
