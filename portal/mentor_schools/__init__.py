"""Mentor schools and mentor districts: one organisation helps another with a purpose, for a time, and says what came of it."""
