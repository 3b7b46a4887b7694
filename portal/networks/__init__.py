"""Networks and who belongs to them. ``scope.py`` is the front door of every room."""
