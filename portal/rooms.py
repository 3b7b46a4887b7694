"""Every room in its place. A new room adds its lines here and nowhere else outside its own folder."""

from flask import Flask

from portal.admin.doors import init_admin
from portal.agreements.doors import init_agreements
from portal.attendance.doors import init_attendance
from portal.calendars.doors import init_calendars
from portal.caseloads import doors as caseloads
from portal.certificates.doors import init_certificates
from portal.coaching.doors import init_coaching
from portal.conversations.doors import init_conversations
from portal.credit.doors import init_credit
from portal.digest.doors import init_digest
from portal.evaluation.doors import init_evaluation
from portal.event_file.doors import init_event_file
from portal.events.doors import init_events
from portal.handing_on.doors import init_handing_on
from portal.help.doors import help_pages
from portal.kit.doors import init_kit
from portal.lending.doors import init_lending
from portal.letters.doors import init_letters
from portal.log_sheets.doors import init_log_sheets
from portal.mail.doors import init_mail
from portal.mail.stopping import declare_stops
from portal.matching.doors import init_matching
from portal.mentor_schools.doors import init_mentor_schools
from portal.mentoring.doors import init_mentoring
from portal.mentoring_mail.doors import init_mentoring_mail
from portal.milestones.doors import init_milestones
from portal.networks.doors import init_networks
from portal.networks.operations import add_imported_member, attach_organisation
from portal.networks.surroundings import init_surroundings
from portal.note_keeping.doors import init_note_keeping
from portal.openings.doors import init_openings
from portal.organisations.doors import init_organisations
from portal.organisations.workplaces import Workplaces
from portal.pair_programmes.doors import init_pair_programmes
from portal.people.doors import init_people
from portal.people.routes_signing_in import signing_in
from portal.people.visitors import init_visitors
from portal.programmes.doors import init_programmes
from portal.reports.doors import numbers
from portal.resources.doors import init_resources
from portal.reviewing.doors import init_reviewing
from portal.search.routes import search
from portal.statements.doors import init_statements
from portal.support.doors import init_support
from portal.today.routes import today, today_here
from portal.toolkits.doors import init_toolkits

# Importing them hangs the first page of Mentoring in.
FIRST_PAGES = caseloads


def init_rooms(app: Flask) -> None:
    init_visitors(app)
    init_surroundings(app)
    app.register_blueprint(signing_in)
    init_people(app, Workplaces, add_imported_member, attach_organisation)
    init_organisations(app)
    init_networks(app)
    init_admin(app)
    for room in (help_pages, today, today_here, numbers):
        app.register_blueprint(room)
    init_resources(app)
    init_reviewing(app)
    init_toolkits(app)
    init_credit(app)
    init_events(app)
    init_attendance(app)
    init_evaluation(app)
    init_calendars(app)
    init_certificates(app)
    init_event_file(app)
    init_kit(app)
    init_lending(app)
    init_conversations(app)
    _init_mentoring_rooms(app)
    init_letters(app)
    init_mail(app)
    init_digest(app)
    declare_stops()
    app.register_blueprint(search)


def _init_mentoring_rooms(app: Flask) -> None:
    init_programmes(app)
    init_mentoring(app)
    init_pair_programmes(app)
    init_note_keeping(app)
    init_log_sheets(app)
    init_agreements(app)
    init_mentoring_mail(app)
    init_matching(app)
    init_coaching(app)
    init_support(app)
    init_mentor_schools(app)
    init_openings(app)
    init_milestones(app)
    init_statements(app)
    init_handing_on(app)
