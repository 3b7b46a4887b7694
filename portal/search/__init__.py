"""Looking for words in everything that a person may see: one page, grouped by kind. It stands on the roof."""
