"""What hours are worth: kinds of credit as data, certificates with a number that a stranger can check, and hours from outside.

Nothing here knows what an event is: a certificate carries in words all that it states, as it was on the day it was made.
"""
