"""Support for schools: visits, calls and technical help by coordinators, written down as fast as a talk."""
