"""Calendars outside: feeds that a phone follows, and files from other calendars that become events here."""
