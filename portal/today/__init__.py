"""The page where everyone lands: for a coordinator who waits and what is this week, for a member what is hers. No feed."""
