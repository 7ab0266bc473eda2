"""Who may ask: every request and socket is looked at before anything else sees it.

The page and the API are for this origin only. A name that some site has pointed at this machine (DNS rebinding) is
refused by ``Host``; other sites' pages, also those of other servers on this machine, by ``Origin`` and by what browsers
say of a request (``Sec-Fetch-Site``). Where other machines may connect, a token is asked for besides.
"""

import ipaddress
from collections.abc import Mapping
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from formcheck.ui.web.headers import headers_for
from formcheck.ui.web.problems import Problem
from formcheck.ui.web.settings import Settings

COOKIE = "formcheck"
QUERY = "token"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
WILDCARDS = ("0.0.0.0", "::")
_OURS = ("same-origin", "none")
_SAFE = ("GET", "HEAD")
_POLICY = 1008


class Guard:
    """Lets through what may be asked, and gives every response its headers.

    Args:
        app: what is behind it.
        settings: of the server.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings
        self._names = {*_LOOPBACK, *(name.lower() for name in settings.names), settings.host.lower()}
        self._anywhere = settings.host in WILDCARDS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or socket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check(scope, headers)
        except Problem as problem:
            await _refuse(problem, scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        if (entering := self._entering(scope)) is not None:
            await entering(scope, receive, _with_headers(scope, send))
            return
        await self._app(scope, receive, _with_headers(scope, send))

    def _check(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            raise Problem(
                421, "wrong_host", f"This server is not {host!r}.",
                "Open the address that formcheck has printed.",
            )  # fmt: skip
        origin = headers.get("origin")
        if origin is not None and not _same(origin, host):
            raise _other_site()
        site, navigates = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode") == "navigate"
        to_page = navigates and scope.get("method") in _SAFE and not scope["path"].startswith("/api/")
        if site is not None and site not in _OURS and not to_page:
            raise _other_site()
        if self._settings.token is not None and not self._is_known(scope, headers):
            raise Problem(
                401, "no_token", "This page needs the token that formcheck has printed.",
                "Open the whole address that formcheck has printed, with ?token= at its end.",
                {"WWW-Authenticate": "Bearer"},
            )  # fmt: skip

    def _is_ours(self, host: str) -> bool:
        try:
            name = (urlsplit(f"//{host}").hostname or "").lower()
        except ValueError:
            return False
        if name in self._names:
            return True
        if not self._anywhere:
            return False
        try:
            ipaddress.ip_address(name)  # an address cannot be pointed elsewhere, as a name can
        except ValueError:
            return False
        return True

    def _is_known(self, scope: Scope, headers: Headers) -> bool:
        token = self._settings.token or ""
        shown = [_cookie(headers), _bearer(headers)]
        if scope["type"] == "http" and scope["method"] in _SAFE and not scope["path"].startswith("/api/"):
            shown.append(_query(scope).get(QUERY, ""))
        return any(compare_digest(each.encode(), token.encode()) for each in shown)

    def _entering(self, scope: Scope) -> Response | None:
        """Who comes with the token in the address gets it as a cookie, and the address without it."""
        query = _query(scope)
        if self._settings.token is None or QUERY not in query or scope["path"].startswith("/api/"):
            return None
        rest = urlencode([(key, value) for key, value in query.items() if key != QUERY])
        path = "/" + scope["path"].lstrip("/")  # //host/ would lead elsewhere
        response = RedirectResponse(path + (f"?{rest}" if rest else ""), 303)
        response.set_cookie(COOKIE, self._settings.token, httponly=True, samesite="strict", path="/")
        return response


def _same(origin: str, host: str) -> bool:
    parts = urlsplit(origin) if "://" in origin else None
    return parts is not None and parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _other_site() -> Problem:
    return Problem(403, "wrong_origin", "Another site's page has asked for this.", "Open formcheck's own page.")


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


def _bearer(headers: Headers) -> str:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _query(scope: Scope) -> Mapping[str, str]:
    try:
        return dict(parse_qsl(scope["query_string"].decode("latin-1"), max_num_fields=50))
    except ValueError:
        return {}


def _with_headers(scope: Scope, send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in headers_for(scope["path"]).items():
                headers.setdefault(name, value)
        await send(message)

    return sent


async def _refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        response = JSONResponse(problem.body(), problem.status, problem.headers)
        await response(scope, receive, _with_headers(scope, send))
        return
    # opened and closed at once: only so does a browser learn the code
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": _POLICY, "reason": problem.key})
