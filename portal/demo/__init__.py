"""A small living region, told from data files through the rooms' own operations; and a nation, for benchmarks.

The story is told relative to a day, so that Today always has a week in it. The cast is the one that the tests know.
"""
