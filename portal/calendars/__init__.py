"""Calendars outside: feeds that a phone follows, and files from other calendars that become events here.

Out: ``feeds``, under addresses that are signed and not stored (``addresses``). In: ``importing`` plans what a file would
do, ``operations_importing`` does it. Nothing is ever fetched from elsewhere: a file comes by hand.
"""
