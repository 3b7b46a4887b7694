"""The tool shed: HTTP, HTML, files and dates. It knows not one word of education."""
