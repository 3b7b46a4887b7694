"""People from a sheet, through the pages. Networks and schools are handed in by whoever puts the rooms in their places."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.people.importing import PeopleImporter, Workplaces
from portal.people.policy import can_list_people
from portal.people.queries import coordinated_networks
from portal.people.routes import people
from portal.web.access import me
from portal.web.importing_pages import ImportPages, add_import_pages
from portal.web.importing_waiting import Waiting

Join = Callable[[int, int, int | None], None]
Attach = Callable[[int, int], None]


@dataclass
class Neighbours:
    """What stands beside and above this room: how schools are found, and how somebody gets on a network's list."""

    workplaces: Callable[[], Workplaces] | None = None
    join: Join | None = None
    attach: Attach | None = None


neighbours = Neighbours()


def introduce(workplaces: Callable[[], Workplaces], join: Join, attach: Attach) -> None:
    """Called once, where the rooms are put in their places."""
    neighbours.workplaces, neighbours.join, neighbours.attach = workplaces, join, attach


def make_importer(waiting: Waiting) -> PeopleImporter:
    """The importer for what waits; a network that the person does not coordinate is left aside."""
    slug = waiting.choices.get("choice", "")
    network_id = next((one.id for one in coordinated_networks(waiting.person_id) if one.slug == slug), None)
    workplaces = neighbours.workplaces() if neighbours.workplaces else None
    after = _joining(network_id, waiting.person_id) if network_id else None
    source = waiting.filename or _("a pasted list")
    return PeopleImporter(waiting.person_id or None, network_id, source, workplaces, after)


def _joining(network_id: int, by: int) -> Callable[[int, int | None], None]:
    def after(person_id: int, organisation_id: int | None) -> None:
        if neighbours.join:
            neighbours.join(network_id, person_id, by)
        if neighbours.attach and organisation_id is not None:
            neighbours.attach(network_id, organisation_id)

    return after


def _networks() -> list[tuple[str, str]]:
    mine = [(one.slug, one.name) for one in coordinated_networks(me().person_id)]
    return [*mine, ("", _("No network: only keep their records"))]


add_import_pages(
    people,
    ImportPages(
        what="people",
        title=_l("Bring in people"),
        lead=_l(
            "A list of teachers, a sign-up sheet, a directory. They are put on a list; nobody gets an account or a mail by it."
        ),
        make=make_importer,
        may=lambda: can_list_people(me()),
        back="people.index",
        choice_label=_l("For which network"),
        choice_hint=_l("They stand on its list of members, as people who have not been invited yet."),
        choices=_networks,
    ),
)
