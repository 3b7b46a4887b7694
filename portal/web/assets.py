"""Static files with a mark of their content in the address, so that browsers may keep them for a year."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

YEAR = 365 * 24 * 3600


class Assets:
    """Knows the content mark of every static file, worked out once (each time in development)."""

    def __init__(self, folder: Path, remember: bool) -> None:
        self.folder = folder
        self.remember = remember
        self.urls: dict[str, str] = {}

    def url(self, name: str) -> str:
        if name not in self.urls or not self.remember:
            path = self.folder / name
            mark = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"
            self.urls[name] = url_for("static", filename=name, v=mark)
        return self.urls[name]


def init_assets(app: Flask, remember: bool) -> None:
    app.extensions["assets"] = Assets(Path(app.static_folder or "static"), remember)
    app.after_request(_keep_marked)


def _keep_marked(response: Response) -> Response:
    if request.endpoint == "static":
        marked = "v" in request.args
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable" if marked else "public, max-age=300"
    return response
