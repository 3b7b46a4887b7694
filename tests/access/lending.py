"""Loans: the borrower and whoever minds the kit; a stranger to a loan does not learn that it is there."""

from datetime import timedelta

from portal.lending.fields import Asked
from portal.lending.operations_agreement import write_agreement
from portal.lending.operations_asking import book_loan
from portal.lending.operations_steps import hand_over
from portal.lending.queries import current_agreement
from portal.web import clock
from tests import cast
from tests.kit.kits import make_kit

COLUMNS = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody")


def row(*verdicts: str) -> dict[str, str]:
    return dict(zip(COLUMNS, verdicts, strict=True))


READ = row("may", "may", "may", "may", "404", "404", "404", "sign-in")
BORROW = row("may", "may", "may", "403", "404", "404", "404", "sign-in")
# Dafydd keeps the kit that the kit room prepares.
BOOK = row("may", "403", "may", "403", "404", "404", "404", "sign-in")
KEEP = row("may", "403", "403", "403", "404", "404", "404", "sign-in")
# The loan is Tobi's, of a kit that Ines minds.
HIS = row("may", "may", "404", "404", "404", "404", "404", "sign-in")
MINDED = row("may", "403", "404", "404", "404", "404", "404", "sign-in")
# There is no photo of a count.
NOTHING = row("404", "404", "404", "404", "404", "404", "404", "sign-in")
EVERYONE = row(*["may"] * 8)

MATRIX = {
    "GET loans.index": READ,
    "GET loans.mine": READ,
    "GET loans.show": HIS,
    "GET loans.new": BORROW,
    "POST loans.ask": BORROW,
    "GET loans.new_booking": BOOK,
    "POST loans.book": BOOK,
    "GET loans.approval": MINDED,
    "POST loans.approve": MINDED,
    "GET loans.refusal": MINDED,
    "POST loans.decline": MINDED,
    "GET loans.cancellation": HIS,
    "POST loans.cancel": HIS,
    "POST loans.restore": MINDED,
    "GET loans.window": MINDED,
    "POST loans.move": MINDED,
    "GET loans.longer": HIS,
    "POST loans.ask_to_keep": HIS,
    "POST loans.pack": MINDED,
    "GET loans.at_the_door": MINDED,
    "POST loans.give": MINDED,
    "POST loans.bring_back": HIS,
    "GET loans.checking": MINDED,
    "POST loans.check": MINDED,
    "GET loans.photo": NOTHING,
    "POST loans.take_step_back": MINDED,
    "GET loans.use": HIS,
    "POST loans.told": HIS,
    "GET loans.closing": MINDED,
    "POST loans.close": MINDED,
    "GET loans.losing": MINDED,
    "POST loans.lose": MINDED,
    "POST loans.find": MINDED,
    "GET loans.agreement": READ,
    "GET loans.agreement_version": READ,
    "GET loans.edit_agreement": KEEP,
    "POST loans.save_agreement": KEEP,
    "GET box_return.show": EVERYONE,
    "POST box_return.bring_back": EVERYONE,
    "GET box_return.thanks": EVERYONE,
}


def prepare() -> dict[str, object]:
    """An agreement, and a box of Ines's network that Tobi has since this morning."""
    ines, tobi, here, today = cast.person_id("ines"), cast.person_id("tobi"), cast.network_id(), clock.today()
    write_agreement(ines, here, 0, "Bring it back **whole**.")
    kit_id = make_kit(title="Bridges and beams")
    loan_id = book_loan(ines, tobi, here, kit_id, Asked(today, today + timedelta(days=9), "Bridges"), today)
    agreement = current_agreement(here)
    hand_over(ines, loan_id, {}, agreed_to=agreement.id if agreement else None)
    return {"loan_id": loan_id, "version_number": 1}
