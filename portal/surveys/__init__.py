"""Questions as data, windows in which they can be answered, invitations, and answers that may be anonymous.

An event's evaluation is the first survey; yearly ones stand on the same tables. Who answered is known, so that nobody is
asked twice; what she answered is not, where the survey is anonymous.
"""
