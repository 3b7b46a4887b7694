"""Openings to lead: mentors wanted from autumn, somebody to run a session, a seat in a workgroup."""
