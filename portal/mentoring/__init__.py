"""Mentoring: pairs and their talks. The fact of a talk counts; what was said belongs to the two, or to one alone."""
