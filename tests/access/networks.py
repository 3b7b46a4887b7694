"""A network's own pages: members read, coordinators change; strangers see nothing but the public page."""

from datetime import timedelta

from sqlalchemy import select

from portal.db import db
from portal.networks.models import Invitation, JoinRequest, Membership, Network, SchoolTerm
from portal.networks.operations_inviting import Asking, invite
from portal.networks.operations_membership import remove_member
from portal.organisations.models import Organisation
from portal.web import acts, clock
from portal.web.links import hashed
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
MEMBERS = {"ines": "may", "tobi": "may", "dafydd": "may", "petra": "may"} | STRANGERS
COORDINATORS = MEMBERS | {"tobi": "403", "dafydd": "403", "petra": "403"}
SIGNED_IN = dict.fromkeys(MEMBERS, "may") | {"nobody": "sign-in"}
EVERYONE = dict.fromkeys(MEMBERS, "may")
# One's own questions and invitations: here they are hana's.
HERS = dict.fromkeys(MEMBERS, "404") | {"hana": "may", "nobody": "sign-in"}

READ = ("index", "charter", "history", "members", "member", "leaving", "schools")
OWN_ACTS = ("leave_mine", "pause_mine", "come_back_mine")
MANAGE_PAGES = (
    "edit_charter",
    "removing",
    "inviting",
    "inviting_imported",
    "invitations",
    "import_members",
    "requests",
    "adding_school",
    "hosts",
    "settings",
    "words",
    "rooms",
    "terms",
    "edit_term",
)
MANAGE_ACTS = (
    "save_charter",
    "give_role",
    "remove",
    "undo_removal",
    "look_over",
    "send_invitations",
    "send_to_imported",
    "invite_again",
    "withdraw_invitation",
    "answer_request",
    "add_school",
    "restore_school",
    "remove_school",
    "add_host",
    "remove_host",
    "save_settings",
    "save_words",
    "change_room",
    "add_term",
    "change_term",
    "delete_term",
)

MATRIX = {
    **{f"GET network.{page}": MEMBERS for page in READ},
    **{f"POST network.{act}": MEMBERS for act in OWN_ACTS},
    **{f"GET network.{page}": COORDINATORS for page in MANAGE_PAGES},
    **{f"POST network.{act}": COORDINATORS for act in MANAGE_ACTS},
    "GET networks.index": SIGNED_IN,
    "GET networks.asking": SIGNED_IN,
    "POST networks.ask": SIGNED_IN,
    "POST networks.take_back_mine": HERS,
    # Without an answer the page only says what to press; whose invitation it is matters after that.
    "POST networks.answer_mine": SIGNED_IN,
    "GET public_network.show": EVERYONE,
    "POST public_network.ask_outside": EVERYONE,
    "GET public_network.asked": EVERYONE,
    "GET acts.open_act": EVERYONE,
    "POST acts.press_act": EVERYONE,
}


def prepare() -> dict[str, object]:
    network_id, ines = cast.network_id(), cast.person_id("ines")
    leon, hana = cast.person_id("leon"), cast.person_id("hana")
    ended = Membership(network_id=network_id, person_id=hana, role="member", started_at=cast.LONG_AGO)
    asked = JoinRequest(network_id=cast.network_id("fell-and-furrow"), person_id=hana, asked_at=clock.now())
    db.session.add_all([ended, asked])
    db.session.flush()
    remove_member(network_id, hana, ines)
    invitation = invite(Asking(network_id, ines), "New Face", "new.face@somewhere.example")
    token = acts.new_token_for("invitation")
    db.session.add(_second(invitation, token))
    db.session.commit()
    school = select(Organisation.id).where(Organisation.name == "Low Garrick School")
    term = select(SchoolTerm.id).where(SchoolTerm.network_id == network_id).limit(1)
    return {
        "slug": db.session.execute(select(Network.slug).where(Network.id == network_id)).scalar_one(),
        "member_id": leon,
        "membership_id": ended.id,
        "request_id": asked.id,
        "invitation_id": invitation.id,
        "school_id": db.session.execute(school).scalar_one(),
        "term_id": db.session.execute(term).scalar_one(),
        "room": "mentoring",
        "act_token": token,
    }


def _second(invitation: Invitation, token: str) -> Invitation:
    return Invitation(
        network_id=invitation.network_id,
        person_id=invitation.person_id,
        address=invitation.address,
        role="member",
        token_hash=hashed(token),
        invited_by=invitation.invited_by,
        invited_at=clock.now(),
        expires_at=clock.now() + timedelta(days=60),
    )
