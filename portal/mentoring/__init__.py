"""Mentoring: pairs and their talks. The fact of a talk counts; what was said belongs to the two, or to one alone.

What stands on pairs are rooms above it, which hang themselves in by ``beside`` (parts of a page) and ``hooks`` (a pair begins
or ends): caseloads, agreements, pair_programmes, log_sheets, note_keeping, mentoring_mail, matching, coaching, statements…
"""
