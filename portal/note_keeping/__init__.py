"""For how long private texts live: kept after the end where both wish it, deleted by their writer, sealed with a new key."""
