"""Headers of every answer, and CSRF on every form."""

from __future__ import annotations

from flask import Flask, Response
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from marketplace.web import cross_site

CONTENT_POLICY = {
    "default-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{key} {value}" for key, value in CONTENT_POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NO_FRAMES = ("Content-Security-Policy", "X-Frame-Options")
"""No page may say these of itself, unless it is registered for frames."""
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    """Add the headers to every answer, error pages and static files included.

    Who the visitor is comes from the connection, unless PROXIES says how many stand in front.
    """
    CSRFProtect(app)
    cross_site.init_app(app)
    if hops := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]

    @app.after_request
    def _headers(response: Response) -> Response:
        framed = cross_site.may_be_framed(response)
        for name, value in HEADERS.items():
            if name not in NO_FRAMES:
                response.headers.setdefault(name, value)
            elif not framed:
                response.headers[name] = value
        if app.config["SESSION_COOKIE_SECURE"]:
            response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
        if response.mimetype == "text/html":
            response.headers.setdefault("Cache-Control", "no-store")
        return response
