"""Handing on: a teacher picks what goes along to a new mentor or employer. The default is nothing."""
