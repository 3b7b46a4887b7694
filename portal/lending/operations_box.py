"""Everything that is said at the box in one go: back, parts, its use, or longer."""

from datetime import date
from typing import Protocol

from flask_babel import gettext as _

from portal.db import db, operation
from portal.kit.fields import Said
from portal.kit.models import Kit
from portal.kit.operations_problems import tell_problems
from portal.lending.fields import UseReturned
from portal.lending.operations_closing import tell_use
from portal.lending.operations_longer import ask_longer
from portal.lending.operations_steps import take_back
from portal.lending.queries import loan_that_is_out
from portal.web.errors import DomainError
from portal.web.limits import too_many

# One school behind one address may have several boxes; nobody brings a box back ten times an hour.
RETURNS, WINDOW = 10, 60


class SaidThere(Protocol):
    """What ``forms_box`` makes of the answers."""

    @property
    def loan_id(self) -> int | None: ...
    @property
    def is_back(self) -> bool: ...
    @property
    def until(self) -> date | None: ...
    @property
    def wrong(self) -> tuple[Said, ...]: ...
    @property
    def use(self) -> UseReturned | None: ...


@operation
def return_at_the_box(kit_id: int, said: SaidThere, client: str, today: date) -> bool:
    """Note what somebody said who stood before the box, without signing in; all of it or nothing.

    Raises DomainError for a box that is not out, that is somebody else's by now, and for too many returns an hour.
    """
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    if too_many("box-return", f"{kit.code} {client}", RETURNS, WINDOW):
        raise DomainError(_("That was a lot in one hour. Come back a little later."))
    loan = loan_that_is_out(kit_id)
    if loan is None:
        raise DomainError(_("By the book this box is not out, so it can’t come back. Thank you all the same."))
    if said.loan_id not in (None, loan.id):
        raise DomainError(_("Meanwhile this box went to somebody else. Open its address once more."))
    if said.wrong:
        tell_problems(None, kit_id, said.wrong, client, loan.id)
    if said.use and not loan.use_told_at:
        tell_use(None, loan.id, said.use, today)
    if said.is_back:
        take_back(None, loan.id, today)
    elif said.until:
        ask_longer(None, loan.id, said.until)
    return True
