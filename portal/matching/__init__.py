"""Finding each other: who asks for a mentor, who offers to be one, what suits, and both saying yes."""
