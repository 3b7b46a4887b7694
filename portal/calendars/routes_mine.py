"""My calendars: the addresses to copy, who can read them, and how to end them."""

from dataclasses import dataclass

from flask import Blueprint, Response, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal.calendars.addresses import feed_url, subscribing
from portal.calendars.operations import renew_addresses
from portal.calendars.queries import networks_of, renewed_at, version_of
from portal.people.own_means import only_by_her_own_means
from portal.web.access import me
from portal.web.forms import ActForm, pressed
from portal.web.hypermedia import done, page
from portal.web.links import absolute

my_calendars = Blueprint("my_calendars", __name__, url_prefix="/me/calendars")


@dataclass(frozen=True, slots=True)
class Feed:
    """One address, as the page shows it."""

    key: str
    name: str
    about: str
    url: str

    @property
    def opens(self) -> str:
        return subscribing(self.url)


@my_calendars.get("")
def index() -> Response:
    # An address outlives the sign-in that saw it: nobody takes one along who came in on a slip.
    only_by_her_own_means()
    networks = networks_of(me().person_id)
    open_feeds = [
        Feed(f"public-{one.id}", one.name, "", absolute("feeds.follow_public", slug=one.slug)) for one in networks
    ]
    return page("calendars/mine.html", feeds=_my_feeds(), open_feeds=open_feeds, renewed_at=renewed_at(me().person_id))


@my_calendars.get("/renew")
def ask_to_renew() -> Response:
    only_by_her_own_means()
    return page("calendars/renew.html", form=ActForm())


@my_calendars.post("/renew")
def renew() -> AnyResponse:
    only_by_her_own_means()
    form = pressed(renew_addresses, me().person_id)
    if not form.errors:
        return done(url_for(".index"), _("Your addresses are new. Every older one has ended."))
    return page("calendars/renew.html", form=form)


def _my_feeds() -> list[Feed]:
    person_id = me().person_id
    version = version_of(person_id)
    about_me = _("Every date that you have booked or wait for, in all your networks, with the joining links.")
    about_network = _("Every published date of the network; the joining link where you have a place.")
    mine = Feed("me", _("My dates"), about_me, feed_url(person_id, 0, version))
    return [mine] + [
        Feed(f"network-{one.id}", one.name, about_network, feed_url(person_id, one.id, version))
        for one in networks_of(person_id)
    ]
