"""Events: what is on, who is coming, who came. Sessions are activities; a booking is never an attendance."""
