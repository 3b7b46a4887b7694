"""Programmes of mentoring: whose requirement it is, how much it asks for, what counts, in which unit, and when months close.

Rules are data: programmes are renamed, moved to another office and closed, and each state writes its own.
"""
