"""Every table of the portal, so that foreign keys by name, migrations and tests find all of them."""

from portal.activities import models as activities
from portal.conversations import models as conversations
from portal.events import models as events
from portal.files import models as files
from portal.history import models as history
from portal.mail import models as mail
from portal.mentoring import models as mentoring
from portal.networks import models as networks
from portal.networks import models_asking as networks_asking
from portal.organisations import models as organisations
from portal.people import models as people
from portal.resources import models as resources
from portal.standards import models as standards
from portal.vocabulary import models as vocabulary
from portal.web import forms, limits

ALL = (
    activities,
    conversations,
    events,
    files,
    history,
    mail,
    mentoring,
    networks,
    networks_asking,
    organisations,
    people,
    resources,
    standards,
    vocabulary,
    forms,
    limits,
)
