"""Toolkits: packs that belong together, in an order, with versions that stay."""
