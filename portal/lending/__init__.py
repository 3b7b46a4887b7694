"""Loans: a box booked for a window, handed over at the door, returned, checked and closed."""
