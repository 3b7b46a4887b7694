"""The ledger: what happened with people on a date. Whatever a report counts is a row here, never a copy of one.

Session (of an event), MentoringContact and later kinds of activity are joined to ``Activity`` by their own rooms.
"""
