"""Smaller pages and files for slow lines."""

from flask import Flask, Response
from flask_compress import Compress


def init_compression(app: Flask) -> None:
    app.config.update(COMPRESS_ALGORITHM=["zstd", "gzip"], COMPRESS_LEVEL=1, COMPRESS_MIN_SIZE=600)
    packing = Compress(app)
    # A network's feed is a quarter of a megabyte of lines that look alike.
    packing.compress_mimetypes_set.add("text/calendar")
    # Asked last means called first: before Flask-Compress lays its own stream over a file's and forgets the file.
    app.after_request(_close_with_the_answer)


def _close_with_the_answer(response: Response) -> Response:
    """A file that is being sent is closed when the answer ends, whoever wraps its stream."""
    if close := getattr(response.response, "close", None):
        response.call_on_close(close)
    return response
