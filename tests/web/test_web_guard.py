"""Who may ask: hosts, origins, tokens, sizes; and what browsers are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from whoholds.errors import LedgerError, WhoholdsError
from whoholds.web.app import create_app
from whoholds.web.guard import policy
from whoholds.web.server import Address, listen, page_of, settings_of
from whoholds.web.settings import Limits, Settings

API = "/api/v1"
TOKEN = "a-token-of-some-length"
Serve = Callable[..., TestClient]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8765", "localhost:1", "LOCALHOST.", "[::1]:8765"])
def test_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get(f"{API}/about", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "127.0.0.1:8765@evil.example"),
        *("[::1", "10.0.0.7:8765", "127.0.0.1:x", "localhost:8765:8765"),
    ],
)
def test_names_that_lead_here_from_elsewhere_are_refused(client: TestClient, host: str) -> None:
    answer = client.get(f"{API}/about", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_server_for_the_network_answers_to_addresses_and_named_hosts_only(serve: Serve) -> None:
    client = serve(hosts=("127.0.0.1", "maps.example"), addresses=True)
    for host, status in (("10.0.0.7:8765", 200), ("maps.example", 200), ("[fe80::1]:80", 200), ("evil.example", 421)):
        assert client.get(f"{API}/about", headers={"host": host}).status_code == status, host


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8765"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_pages_are_refused(writer: TestClient, origin: str, method: str) -> None:
    headers = {"origin": origin, "host": "127.0.0.1:8765"}
    path = f"{API}/review/judgements"
    answer = writer.request(method, path, headers=headers, **({"json": {}} if method == "POST" else {}))
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_the_page_itself_may_write(writer: TestClient, claims: list[Any]) -> None:
    headers = {"origin": "http://127.0.0.1:8765", "host": "127.0.0.1:8765", "sec-fetch-site": "same-origin"}
    said = {"by": "ann", "claim": claims[0].id, "verdict": "right"}
    assert writer.post(f"{API}/review/judgements", json=said, headers=headers).status_code == 201


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_a_browser_says_comes_from_elsewhere_is_refused(writer: TestClient, site: str) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-dest": "image"}
    assert writer.get(f"{API}/about", headers=headers).status_code == 403
    assert writer.post(f"{API}/review/judgements", json={}, headers=headers).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_what_any_page_may_post_is_not_taken(writer: TestClient, kind: str) -> None:
    answer = writer.post(f"{API}/reports", content=b'{"text": "x"}', headers={"content-type": kind} if kind else {})
    assert answer.status_code == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    answer = client.request(method, f"{API}/about", headers={"origin": "http://127.0.0.1:8765"})
    assert answer.status_code == 405
    assert "access-control-allow-methods" not in answer.headers


def test_without_write_nothing_is_taken(client: TestClient, claims: list[Any]) -> None:
    said = {"by": "ann", "claim": claims[0].id, "verdict": "right"}
    for path, body in (
        ("review/judgements", said),
        ("review/judgements/1/undo", {"by": "ann"}),
        ("review/states", {"by": "ann", "place_id": "test:ramadi", "holders": [], "reason": "seen"}),
        ("reports", {"text": "gains gov:IRQ Ramadi 2016-02-09"}),
    ):
        answer = client.post(f"{API}/{path}", json=body)
        assert answer.status_code == 403, path
        assert "--write" in answer.json()["detail"]
    assert client.post(f"{API}/uploads", files={"files": ("a.txt", b"x")}).status_code == 403


# ---- the token


def test_every_request_shows_the_token(serve: Serve) -> None:
    client = serve(token=TOKEN)
    for path in ("/", f"{API}/about", f"{API}/openapi.json", "/assets/app.js", "/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert TOKEN not in answer.text
    assert client.get(f"{API}/about", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    for wrong in (TOKEN[:-1], TOKEN + "x", "", TOKEN.upper(), "é"):
        headers = {"authorization": f"Bearer {wrong}".encode()}
        assert client.get(f"{API}/about", headers=headers).status_code == 401, wrong


def test_the_token_goes_from_the_address_into_a_cookie(serve: Serve) -> None:
    client = serve(token=TOKEN)
    answer = client.get(f"/place/x?token={TOKEN}&on=2016-03-01", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/place/x?on=2016-03-01"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert client.get(f"{API}/about").status_code == 200


def test_a_wrong_token_in_the_address_is_refused_and_not_repeated(serve: Serve) -> None:
    answer = serve(token=TOKEN).get("/?token=wrong-token-wrong-token", follow_redirects=False)
    assert answer.status_code == 401
    assert "wrong-token" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", "/?token=wrong-token-wrong-token", "/place/x"])
def test_who_opens_the_page_without_the_token_is_told_what_to_do_on_a_page(serve: Serve, path: str) -> None:
    client = serve(token=TOKEN)
    answer = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, follow_redirects=False)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("text/html")
    assert "whoholds serve" in answer.text
    assert "wrong-token" not in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    for other in (client.get(path), client.get(f"{API}/about", headers={"accept": "text/html"})):
        assert other.status_code == 401
        assert other.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example", "///evil.example/%2e%2e"])
def test_the_way_to_the_cookie_leads_nowhere_else(serve: Serve, path: str) -> None:
    client = serve(token=TOKEN)
    answer = client.get(f"http://127.0.0.1:8765{path}?token={TOKEN}", follow_redirects=False)
    location = answer.headers.get("location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_a_token_does_not_open_the_door_to_other_pages(serve: Serve) -> None:
    client = serve(token=TOKEN, write=True)
    headers = {"authorization": f"Bearer {TOKEN}", "origin": "https://evil.example"}
    assert client.get(f"{API}/about", headers=headers).status_code == 403


# ---- sizes


def test_requests_are_bounded(serve: Serve) -> None:
    client = serve(write=True, limits=Limits(body_bytes=1000))
    assert client.post(f"{API}/reports", json={"text": "x" * 2000}).status_code == 413
    lying = client.post(
        f"{API}/reports",
        content=iter([b'{"text": "', b"x" * 2000, b'"}']),
        headers={"content-type": "application/json"},
    )
    assert lying.status_code == 413
    bad = client.post(
        f"{API}/reports", content=b"{}", headers={"content-type": "application/json", "content-length": "-2"}
    )
    assert bad.status_code in (400, 413)


def test_uploads_are_bounded_in_size_and_number(serve: Serve) -> None:
    client = serve(write=True, limits=Limits(files=2, file_bytes=100, upload_bytes=150))
    many = [("files", (f"{n}.txt", b"x")) for n in range(3)]
    assert client.post(f"{API}/uploads", files=many).status_code == 413
    assert client.post(f"{API}/uploads", files={"files": ("a.txt", b"x" * 101)}).status_code == 413
    two = [("files", ("a.txt", b"x" * 90)), ("files", ("b.txt", b"x" * 90))]
    assert client.post(f"{API}/uploads", files=two).status_code == 413
    assert client.get(f"{API}/jobs").json() == []


def test_few_uploads_come_in_at_a_time(writer: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.web.guard.UPLOADS", 0)
    answer = writer.post(f"{API}/uploads", files={"files": ("a.txt", b"x")})
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
    assert writer.post(f"{API}/reports", json={"text": "holds sdf Rutba 2016-05-04"}).status_code == 202


# ---- what browsers are told


@pytest.mark.parametrize("path", ["/", f"{API}/about", "/nowhere.txt", "/assets/nothing.js", f"{API}/nothing"])
def test_every_answer_says_what_browsers_may_do(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_the_policy_opens_for_tiles_alone() -> None:
    assert "https" not in policy(None)
    with_tiles = policy("https://tiles.example.org:8443/{z}/{x}/{y}.png")
    assert with_tiles.count("https://tiles.example.org:8443") == 2
    assert "script-src 'self';" in with_tiles


@pytest.mark.parametrize(
    "path",
    [
        *("/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/..%2fapp.py", "/assets/%2fetc%2fpasswd"),
        *("/assets//etc/passwd", "/assets/__init__.py", "/../../etc/passwd", "/assets/..\\app.py", "/.git/config"),
        "/assets/app.py%00.js",
    ],
)
def test_only_the_page_s_own_files_are_given(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (404, 200, 503)
    assert b"root:" not in answer.content
    assert b"def create_app" not in answer.content
    if answer.status_code == 200:
        assert answer.headers["content-type"].startswith("text/html")


def test_errors_tell_nothing_of_the_program(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the program")

    monkeypatch.setattr("whoholds.web.routes.place.panel", broken)
    answer = client.get(f"{API}/place", params={"id": "test:ramadi"})
    assert answer.status_code == 500
    assert answer.json()["status"] == 500
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


# ---- starting


def test_a_ledger_that_is_missing_or_empty_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger"):
        create_app(Settings(tmp_path / "none.db"))
    (tmp_path / "other.db").write_bytes(b"not a database at all, but long enough to be looked at" * 40)
    with pytest.raises(LedgerError, match="no ledger"):
        create_app(Settings(tmp_path / "other.db"))


def test_a_taken_port_is_a_clear_error() -> None:
    with listen(Address(port=0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(WhoholdsError, match=f"Cannot listen on 127.0.0.1:{port}: .*--port"):
            listen(Address(port=port)).close()
    with pytest.raises(WhoholdsError, match="--host"):
        listen(Address("not.an.address.invalid"))


def made(address: Address, **fields: Any) -> Settings:
    asked = {"write": False, "token": None, "tiles": None, "reviewer": "ann"} | fields
    return settings_of(Path("x.db"), address, **asked)


def test_whoever_opens_the_network_gets_a_token() -> None:
    assert made(Address()).token is None
    assert made(Address("::1")).token is None
    assert made(Address("0.0.0.0")).token != made(Address("0.0.0.0")).token
    assert len(made(Address("192.0.2.1")).token or "") >= 32
    assert made(Address(token := "0.0.0.0"), token=TOKEN).token == TOKEN, token
    assert page_of(Address("0.0.0.0"), 8765, "a b") == "http://127.0.0.1:8765/?token=a%20b"


@pytest.mark.parametrize(
    "tiles",
    [
        "ftp://x/{z}/{x}/{y}",
        "https://x.example/{z}/{x}",
        "https://x'; script-src */{z}/{x}/{y}",
        "https://a b/{z}{x}{y}",
    ],
)
def test_tiles_are_an_address_of_tiles(tiles: str) -> None:
    with pytest.raises(WhoholdsError, match="--tiles"):
        made(Address(), tiles=tiles)


def test_a_short_token_is_refused() -> None:
    with pytest.raises(WhoholdsError, match="16 to 200"):
        made(Address(), token="short")
