"""The event's file: all that a provider has to keep and show of one event, what is still missing, and one PDF or zip of it."""
