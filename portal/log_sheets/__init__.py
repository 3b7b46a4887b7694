"""The paper sheet of a pair: printed for a month, filled in by hand, and twelve rows typed back at once."""
