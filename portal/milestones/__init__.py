"""What a programme asks of each pair by a day: an agreement, a first observation, the list of a first meeting."""
