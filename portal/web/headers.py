"""What every answer carries: a strict Content-Security-Policy and its kin. ``style``, ``script`` and images come from us alone."""

from flask import Flask, Response, request
from flask_login import current_user

from portal.web.address_keys import is_a_key

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Frame-Options": "DENY",
}


def init_headers(app: Flask, secure: bool) -> None:
    def add(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if secure:
            response.headers.setdefault("Strict-Transport-Security", "max-age=63072000")
        # What a signed-in person saw, or somebody by her link, must not come back from a shared computer's cache.
        is_personal = current_user.is_authenticated or is_a_key()
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if is_personal else "no-cache"
        return response

    app.after_request(add)
