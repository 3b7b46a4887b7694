"""What the directory shows of a person: each chooses for herself, and keeps what she does not list.

Name and part in the network are always shown to fellow members. The coordinators, and she herself, see it all.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from portal.networks.roles import role_name
from portal.people.listed import is_listed
from portal.people.names import initials
from portal.web.tables import Column


@dataclass(frozen=True, slots=True)
class Shown:
    """One person as this reader may see her."""

    id: int
    name: str
    role: str
    since: datetime
    is_paused: bool
    has_come_in: bool
    school: str
    school_id: int | None
    place: str
    subjects: list[str]
    phases: list[str]
    knows_about: str
    address: str
    phone: str

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def role_name(self) -> str:
        return role_name(self.role)

    def cells(self) -> list[object]:
        """One line of the spreadsheet."""
        words = (", ".join(self.subjects), ", ".join(self.phases))
        return [
            self.name,
            self.role_name,
            self.since.date(),
            self.school,
            self.place,
            *words,
            self.knows_about,
            self.address,
        ]


def shown(row: Any, words: dict[str, list[str]], everything: bool) -> Shown:
    """A row of the directory query, cut to what this reader may see."""

    def sees(item: str) -> bool:
        return everything or is_listed(row.listing, item)

    return Shown(
        id=row.id,
        name=row.name,
        role=row.role,
        since=row.started_at,
        is_paused=row.paused_at is not None,
        has_come_in=row.admitted_at is not None,
        school=(row.school or "") if sees("school") else "",
        school_id=row.school_id if sees("school") else None,
        place=(row.place or "") if sees("school") else "",
        subjects=words.get("subject", []) if sees("subjects") else [],
        phases=words.get("phase", []) if sees("phases") else [],
        knows_about=row.knows_about if sees("knows_about") else "",
        address=(row.address or "") if sees("email") else "",
        phone=(row.phone or "") if sees("phone") else "",
    )


def member_columns() -> list[Column]:
    """The headings of the spreadsheet of members."""
    names = (_("Name"), _("Role"), _("Member since"), _("School"), _("Place"))
    more = (_("Subjects"), _("Phases"), _("Knows about"), _("Email"))
    return [Column(name) for name in (*names, *more)]
