"""Fetching GeoNames' files, from a server of our own on this machine that has the same files in the same form."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from whoholds.errors import GazetteerError
from whoholds.gazetteer import fetch, manage


class Server:
    """Serves `files` under /dump/; notes what was asked. `cut`: how many bytes of an answer are sent."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.cut: int | None = None
        self.ranges = True
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                wanted = self.headers.get("Range")
                outer.asked.append((self.path, wanted))
                content = outer.files.get(self.path.removeprefix("/dump/"))
                if content is None:
                    self.send_error(404)
                    return
                start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted and outer.ranges else 0
                if start >= len(content):
                    self.send_error(416)
                    return
                self.send_response(206 if wanted and outer.ranges else 200)
                self.send_header("Content-Length", str(len(content) - start))
                self.end_headers()
                self.wfile.write(content[start:][: outer.cut])

            def log_message(self, *_args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/dump"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def archive(dump_line: Callable[..., str]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as made:
        made.writestr("IQ.txt", "".join(dump_line(500 + n, f"Tall {n}", 33 + n / 100, 43) for n in range(50)))
        made.writestr("readme.txt", "Readme for GeoNames")
    return found.getvalue()


def download(server: Server, folder: Path, code: str = "IQ") -> Path:
    return fetch.download(code, folder, server.url, lambda _share, _what: None)


@pytest.mark.usefixtures("own")
def test_a_country_is_fetched_and_can_be_added(server: Server, archive: bytes, tmp_path: Path) -> None:
    server.files["IQ.zip"] = archive
    path = download(server, tmp_path / "kept")
    assert path.read_bytes() == archive
    assert server.asked == [("/dump/IQ.zip", None)]
    assert manage.add(path).tally.places == 50


@pytest.mark.parametrize("ranges", [True, False])
def test_a_broken_download_is_gone_on_with(server: Server, archive: bytes, tmp_path: Path, ranges: bool) -> None:
    server.files["IQ.zip"], server.cut, server.ranges = archive, 300, ranges
    with pytest.raises(GazetteerError, match="try again, what has come so far is kept"):
        download(server, tmp_path)
    assert not (tmp_path / "IQ.zip").exists()
    server.cut = None
    assert download(server, tmp_path).read_bytes() == archive
    assert server.asked[-1] == ("/dump/IQ.zip", "bytes=300-")


def test_a_part_that_is_no_part_any_more_is_fetched_anew(server: Server, archive: bytes, tmp_path: Path) -> None:
    server.files["IQ.zip"] = archive
    (tmp_path / "IQ.zip.part").write_bytes(archive + b"more")
    assert download(server, tmp_path).read_bytes() == archive


def test_what_is_not_there_or_no_archive_is_said(server: Server, tmp_path: Path) -> None:
    server.files["SY.zip"] = b"<html>Sign in to the network</html>"
    with pytest.raises(GazetteerError, match="there is no such file"):
        download(server, tmp_path)
    with pytest.raises(GazetteerError, match="no ZIP file"):
        download(server, tmp_path, "SY")
    assert not list(tmp_path.iterdir())


def test_too_much_is_refused(server: Server, archive: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MAX_BYTES", 1000)
    server.files["IQ.zip"] = archive
    with pytest.raises(GazetteerError, match="larger than 1,000 bytes"):
        download(server, tmp_path)


def test_a_server_that_is_not_there_is_said(server: Server, tmp_path: Path) -> None:
    server.http.server_close()
    with pytest.raises(GazetteerError, match="cannot be fetched"):
        fetch.download("IQ", tmp_path, "http://127.0.0.1:9", lambda _share, _what: None)


@pytest.mark.parametrize("url", ["file:///etc", "ftp://127.0.0.1/", "geonames", "//host/x"])
def test_only_web_addresses_are_fetched_from(url: str) -> None:
    with pytest.raises(GazetteerError, match="no address"):
        fetch.base_url(url)


def test_the_address_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WHOHOLDS_GEONAMES", raising=False)
    assert fetch.base_url() == "https://download.geonames.org/export/dump/"
    monkeypatch.setenv("WHOHOLDS_GEONAMES", "http://127.0.0.1:1/mirror")
    assert fetch.base_url() == "http://127.0.0.1:1/mirror/"
    assert fetch.base_url("http://127.0.0.1:2") == "http://127.0.0.1:2/"


def test_countries_are_named_by_name_or_code() -> None:
    assert manage.codes(["Iraq", "SYR", "iq", "Kosovo"]) == ["IQ", "SY", "XK"]
    assert manage.codes(["allCountries"]) == ["allCountries"]
    with pytest.raises(GazetteerError, match="'Narnia' is no country"):
        manage.codes(["IQ", "Narnia"])
