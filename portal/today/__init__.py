"""The page where everyone lands: who waits, what is this week, what is mine."""
