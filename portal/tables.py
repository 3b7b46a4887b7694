"""Every table of the portal, so that foreign keys by name, migrations and tests find all of them."""

from portal.activities import models as activities
from portal.agreements import models as agreements
from portal.attendance import models as attendance
from portal.calendars import models as calendars
from portal.coaching import models as coaching
from portal.conversations import models as conversations
from portal.credit import models as credit
from portal.digest import models as digest
from portal.evaluation import models as evaluation
from portal.event_file import models as event_file
from portal.events import models as events
from portal.events import models_credit as events_credit
from portal.events import models_papers as events_papers
from portal.files import models as files
from portal.fulltext import models as fulltext
from portal.handing_on import models as handing_on
from portal.help import models as help_models
from portal.history import models as history
from portal.kit import models as kit
from portal.lending import models as lending
from portal.letters import models as letters
from portal.mail import models as mail
from portal.mail import models_receiving as mail_receiving
from portal.matching import models as matching
from portal.mentor_schools import models as mentor_schools
from portal.mentoring import models as mentoring
from portal.milestones import models as milestones
from portal.networks import models as networks
from portal.networks import models_asking as networks_asking
from portal.openings import models as openings
from portal.organisations import models as organisations
from portal.people import models as people
from portal.people import models_passkeys as people_passkeys
from portal.people import models_slips as people_slips
from portal.programmes import models as programmes
from portal.resources import models as resources
from portal.reviewing import models as reviewing
from portal.standards import models as standards
from portal.support import models as support
from portal.surveys import models as surveys
from portal.toolkits import models as toolkits
from portal.vocabulary import models as vocabulary
from portal.web import forms_once, limits

ALL = (
    activities,
    agreements,
    attendance,
    calendars,
    coaching,
    conversations,
    credit,
    digest,
    evaluation,
    event_file,
    events,
    events_credit,
    events_papers,
    files,
    fulltext,
    handing_on,
    help_models,
    history,
    kit,
    lending,
    letters,
    mail,
    mail_receiving,
    matching,
    mentor_schools,
    mentoring,
    milestones,
    networks,
    networks_asking,
    openings,
    organisations,
    people,
    people_passkeys,
    people_slips,
    programmes,
    resources,
    reviewing,
    standards,
    support,
    surveys,
    toolkits,
    vocabulary,
    forms_once,
    limits,
)
