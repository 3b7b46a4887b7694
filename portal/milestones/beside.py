"""On the page of a pair: what its programmes ask for and is not done yet, for the two and for coordinators."""

from portal.mentoring.beside import Part, beside
from portal.mentoring.models import Pairing
from portal.milestones import words
from portal.milestones.queries_pairs import states_of_pair
from portal.networks.scope import Standing, here
from portal.web import clock

FEW = 4


@beside
def what_is_due(pairing: Pairing, member: Standing) -> Part | None:
    """What is open and nearest (two queries); nothing where no programme asks for anything."""
    zone = here().network.time_zone
    states = states_of_pair(pairing, clock.today(zone), zone)
    if not states:
        return None
    waiting = [one for one in states if not one.is_done]
    done = len(states) - len(waiting)
    return Part("milestones/_beside.html", place="work", rank=1, waiting=waiting[:FEW], done=done, words=words)
