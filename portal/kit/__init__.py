"""Kit boxes: what lies in them, what is missing, who may borrow them, and the short address that stands on each."""
