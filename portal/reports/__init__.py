"""Numbers: every figure with its rule, its rows and what is missing."""
