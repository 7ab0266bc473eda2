"""What every response tells the browser: nothing from elsewhere, nothing to elsewhere, nothing kept by accident."""

from collections.abc import Mapping

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; frame-src 'self'"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), fullscreen=(self), screen-wake-lock=(self), microphone=(), geolocation=(), "
    "display-capture=(), payment=(), usb=()",
    "Content-Security-Policy": PAGE_POLICY,
}


def headers_for(path: str) -> Mapping[str, str]:
    """Return the headers of a response to ``path`` that has none of its own in their place."""
    # health data is in no cache; the page's own files are asked for anew, and answered with "not changed"
    return {**_ALWAYS, "Cache-Control": "no-store" if path.startswith("/api/") else "no-cache"}


def report_policy(script_hash: str | None) -> str:
    """Return the policy of a report or guide, shown in a frame of the page: its own style, pictures and one script."""
    script = f"script-src 'sha256-{script_hash}'; " if script_hash else ""
    return (
        f"default-src 'none'; {script}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-downloads"
    )
