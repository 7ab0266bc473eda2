"""Runs the server until Ctrl-C."""

import logging
import secrets
import socket
import sys
import webbrowser
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from rich.markup import escape

from formcheck.errors import WebError
from formcheck.ui.console import stderr
from formcheck.ui.web.app import create_app
from formcheck.ui.web.security import QUERY, WILDCARDS
from formcheck.ui.web.settings import LOOPBACK, Settings

_TLS = (
    "other machines in your network can reach this page, and what goes between is not encrypted. "
    "Browsers give their camera only to pages by https or of their own machine: put a server with TLS before it"
)
_MOST_CONNECTIONS = 256


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked for: see the command's options."""

    port: int
    host: str | None
    open_it: bool = False
    db: Path | None = None
    keep: bool = True
    model: Path | None = None


def run(wanted: Wanted) -> None:
    """Serve until Ctrl-C.

    Raises:
        WebError: the address cannot be used.
    """
    token = secrets.token_urlsafe(24) if wanted.host is not None else None
    host = wanted.host or LOOPBACK
    console = stderr()
    with closing(bound(host, wanted.port)) as listening:
        settings = Settings(
            host=host, names=_names(host), token=token, db=wanted.db, keep=wanted.keep, model=wanted.model
        )
        address = _address(host, listening.getsockname()[1], token)
        if wanted.host is not None:
            console.print(f"[yellow]note:[/] {_TLS}.")
        server = uvicorn.Server(config(create_app(settings), settings))
        listening.listen()  # who comes before the server is ready waits, and is not refused
        console.print(f"formcheck is at {escape(address)}  (Ctrl-C ends it)")
        if wanted.open_it:
            webbrowser.open(address)
        logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:
            console.print("formcheck: the page has ended; sessions that were going on are in the history")


def config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Return how uvicorn is to serve it."""
    return uvicorn.Config(
        app,
        ws_max_size=settings.limits.frame,
        ws_per_message_deflate=False,  # pictures are packed already, and small messages that unpack to much are none
        ws_max_queue=4,
        h11_max_incomplete_event_size=16 * 1024,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=5,
        server_header=False,
        proxy_headers=False,
        access_log=False,
        log_config=None,
        log_level="warning",
    )


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens there.

    Raises:
        WebError: the address is none of this machine's, or the port is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except OSError as error:
        raise WebError(f"{host} is no address of this machine ({error.strerror}). Leave out --host.") from error
    try:
        if sys.platform != "win32":  # there it would share a port that is taken
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise WebError(
            f"the address {host}, port {port}, cannot be used: {error.strerror}. Choose another one with --port."
        ) from error
    return listening


def _names(host: str) -> tuple[str, ...]:
    """What this machine may be called by others."""
    if host == LOOPBACK:
        return ()
    own = socket.gethostname()
    return (own, f"{own}.local")


def _address(host: str, port: int, token: str | None) -> str:
    shown = socket.gethostname() if host in WILDCARDS else host
    bracketed = f"[{shown}]" if ":" in shown else shown
    return f"http://{bracketed}:{port}/" + (f"?{QUERY}={token}" if token else "")
