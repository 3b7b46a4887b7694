"""The packs of a digest: one that she took and may tell of, and what others have shared."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from flask_babel import gettext as _

from portal.digest import words
from portal.digest.composing_dates import of_network
from portal.digest.content import USED, Act, Item, Make
from portal.digest.gathering import Facts
from portal.digest.queries_readers import Place, Reader
from portal.digest.queries_resources import NewPack, TakenPack
from portal.web import clock, dates
from portal.web.links import absolute, act_link

# One question at a time.
ASKED = 1
DAYS_TO_ANSWER = 90
# Who is written to for the first time finds what was shared in the last two of her periods.
PACKS_BACK = {"daily": timedelta(days=7), "fortnightly": timedelta(days=28), "monthly": timedelta(days=45)}
TWO_WEEKS = timedelta(days=14)


def packs(reader: Reader, facts: Facts) -> list[Make]:
    """First the question about a pack that she took, then what others have shared, the newest first."""
    return [*_taken(reader, facts)][:ASKED] + _shared(reader, facts)


def _taken(reader: Reader, facts: Facts) -> Iterator[Make]:
    places = {place.id: place for place in reader.places_with("resources")}
    for pack in facts.taken.get(reader.id, ()):
        place = places.get(pack.network_id)
        if place is not None and place.role != "observer" and f"{USED}{pack.id}" not in reader.told:
            yield partial(_did_you_use, pack, reader)


def _did_you_use(pack: TakenPack, reader: Reader) -> Item:
    yes = act_link("used", reader.id, pack.id, days=DAYS_TO_ANSWER, choice="yes")
    no = act_link("used", reader.id, pack.id, days=DAYS_TO_ANSWER, choice="no")
    return Item(
        pack.title,
        (f"{USED}{pack.id}",),
        line=_("You took it along. Did a class try it? Ten seconds, and a colleague knows whether it works."),
        link=act_link("used", reader.id, pack.id, days=DAYS_TO_ANSWER),
        ask=_("Used or not:"),
        acts=(Act(_("Yes, used"), yes, strong=True), Act(_("Not used"), no)),
    )


def _shared(reader: Reader, facts: Facts) -> list[Make]:
    since = clock.now() - PACKS_BACK.get(reader.rhythm, TWO_WEEKS)
    found = [
        (pack, place)
        for place in reader.places_with("resources")
        for pack in facts.packs.get(place.id, ())
        if pack.owner_id != reader.id and (_is_new(pack, reader, since) or _is_recommended_now(pack, reader, since))
    ]
    found.sort(key=lambda one: (one[0].shared_at, one[0].id), reverse=True)
    return [partial(_new_pack, pack, place, reader) for pack, place in found]


def _is_new(pack: NewPack, reader: Reader, since: datetime) -> bool:
    return pack.shared_at > since and f"pack:{pack.id}" not in reader.told


def _is_recommended_now(pack: NewPack, reader: Reader, since: datetime) -> bool:
    """It is worth a second line once the coordinators stand behind it."""
    is_lately = pack.recommended_at is not None and pack.recommended_at > since
    return is_lately and f"recommended:{pack.id}" not in reader.told


def _new_pack(pack: NewPack, place: Place, reader: Reader) -> Item:
    by = _("By %(name)s", name=pack.author)
    recommended = _("Recommended by the coordinators") if pack.recommended_at else ""
    told = (f"pack:{pack.id}", f"recommended:{pack.id}") if pack.recommended_at else (f"pack:{pack.id}",)
    return Item(
        pack.title,
        told,
        dates.minutes(pack.minutes),
        words.sentence(pack.strapline, by, recommended, of_network(reader, place)),
        _pack_address(pack.id, pack.is_public, place),
        _("The pack:"),
    )


def _pack_address(pack_id: int, is_public: bool, place: Place) -> str:
    """A public pack opens without signing in."""
    endpoint = "public_packs.show" if is_public else "resources.show"
    return absolute(endpoint, network=place.slug, pack_id=pack_id)
