"""Staffroom: a staffroom for the whole region. ``create_app`` is the only place that knows every room."""

from datetime import timedelta
from pathlib import Path

from babel import Locale
from flask import Flask, g, has_request_context, request
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.config import Settings
from portal.db import Base, init_database
from portal.handing_on.blueprints import handed
from portal.networks.queries import region
from portal.rooms import init_rooms
from portal.tables import ALL as TABLES
from portal.web.access import init_access, visitor
from portal.web.acts import acts
from portal.web.assets import init_assets
from portal.web.compression import init_compression
from portal.web.dates import init_dates
from portal.web.errors import init_errors
from portal.web.forms_once import init_forms_once
from portal.web.gathered import init_gathered
from portal.web.headers import init_headers
from portal.web.hypermedia import asset
from portal.web.languages import init_languages
from portal.web.numbers import init_numbers

ROOT = Path(__file__).parent.parent
LANGUAGES = ["en_GB", "en_US"]

__all__ = ["TABLES", "Base", "create_app"]


def create_app(settings: Settings | None = None, testing: bool = False) -> Flask:
    """The application, ready to serve. Raises UnsafeSQLite where the SQLite at hand could corrupt data."""
    settings = settings or Settings()
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.testing = testing
    _configure(app, settings)
    init_database(app, settings)
    init_numbers(app)
    init_headers(app, settings.secure_cookies)
    init_assets(app, remember=_stays_as_it_is(app, settings))
    init_errors(app)
    init_dates(app)
    init_access(app)
    # What a mail's link opens stands on its own secret: see web/acts.py.
    guard = CSRFProtect(app)
    # Whoever holds the link of a mail may press, from a browser without cookies too: see ``web/acts.py``.
    for by_link in (acts, handed):
        guard.exempt(by_link)
    init_forms_once(app)
    init_gathered(app)
    init_languages(app, _language, lambda: g.get("time_zone") or "UTC")
    init_compression(app)
    app.jinja_env.globals["asset"] = asset
    app.jinja_env.add_extension("jinja2.ext.do")
    init_rooms(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    name = "__Host-staffroom" if settings.secure_cookies else "staffroom"
    url = settings.url or "http://127.0.0.1:8000"
    hosts = [host for host in settings.hosts.split(",") if host]
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.key("session"),
        IS_DEVELOPMENT=settings.is_development,
        PORTAL_URL=url,
        TRUSTED_HOSTS=hosts or ([url.partition("://")[2].partition(":")[0]] if settings.url else None),
        MAIL_DOMAIN=settings.mail_from.rpartition("@")[2] or "localhost",
        CODE_MINUTES=settings.code_minutes,
        SESSION_HOURS=settings.session_hours,
        OWN_DEVICE_DAYS=settings.own_device_days,
        SESSION_COOKIE_NAME=name,
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(days=settings.own_device_days),
        MAX_CONTENT_LENGTH=settings.max_upload,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        BABEL_DEFAULT_LOCALE="en_GB",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
    )
    # There are more templates than the 400 that Jinja keeps by itself: one that had to go is compiled anew, at 20 ms or so.
    app.jinja_options = {**app.jinja_options, "cache_size": -1}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.auto_reload = app.config["TEMPLATES_AUTO_RELOAD"] = not _stays_as_it_is(app, settings)


def _stays_as_it_is(app: Flask, settings: Settings) -> bool:
    """Whether nobody edits templates and static files while the application runs."""
    return app.testing or not settings.is_development


def _language() -> str:
    """Whose mail's link was opened, who is signed in, the network, the browser: the first that says something.

    The region says which kind of the browser's language it is.
    """
    if g.get("speaks"):
        return str(g.speaks)
    person = visitor()
    if person and person.locale:
        return person.locale
    scope = g.get("here")
    if scope and scope.network.locale:
        return str(scope.network.locale)
    if not has_request_context():
        return LANGUAGES[0]
    preferred = request.accept_languages.best_match([language.replace("_", "-") for language in LANGUAGES])
    chosen = Locale.parse(preferred, sep="-") if preferred else Locale.parse(LANGUAGES[0])
    # Browsers say en-US wherever they were bought; dates are written as the region writes them.
    home = region()
    return home.locale if home and Locale.parse(home.locale).language == chosen.language else str(chosen)
