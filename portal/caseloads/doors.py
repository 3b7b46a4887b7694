"""The first page of Mentoring and what belongs to it: they hang on the blueprint of mentoring, whose tab opens them."""

from portal.caseloads import routes

__all__ = ["routes"]
