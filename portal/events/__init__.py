"""What's on: events and their sessions, who books a place, and who came.

A booking is an intention and never counts. Who came is marked on the session's sheet and goes into the ledger.
"""
