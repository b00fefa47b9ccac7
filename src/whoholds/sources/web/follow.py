"""Addresses → records: a page is one; a feed's or a sitemap's pages are fetched one after the other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from whoholds.model import Issue, Severity
from whoholds.sources.decode import clean, decode
from whoholds.sources.formats import OnIssue, Origin
from whoholds.sources.records import Record, web_address
from whoholds.sources.web.fetch import Answer, Fetcher, FetchError

SITEMAPS = 50
_XML = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")


def records(url: str, fetcher: Fetcher, on_issue: OnIssue, most: int) -> Iterator[Record]:
    """The reports at an address. Faults are issues, and the rest goes on; what did not change gives nothing."""
    answer = _fetched(url, fetcher, on_issue)
    if answer is None or answer.unchanged:
        return
    head = answer.body[:2000].lstrip().lower()
    if b"<urlset" in head or b"<sitemapindex" in head:
        yield from _pages(_listed(answer, fetcher, on_issue), url, fetcher, on_issue, most)
    elif answer.mime in _XML or head.startswith(b"<?xml") or b"<rss" in head or b"<feed" in head:
        yield from _feed(answer, url, fetcher, on_issue, most)
    elif record := _record(answer, on_issue):
        yield record


def _fetched(url: str, fetcher: Fetcher, on_issue: OnIssue) -> Answer | None:
    try:
        return fetcher.fetch(url)
    except FetchError as error:
        on_issue(Issue("not-fetched", f"{error}; not read", url[:500], severity=Severity.ERROR))
        return None


def _record(answer: Answer, on_issue: OnIssue) -> Record | None:
    """One page. None, with an issue, for what is no page."""
    from whoholds.sources.formats import pdf
    from whoholds.sources.html import declared_encoding

    url, body = answer.url, answer.body
    origin = Origin(url, url)
    if answer.mime == "application/pdf" or body.startswith(b"%PDF-"):
        import io

        found = next(pdf.FORMAT.records(io.BytesIO(body), origin, on_issue), None)
        return found and replace(found, url=url)
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


def _feed(answer: Answer, url: str, fetcher: Fetcher, on_issue: OnIssue, most: int) -> Iterator[Record]:
    """Each entry by its page, with what the feed says of it; by the feed's own words where there is no page."""
    from whoholds.sources.formats.feed import read_feed

    for number, entry in enumerate(read_feed(answer.body, Origin(url, urlsplit(url).netloc), on_issue)):
        if number == most:
            on_issue(Issue("cut-short", f"only its newest {most} entries are fetched", url, severity=Severity.NOTE))
            return
        if entry.url is None:
            yield entry
            continue
        page = _fetched(entry.url, fetcher, on_issue)
        if page is not None and page.unchanged:
            continue
        record = _record(page, on_issue) if page is not None else None
        if record is None:
            yield entry
        else:
            yield replace(record, title=entry.title, published=entry.published, outlet=record.outlet or entry.outlet)


def _pages(urls: Iterator[str], of: str, fetcher: Fetcher, on_issue: OnIssue, most: int) -> Iterator[Record]:
    for number, url in enumerate(urls):
        if number == most:
            on_issue(Issue("cut-short", f"only its first {most} pages are fetched", of, severity=Severity.NOTE))
            return
        page = _fetched(url, fetcher, on_issue)
        if page is not None and not page.unchanged and (record := _record(page, on_issue)):
            yield record


def _listed(answer: Answer, fetcher: Fetcher, on_issue: OnIssue) -> Iterator[str]:
    """The pages of a sitemap, and of the sitemaps that it lists; only of its own host."""
    host, queue, fetched = urlsplit(answer.url).netloc.lower(), [answer], 0
    while queue:
        here = queue.pop(0)
        inner, pages = _locations(here.body, here.url, on_issue)
        yield from (url for url in pages if urlsplit(url).netloc.lower() == host)
        for url in inner:
            if fetched == SITEMAPS or urlsplit(url).netloc.lower() != host:
                continue
            fetched += 1
            if (found := _fetched(url, fetcher, on_issue)) and not found.unchanged:
                queue.append(found)


def _locations(body: bytes, url: str, on_issue: OnIssue) -> tuple[list[str], list[str]]:
    """The sitemaps and the pages that one sitemap names. No entity is expanded, nothing is loaded."""
    from lxml import etree

    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
        tree = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        on_issue(Issue("bad-sitemap", f"not a sitemap that can be read ({str(error)[:80]})", url))
        return [], []
    inner: list[str] = []
    pages: list[str] = []
    for element in tree.iter() if tree is not None else ():
        if isinstance(element.tag, str) and element.tag.rpartition("}")[2] == "loc" and element.text:
            parent = element.getparent()
            kind = parent.tag.rpartition("}")[2] if parent is not None and isinstance(parent.tag, str) else ""
            if address := web_address(element.text.strip()):
                (inner if kind == "sitemap" else pages).append(address)
    return inner, pages
