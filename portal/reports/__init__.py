"""Numbers: for any period, every figure with its rule, its rows and what is missing. The roof over all counting rules."""
