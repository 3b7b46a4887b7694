"""A test of a letter, to the coordinator herself. It counts nowhere, and its buttons are hers."""

from flask_babel import gettext as _

from portal.db import operation
from portal.letters.mailing import KIND, Mailing, sender_of
from portal.letters.queries import letter_in
from portal.letters.queries_audience import reader
from portal.mail.queries import has_stopped
from portal.networks.scope import Here
from portal.web.errors import DomainError
from portal.web.limits import too_many

TESTS, WINDOW = 20, 60


@operation
def send_test(here: Here, letter_id: int) -> str:
    """Queue the letter as it stands to whoever asks; returns her address. Raises DomainError where it can't reach her."""
    letter = letter_in(here.network.id, letter_id)
    person_id = here.membership.person_id
    myself = reader(person_id)
    if not myself.address:
        raise DomainError(_("You have no mail address here. Add one on your page."))
    if has_stopped(person_id, KIND, here.network.id):
        raise DomainError(_("You stopped letters from this network yourself, so no test can reach you."))
    if too_many("letter-test", str(person_id), TESTS, WINDOW):
        raise DomainError(_("That is enough tests for an hour. The preview shows the same mail."))
    mailing = Mailing(letter, here.network, sender_of(person_id))
    mailing.queue(myself, test=True)
    return str(myself.address)
