"""The outbox and its worker. A mail is a row, written in the transaction that caused it; the worker sends it."""
