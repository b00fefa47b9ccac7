"""Web addresses → reports, against a small server on this machine; nothing here reaches the network."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whoholds.model import Issue
from whoholds.sources import Options, reports
from whoholds.sources.records import Record
from whoholds.sources.web import Fetcher, Limits, records
from whoholds.sources.web.address import is_public
from whoholds.sources.web.fetch import FetchError

BODY = "Government troops on Sunday retook the river town of Orsa from the rebels, officials said."
PAGE = f"<html><head><title>Army retakes Orsa</title></head><body><h1>Army retakes Orsa</h1><p>{BODY}</p></body></html>"
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server whose pages a test sets: path → (status, headers, body), or a function of the request's headers."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[dict[str, str]], Answer]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                found = site.pages.get(self.path, (404, {}, b""))
                status, headers, body = (
                    found({k.lower(): v for k, v in self.headers.items()}) if callable(found) else found
                )
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def page(self, path: str, body: str = PAGE, status: int = 200, **headers: str) -> str:
        self.pages[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, body.encode())
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Clock:
    """Time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, 0.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept += seconds


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    clock = Clock()
    with Fetcher(Limits(private=True, size=100_000), clock=clock, sleep=clock.sleep) as made:
        yield made


def read(url: str, fetcher: Fetcher, most: int = 50) -> tuple[list[Record], list[Issue]]:
    issues: list[Issue] = []
    return list(records(url, fetcher, issues.append, most)), issues


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
    ],
)
def test_what_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_addresses_inside_the_own_network_are_refused_unless_asked_for(site: Site) -> None:
    url = site.page("/orsa")
    with Fetcher() as careful, pytest.raises(FetchError, match="not a public address"):
        careful.fetch(url)
    assert site.asked == []


def test_the_command_line_reads_a_page(site: Site) -> None:
    url = site.page("/orsa")
    issues: list[Issue] = []
    (report,) = reports([url], issues.append, options=Options(private=True))
    assert (report.title, report.url, report.source, issues) == ("Army retakes Orsa", url, url, [])
    assert list(reports([url], issues.append)) == []
    assert [i.code for i in issues] == ["not-fetched"]


def test_robots_are_respected_and_asked_once(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /secret\n", Content_Type="text/plain")
    site.page("/secret/a"), site.page("/open")
    assert read(f"{site.url}/secret/a", fetcher)[1][0].message.startswith("its robots.txt")
    assert len(read(f"{site.url}/open", fetcher)[0]) == 1
    assert site.asked == ["/robots.txt", "/open"]


def test_a_broken_robots_server_means_not_now(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "", status=503)
    _, (issue,) = read(site.page("/open"), fetcher)
    assert "try again later" in issue.message


def test_one_request_a_second_and_host(site: Site, fetcher: Fetcher) -> None:
    for n in range(3):
        read(site.page(f"/{n}"), fetcher)
    assert isinstance(fetcher.clock, Clock)
    assert fetcher.clock.slept == 3  # four requests, robots.txt among them


def test_redirects_are_followed_and_bounded(site: Site, fetcher: Fetcher) -> None:
    site.page("/a", "", 302, Location="/b"), site.page("/b", "", 301, Location="/orsa"), site.page("/orsa")
    (record,), _ = read(f"{site.url}/a", fetcher)
    assert record.url == f"{site.url}/orsa"
    site.page("/x", "", 302, Location="/y"), site.page("/y", "", 302, Location="/x")
    assert "circle" in read(f"{site.url}/x", fetcher)[1][0].message
    for n in range(20):
        site.page(f"/r{n}", "", 302, Location=f"/r{n + 1}")
    assert "redirects" in read(f"{site.url}/r0", fetcher)[1][0].message


@pytest.mark.parametrize("to", ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org/x", "http://[::1"])
def test_a_redirect_to_what_is_not_the_web_is_refused(site: Site, fetcher: Fetcher, to: str) -> None:
    found, issues = read(site.page("/a", "", 302, Location=to), fetcher)
    assert (found, [i.code for i in issues]) == ([], ["not-fetched"])


def test_answers_are_bounded_packed_or_not(site: Site, fetcher: Fetcher) -> None:
    url = site.page("/large", "x" * 200_000)
    assert "MB" in read(url, fetcher)[1][0].message
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))
    assert "unpacked" in read(f"{site.url}/bomb", fetcher)[1][0].message
    site.pages["/packed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(PAGE.encode()))
    assert len(read(f"{site.url}/packed", fetcher)[0]) == 1


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500])
def test_a_page_that_is_not_there_is_an_issue(site: Site, fetcher: Fetcher, status: int) -> None:
    _, (issue,) = read(site.page("/a", status=status), fetcher)
    assert str(status) in issue.message


def test_what_did_not_change_is_not_read_again(site: Site, fetcher: Fetcher) -> None:
    def page(headers: dict[str, str]) -> Answer:
        same = headers.get("if-none-match") == '"1"'
        return (304 if same else 200, {"ETag": '"1"'}, b"" if same else PAGE.encode())

    site.pages["/a"] = page
    assert len(read(f"{site.url}/a", fetcher)[0]) == 1
    assert read(f"{site.url}/a", fetcher) == ([], [])


def test_a_feed_is_read_by_its_pages_and_by_its_own_words_where_they_are_gone(site: Site, fetcher: Fetcher) -> None:
    item = "<item><title>{0}</title><description>{1}</description><link>{2}</link><pubDate>{3}</pubDate></item>"
    day = "Sun, 05 Jan 2020 10:00:00 GMT"
    items = item.format("Orsa", "Short.", site.page("/orsa"), day) + item.format("Gone", BODY, site.url + "/gone", day)
    feed = site.page("/feed", f"<rss version='2.0'><channel><title>Orsa Post</title>{items}</channel></rss>")
    (page, gone), issues = read(feed, fetcher)
    assert (page.title, page.published, page.outlet) == ("Orsa", "2020-01-05", "Orsa Post")
    assert page.html == PAGE
    assert BODY in (gone.html or "")
    assert [i.code for i in issues] == ["not-fetched"]
    assert [i.code for i in read(feed, fetcher, most=1)[1]] == ["cut-short"]


def test_a_sitemap_of_sitemaps_keeps_to_its_host(site: Site, fetcher: Fetcher) -> None:
    pages = [site.page("/orsa"), "https://elsewhere.example/x", site.page("/other")]
    inner = site.page("/inner.xml", "<urlset>" + "".join(f"<url><loc>{p}</loc></url>" for p in pages) + "</urlset>")
    outer = site.page("/map.xml", f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>")
    found, issues = read(outer, fetcher)
    assert ([r.url for r in found], issues) == ([pages[0], pages[2]], [])


def test_a_sitemap_with_an_entity_bomb_is_bounded(site: Site, fetcher: Fetcher) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY e0 "x">{levels}]><urlset><url><loc>&e11;</loc></url></urlset>'
    assert read(site.page("/map.xml", body), fetcher)[0] == []


def test_what_is_no_page_is_listed(site: Site, fetcher: Fetcher) -> None:
    assert read(site.page("/a", "GIF89a", Content_Type="image/gif"), fetcher)[1][0].code == "not-a-page"
    assert read(site.page("/b", " "), fetcher)[1][0].code == "empty"
    assert read("http://127.0.0.1:1/", fetcher)[1][0].code == "not-fetched"
