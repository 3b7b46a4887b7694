"""A file as a browser sends it, small in memory or large on the disk, through to the store and back."""

import io
from pathlib import Path

import pytest
from flask import Flask, Response, request
from werkzeug.test import EnvironBuilder

from portal.web.uploads import ContentStore, inspect, send_stored


@pytest.mark.parametrize(
    "name",
    ["Intro Python 1.05 TEALS.pptx", "teals_python_u1_rubric.docx", "kids-parity-trick.jpg", "ketchup-problem.pdf"],
)
def test_a_file_travels_whole(shared_data: Path, tmp_path: Path, name: str) -> None:
    app = Flask("tests")
    store = ContentStore(tmp_path)

    @app.post("/")
    def keep() -> Response:
        upload = request.files["file"]
        known = inspect(upload.stream, upload.filename or "")
        assert store.put(known.stream) == (known.sha256, known.size)
        return send_stored(store.path(known.sha256), known.clean_name, known.media_type)

    content = (shared_data / "resource-files" / name).read_bytes()
    sent = EnvironBuilder(method="POST", data={"file": (io.BytesIO(content), name)}).get_environ()
    answer = app.test_client().open(sent)
    sent["wsgi.input"].close()
    assert answer.status_code == 200
    assert name.endswith(".jpg") or answer.data == content
    assert name.rsplit(".", 1)[1] in answer.headers["Content-Disposition"]
    answer.close()
