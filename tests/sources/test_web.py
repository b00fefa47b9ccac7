"""Web addresses → reports, against a small server on this machine; nothing here reaches the network."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whoholds.model import Issue, Severity
from whoholds.sources import Options, reports
from whoholds.sources.records import Record
from whoholds.sources.web import Fetcher, Limits, follow, records
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


@pytest.mark.parametrize("to", ["http://127.0.0.2:{}/secret", "http://router.example:{}/secret"])
def test_a_redirect_of_a_public_server_into_the_own_network_is_refused(
    site: Site, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def look_up(host: str, *given: object, **more: object) -> object:
        return real("127.0.0.2" if host == "router.example" else host, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("whoholds.sources.web.address.is_public", lambda found: found == "127.0.0.1")
    url = site.page("/a", "", 302, Location=to.format(site.server.server_port))
    site.page("/secret")
    with (
        Fetcher(sleep=lambda _: None) as careful,
        pytest.raises(FetchError, match=r"127\.0\.0\.2, which is not a public"),
    ):
        careful.fetch(url)
    assert site.asked == ["/robots.txt", "/a"]


def test_the_command_line_reads_a_page(site: Site) -> None:
    url = site.page("/orsa")
    issues: list[Issue] = []
    (report,) = reports([url], issues.append, options=Options(private=True))
    assert (report.title, report.url, report.source, issues) == ("Army retakes Orsa", url, url, [])
    assert list(reports([url], issues.append)) == []
    assert [i.code for i in issues] == ["not-fetched"]


def test_several_addresses_of_one_host_are_asked_for_one_after_the_other(
    site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whoholds.sources.web.Fetcher", lambda _: fetcher)
    given = [site.page(f"/{n}", PAGE + str(n)) for n in range(3)]
    assert len(list(reports(given, lambda _: None))) == 3
    assert site.asked == ["/robots.txt", "/0", "/1", "/2"]
    assert isinstance(fetcher.clock, Clock)
    assert fetcher.clock.slept == 3


def test_robots_are_respected_and_asked_once(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /secret\n", Content_Type="text/plain")
    site.page("/secret/a"), site.page("/open")
    assert read(f"{site.url}/secret/a", fetcher)[1][0].message.startswith("its robots.txt")
    assert len(read(f"{site.url}/open", fetcher)[0]) == 1
    assert site.asked == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /*?print=", False),
        ("User-agent: *\nDisallow: /war/\nAllow: /war/o", True),  # the longer rule counts, not the first
        ("User-agent: *\nDisallow: /\n\nUser-agent: whoholds\nDisallow:", True),
        ("User-agent: *\nDisallow: /war/\n#" + "x" * 600_000, False),  # longer than is looked at
        ("\ufeffUser-Agent: *\r\nDisallow: /war/orsa$", True),
    ],
)
def test_rules_of_robots(site: Site, fetcher: Fetcher, rules: str, allowed: bool) -> None:
    site.page("/robots.txt", rules, Content_Type="text/plain")
    assert bool(read(site.page("/war/orsa?print=1"), fetcher)[0]) is allowed


def test_robots_stand_where_redirects_lead(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "", 301, Location="/rules"), site.page("/rules", "User-agent: *\nDisallow: /secret\n")
    assert "robots.txt asks" in read(site.page("/secret"), fetcher)[1][0].message
    assert read(site.page("/open"), fetcher)[1] == []


def test_robots_that_lead_nowhere_are_none(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "", 301, Location="/robots.txt")
    assert read(site.page("/open"), fetcher)[1] == []


def test_a_long_pause_that_a_server_asks_for_is_no_slow_answer(site: Site, fetcher: Fetcher) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n", Content_Type="text/plain")
    for n in range(3):
        assert read(site.page(f"/{n}"), fetcher)[1] == []
    assert isinstance(fetcher.clock, Clock)
    assert fetcher.clock.slept == 90


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


@pytest.mark.parametrize("begin", [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n", b""])
def test_a_server_that_sends_a_byte_now_and_then_is_given_up(begin: bytes) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(begin)
            while not over.wait(0.05):
                connection.sendall(b"x" if begin else b"")

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    with Fetcher(Limits(private=True, robots=False, seconds=0.5)) as patient:
        with pytest.raises(FetchError, match="no answer in time"):
            patient.fetch(f"http://127.0.0.1:{server.getsockname()[1]}/")
        over.set()
        thread.join(10)
    server.close()
    assert not thread.is_alive()


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
    pages = [site.page("/orsa"), "https://elsewhere.example/x", site.page("/other"), "file:///etc/hosts"]
    inner = site.page("/inner.xml", "<urlset>" + "".join(f"<url><loc>{p}</loc></url>" for p in pages) + "</urlset>")
    outer = site.page("/map.xml", f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>")
    found, (issue,) = read(outer, fetcher)
    assert [r.url for r in found] == [pages[0], pages[2]]
    assert (issue.code, issue.severity, issue.source) == ("passed-over", Severity.NOTE, inner)
    assert issue.message.startswith("2 of its addresses")


def test_sitemaps_beyond_the_bound_are_said(site: Site, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "SITEMAPS", 1)
    inner = [site.page(f"/{n}.xml", f"<urlset><url><loc>{site.page(f'/{n}')}</loc></url></urlset>") for n in range(3)]
    listed = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in inner)
    outer = site.page("/map.xml", f"<sitemapindex>{listed}</sitemapindex>")
    found, (issue,) = read(outer, fetcher)
    assert ([r.url for r in found], issue.code, issue.source) == ([f"{site.url}/0"], "cut-short", outer)


def test_a_page_that_failed_is_asked_for_again_where_its_list_did_not_change(site: Site, fetcher: Fetcher) -> None:
    def unchanging(body: str) -> Callable[[dict[str, str]], Answer]:
        def answer(headers: dict[str, str]) -> Answer:
            same = headers.get("if-none-match") == '"1"'
            return (304 if same else 200, {"ETag": '"1"', "Content-Type": "text/xml"}, b"" if same else body.encode())

        return answer

    site.pages["/inner"] = unchanging(f"<urlset><url><loc>{site.url}/orsa</loc></url></urlset>")
    site.pages["/map"] = unchanging(f"<sitemapindex><sitemap><loc>{site.url}/inner</loc></sitemap></sitemapindex>")
    site.pages["/feed"] = unchanging(
        f"<rss><channel><item><title>Orsa</title><link>{site.url}/orsa</link></item></channel></rss>"
    )
    for address in ("/map", "/feed"):
        site.page("/orsa", "", 503)
        assert [i.code for i in read(site.url + address, fetcher)[1]][:1] == ["not-fetched"]
        site.page("/orsa")
        assert [r.source for r in read(site.url + address, fetcher)[0]] == [f"{site.url}/orsa"]
        assert read(site.url + address, fetcher) == ([], [])


def test_a_sitemap_may_be_a_packed_file(site: Site, fetcher: Fetcher) -> None:
    body = f"<urlset><url><loc>{site.page('/orsa')}</loc></url></urlset>".encode()
    outer = site.page("/map.xml", f"<sitemapindex><sitemap><loc>{site.url}/m.xml.gz</loc></sitemap></sitemapindex>")
    site.pages["/m.xml.gz"] = (200, {"Content-Type": "application/x-gzip"}, gzip.compress(body))
    assert [record.source for record in read(outer, fetcher)[0]] == [f"{site.url}/orsa"]
    site.pages["/m.xml.gz"] = (200, {"Content-Type": "application/x-gzip"}, gzip.compress(bytes(50_000_000)))
    assert "unpacked" in read(outer, fetcher)[1][0].message
    site.pages["/m.xml.gz"] = (200, {"Content-Type": "application/x-gzip"}, b"\x1f\x8b nonsense")
    assert "damaged" in read(outer, fetcher)[1][0].message


def test_a_page_that_is_gone_for_good_lets_its_list_be(site: Site, fetcher: Fetcher) -> None:
    body = f"<urlset><url><loc>{site.url}/gone</loc></url></urlset>"
    site.page("/map", body, ETag='"1"')
    read(f"{site.url}/map", fetcher)
    assert fetcher.state[f"{site.url}/map"] == {"etag": '"1"'}


def test_the_newest_pages_of_a_sitemap_come_first(site: Site, fetcher: Fetcher) -> None:
    days = ("2020-01-05", "2020-03-01T10:00:00+00:00", "", "2020-02-01")
    listed = "".join(
        f"<url><loc>{site.page(f'/{n}')}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for n, day in enumerate(days)
    )
    found, issues = read(site.page("/map.xml", f"<urlset>{listed}</urlset>"), fetcher, most=3)
    assert [record.source for record in found] == [f"{site.url}/{n}" for n in (1, 3, 0)]
    assert [i.code for i in issues] == ["cut-short"]


def test_a_pdf_is_taken_apart_with_what_the_feed_says_of_it(site: Site) -> None:
    site.pages["/orsa.pdf"] = (200, {"Content-Type": "application/pdf"}, pdf(BODY))
    item = f"<item><title>Orsa taken</title><link>{site.url}/orsa.pdf</link><pubDate>5 Jan 2020</pubDate></item>"
    feed = site.page("/feed", f"<rss><channel><title>Orsa Post</title>{item}</channel></rss>", Content_Type="text/xml")
    site.pages["/bad.pdf"] = (200, {"Content-Type": "application/pdf"}, b"%PDF-1.4 nonsense")
    issues: list[Issue] = []
    (report,) = reports([feed, f"{site.url}/bad.pdf"], issues.append, options=Options(private=True))
    assert (report.title, report.outlet, report.url) == ("Orsa taken", "Orsa Post", f"{site.url}/orsa.pdf")
    assert (report.stated_date, BODY in report.text) == ("2020-01-05", True)
    assert [i.code for i in issues] == ["bad-pdf"]


def pdf(words: str) -> bytes:
    """One page with a text layer of one line; without a table of what stands where, which readers make up for."""
    drawn = f"BT /F1 12 Tf 20 700 Td ({words}) Tj ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    inside = "".join(f"{n} 0 obj{one}endobj\n" for n, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{inside}trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF".encode()


def test_a_sitemap_with_an_entity_bomb_is_bounded(site: Site, fetcher: Fetcher) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<?xml version="1.0"?><!DOCTYPE u [<!ENTITY e0 "x">{levels}]><urlset><url><loc>&e11;</loc></url></urlset>'
    assert read(site.page("/map.xml", body), fetcher)[0] == []


def test_what_is_no_page_is_listed(site: Site, fetcher: Fetcher) -> None:
    assert read(site.page("/a", "GIF89a", Content_Type="image/gif"), fetcher)[1][0].code == "not-a-page"
    assert read(site.page("/b", " "), fetcher)[1][0].code == "empty"
    assert read("http://127.0.0.1:1/", fetcher)[1][0].code == "not-fetched"
