"""Questions about what pairs promise each other: the wording in force, and who said yes to which."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal.agreements.models import MentoringAgreement, PairAgreement
from portal.db import db
from portal.people.models import Person


def current_agreement(network_id: int) -> MentoringAgreement | None:
    """The wording in force; None: the network has written none, and the starting text stands."""
    newest = select(MentoringAgreement).where(MentoringAgreement.network_id == network_id)
    return db.session.execute(newest.order_by(MentoringAgreement.version.desc()).limit(1)).scalar_one_or_none()


def agreement_numbered(network_id: int, version: int) -> MentoringAgreement | None:
    return db.session.execute(
        select(MentoringAgreement).where(
            MentoringAgreement.network_id == network_id, MentoringAgreement.version == version
        )
    ).scalar_one_or_none()


def agreements_of(network_id: int) -> list[Any]:
    """Every wording with who wrote it and how many said yes to it, the newest first."""
    said = (
        select(func.count())
        .select_from(PairAgreement)
        .where(PairAgreement.agreement_id == MentoringAgreement.id)
        .scalar_subquery()
    )
    return list(
        db.session.execute(
            select(MentoringAgreement, Person.name.label("by"), said.label("said"))
            .outerjoin(Person, Person.id == MentoringAgreement.made_by)
            .where(MentoringAgreement.network_id == network_id)
            .order_by(MentoringAgreement.version.desc())
        )
    )


def agreed_in(pairing_id: int) -> list[Any]:
    """Who of a pair said yes to which wording and when, the newest first: person_id, version, agreed_at, newest (one query).

    ``newest`` is the version in force in that network.
    """
    theirs = aliased(MentoringAgreement)
    newest = (
        select(func.max(theirs.version)).where(theirs.network_id == MentoringAgreement.network_id).scalar_subquery()
    )
    return list(
        db.session.execute(
            select(PairAgreement.person_id, MentoringAgreement.version, PairAgreement.agreed_at, newest.label("newest"))
            .join(MentoringAgreement, MentoringAgreement.id == PairAgreement.agreement_id)
            .where(PairAgreement.pairing_id == pairing_id)
            .order_by(PairAgreement.agreed_at.desc(), PairAgreement.id.desc())
        )
    )
