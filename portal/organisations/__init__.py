"""Organisations: schools, districts, preparation programmes, colleges, employers, hubs, funders; their pages and imports."""
