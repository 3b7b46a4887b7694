"""How fast, how big: the main pages and writes at two sizes, beside a minimal Flask page that does the same work.

``make bench`` runs it and prints Markdown. Trust CPU and ratios; requests a second depend on what else the machine does.
"""
