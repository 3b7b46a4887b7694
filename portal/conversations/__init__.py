"""Conversations: a question or a story and what colleagues answer, read by the members of the network.

Calm and findable: never a feed, never a ranking, and nobody outside the network reads along.
"""
