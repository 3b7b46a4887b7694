"""The programmes that a pair is in and its months: joined and left by a day, closed by a rule, opened again on request."""
