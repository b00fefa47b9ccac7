"""What stands before the application: who may ask, from where, how much, and what browsers may do with the answers.

Other pages in the same browser are the danger, even with a server on 127.0.0.1: a page may send requests to it (so the
Origin is checked, and writing takes only content types that such a page cannot send unasked), and may have a name of
its own lead here (DNS rebinding: so the Host is checked).
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import ipaddress
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from whoholds.web.problems import page, problem
from whoholds.web.settings import Settings

SAFE = ("GET", "HEAD")
METHODS = (*SAFE, "POST")
WRITING = {"application/json", "multipart/form-data"}
BEARER = "bearer "
UPLOADS = 3
"""That may come in at the same time."""


class Guard:
    """ASGI middleware. What it refuses never reaches the application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._policy = policy(settings.tiles)
        self._uploads = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *self._headers(scope["path"])]
            await send(message)

        refused = self._refused(scope, headers)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        length = headers.get("content-length", "")
        most = self._most(scope["path"])
        if length and (not (length.isascii() and length.isdigit()) or int(length[:20]) > most):
            await problem(413, f"The request is larger than {most // 1_000_000} MB.")(scope, receive, guarded)
            return
        if most == self._settings.limits.body_bytes:
            await self._bounded(scope, receive, guarded, most)
            return
        # Uploads stand on the disk while they come in: some at a time.
        if self._uploads >= UPLOADS:
            busy = problem(
                429, "Other uploads are coming in; try again when they are done.", headers={"Retry-After": "5"}
            )
            await busy(scope, receive, guarded)
            return
        self._uploads += 1
        try:
            await self._bounded(scope, receive, guarded, most)
        finally:
            self._uploads -= 1

    # ---- inside

    def _refused(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request that is refused; None where it may go on."""
        method, host = scope["method"], headers.get("host", "")
        if method not in METHODS:
            return problem(405, "Only GET, HEAD and POST are answered.", headers={"Allow": ", ".join(METHODS)})
        if not self._answers_to(name_of(host)):
            return problem(421, "This server does not answer to that name. Start it with --allow-host NAME.")
        origin = headers.get("origin")
        if origin is not None and not self._ours(origin, host, scope):
            return problem(403, "The request comes from another page.")
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and (
            method not in SAFE or headers.get("sec-fetch-dest") not in ("document", None)
        ):
            return problem(403, "The request comes from another page.")
        if method not in SAFE:
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind not in WRITING and headers.get("content-length", "0") != "0":
                return problem(415, f"Send one of {', '.join(sorted(WRITING))}.")
            if origin is None and "sec-fetch-site" in headers and headers["sec-fetch-site"] != "same-origin":
                return problem(403, "The request comes from another page.")
        return self._unknown(scope, headers)

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """The answer to a request without the token, or one that shows it in the address; None where it has it."""
        token = self._settings.token
        if token is None:
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = [value for name, value in query if name == "token"]
        if shown and scope["method"] in SAFE and not scope["path"].startswith("/api/"):
            if not same(shown[-1], token):
                return _unopened(scope, headers, "The token in the address is not this server's.")
            # Out of the address bar, of the history and of what is copied from it. Only a path of this server.
            left = urlencode([(name, value) for name, value in query if name != "token"])
            path = "/" + scope["path"].lstrip("/\\")
            answer = RedirectResponse(path + (f"?{left}" if left else ""), 303)
            secure = scope.get("scheme") == "https"
            # Lax: a link to the server in a mail works, and what other pages post never carries it.
            answer.set_cookie(cookie_of(token), token, httponly=True, samesite="lax", secure=secure, path="/")
            return answer
        if any(same(given, token) for given in given_tokens(headers, cookie_of(token))):
            return None
        return _unopened(scope, headers, "A token is needed: open the address that the server printed.")

    def _answers_to(self, name: str) -> bool:
        """Whether the name is one of the server's. A bare address is nobody's to lead elsewhere."""
        return name in self._settings.hosts or (self._settings.addresses and _is_address(name))

    def _ours(self, origin: str, host: str, scope: Scope) -> bool:
        return origin.lower() == f"{scope.get('scheme', 'http')}://{host}".lower()

    def _most(self, path: str) -> int:
        limits = self._settings.limits
        # Room for what multipart puts around each file.
        return limits.upload_bytes + 1_000_000 if path.endswith("/uploads") else limits.body_bytes

    async def _bounded(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """The application, with a body of at most `most` bytes, whatever length was announced."""
        taken, begun = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            if begun or taken <= most:  # what is said of a body that was cut off is not the reason
                begun = True
                await send(message)

        with contextlib.suppress(_TooLargeError, ClientDisconnect):
            await self._app(scope, counted, noted)
        if not begun and taken > most:
            await problem(413, f"The request is larger than {most // 1_000_000} MB.")(scope, receive, send)

    def _headers(self, path: str) -> list[tuple[bytes, bytes]]:
        made = {
            "content-security-policy": self._policy if not path.startswith("/api/") else "default-src 'none'; sandbox",
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "no-referrer",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "cross-origin-embedder-policy": "credentialless",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        }
        return [(name.encode(), value.encode()) for name, value in made.items()]


class _TooLargeError(Exception):
    """More was sent than is taken."""


def _unopened(scope: Scope, headers: Headers, detail: str) -> Response:
    """The answer to a request without the token: a page for who opens one in a browser, else a problem document."""
    if scope["path"].startswith("/api/") or "text/html" not in headers.get("accept", ""):
        return problem(401, detail)
    return page(
        401,
        "This ledger is opened by its link",
        detail,
        "The link is the address that “whoholds serve” printed when it was started; it ends in ?token= and the token."
        " A server that is started again has another one, unless one was given to it: then the old link, and a page"
        " that was opened by it, work no more.",
        "Open the link that was printed last, or ask whoever runs the server for it.",
    )


def policy(tiles: str | None) -> str:
    """The page's Content Security Policy: its own files, and the origin of the tiles where they were asked for."""
    outside = ""
    if tiles:
        parts = urlsplit(tiles)
        outside = f" {parts.scheme}://{parts.netloc.replace('{s}', '*')}"
    rules = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "worker-src 'self'",
        f"connect-src 'self'{outside}",
        f"img-src 'self' data: blob:{outside}",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types default",
    )
    return "; ".join(rules)


def name_of(host: str) -> str:
    """The name in a Host header, without its port, in lower case; "" where it is no host."""
    host = host.lower()
    if host.startswith("["):
        name, bracket, port = host.partition("]")
        return name + bracket if bracket and _is_port(port) else ""
    name, colon, port = host.partition(":")
    return name.removesuffix(".") if _is_port(colon + port) else ""


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_port(text: str) -> bool:
    return not text or (text[0] == ":" and text[1:].isascii() and text[1:].isdigit() and len(text) < 7)


def cookie_of(token: str) -> str:
    """The cookie's name: cookies know no ports, and two servers of one machine must not overwrite each other's."""
    return f"whoholds-{hashlib.sha256(token.encode()).hexdigest()[:8]}"


def given_tokens(headers: Headers, name: str) -> list[str]:
    """What a request shows as its token: in the Authorization header, or in the cookie of that name."""
    found = []
    authorization = headers.get("authorization", "")
    if authorization.lower().startswith(BEARER):
        found.append(authorization[len(BEARER) :].strip())
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        cookie = None
    return [*found, *([cookie.value] if cookie else [])]


def same(given: str, token: str) -> bool:
    """Whether the two are one, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())
