"""Conversations: a question or a story and what colleagues answer. Read by the members of the network."""
