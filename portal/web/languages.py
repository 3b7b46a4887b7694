"""Which language a page or a mail speaks.

Flask-Babel asks for the language, the time zone and the catalogue anew at every word; a page of a hundred words then
spends a tenth of its time on asking. Here they are looked up once for each request.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from babel import Locale
from babel.support import NullTranslations
from flask import Flask, g
from flask_babel import Babel, LazyString, force_locale, get_locale, get_translations
from markupsafe import escape


def init_languages(app: Flask, language: Callable[[], str], time_zone: Callable[[], str]) -> None:
    """``language`` and ``time_zone`` say what this request speaks and shows."""
    # Flask-Babel hands lazily translated words to a template as finished HTML. In ours stand a network's own words and
    # names that people typed: they are escaped like any other text.
    LazyString.__html__ = lambda words: str(escape(str(words)))
    Babel(app, locale_selector=language, timezone_selector=time_zone)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        pgettext=lambda context, text: _catalogue().upgettext(context, text),
        npgettext=lambda context, one, many, number: _catalogue().unpgettext(context, one, many, number),
        newstyle=True,
    )


def spoken() -> Locale:
    """The language of this page."""
    found: Locale | None = g.get("spoken")
    if found is None:
        found = g.spoken = get_locale() or Locale("en", "GB")
    return found


def _catalogue() -> NullTranslations:
    found: NullTranslations | None = g.get("catalogue")
    if found is None:
        found = g.catalogue = get_translations()
    return found


@contextmanager
def in_language(locale: str) -> Iterator[None]:
    """What is written inside, a mail say, is in its reader's language and not in that of the one who caused it."""
    before = g.pop("spoken", None), g.pop("catalogue", None)
    try:
        with force_locale(locale):
            yield
    finally:
        g.spoken, g.catalogue = before
