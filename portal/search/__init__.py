"""One box over everything that I may see."""
