"""Thirty real files from classrooms: each is taken as what it is, or refused with what to send instead."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from portal.web.uploads import UploadRefused, inspect

FOLDER = "resource-files"
TAKEN = {
    "2018-HoC-Video6.mp4": "mp4",
    "HCI - Heuristics lesson - Bingo board.pdf": "pdf",
    "Image representation - Exploring pixels worksheets.pdf": "pdf",
    "Intro Python 1.05 TEALS.pptx": "pptx",
    "Pythag_anim.gif": "gif",
    "binary_detective.gif": "gif",
    "fetch_bellows_link_collision.stl": "stl",
    "fetch_gripper_link.stl": "stl",
    "fetch_l_wheel_link_collision.stl": "stl",
    "final_project_plan_organizer.docx": "docx",
    "flags-of-the-world-resource.pdf": "pdf",
    "green-triangle.jpg": "jpeg",
    "hand_F1.stl": "stl",
    "ketchup-problem.pdf": "pdf",
    "kids-parity-trick.jpg": "jpeg",
    "lesson 2.odp": "odp",
    "manifest.csv": "csv",
    "nut.ply": "ply",
    "parity-magic-trick.vtt": "vtt",
    "pink_carnation.webp": "webp",
    "replit_student_signup.PNG": "png",
    "teals_python_2.04_lab.docx": "docx",
    "teals_python_2.06_lab.pdf": "pdf",
    "teals_python_u1_rubric.docx": "docx",
    "teals_python_u3_rubric.docx": "docx",
    "teals_python_u3_rubric.pdf": "pdf",
    "teals_python_u4_project.docx": "docx",
    "tree-diagrams.pptx": "pptx",
}
REFUSED = {
    "access_denied_saved_as.xlsx": "first-bytes",
    "phase1.svg": "kind",
    "~$allStandards.xlsx": "first-bytes",
}
DRAWN_ANEW = {"jpeg", "png", "gif", "webp"}


@pytest.mark.parametrize("name", TAKEN)
def test_a_real_file_is_taken_as_what_it_is(shared_data: Path, name: str) -> None:
    content = (shared_data / FOLDER / name).read_bytes()
    known = inspect(io.BytesIO(content), name)
    kept = known.stream.read()
    assert (known.kind, known.clean_name, known.size) == (TAKEN[name], name, len(kept))
    assert known.sha256 == hashlib.sha256(kept).hexdigest()
    assert known.kind in DRAWN_ANEW or kept == content


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_only_looks_like_one_is_refused(shared_data: Path, name: str) -> None:
    with (shared_data / FOLDER / name).open("rb") as stream, pytest.raises(UploadRefused) as refused:
        inspect(stream, name)
    assert refused.value.reason == REFUSED[name]
    assert "send that" in refused.value.sentence


def test_no_file_of_the_collection_is_left_out(shared_data: Path) -> None:
    names = {path.name for path in (shared_data / FOLDER).iterdir()} - {"SOURCE.md"}
    assert names == TAKEN.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", ["Pythag_anim.gif", "binary_detective.gif"])
def test_moving_pictures_still_move_at_their_pace(shared_data: Path, name: str) -> None:
    path = shared_data / FOLDER / name
    known = inspect(io.BytesIO(path.read_bytes()), name)
    with Image.open(path) as before, Image.open(known.stream) as after:
        assert (after.n_frames, after.size) == (before.n_frames, before.size)
        for frame in range(0, before.n_frames, 3):
            before.seek(frame)
            after.seek(frame)
            assert before.info.get("duration", 100) == after.info.get("duration", 100)
            small = [picture.convert("RGB").resize((20, 20)).tobytes() for picture in (before, after)]
            assert sum(abs(a - b) for a, b in zip(*small, strict=True)) / len(small[0]) < 12


def test_still_pictures_look_the_same(shared_data: Path) -> None:
    for name in ("green-triangle.jpg", "kids-parity-trick.jpg", "pink_carnation.webp", "replit_student_signup.PNG"):
        path = shared_data / FOLDER / name
        known = inspect(io.BytesIO(path.read_bytes()), name)
        with Image.open(path) as before, Image.open(known.stream) as after:
            assert (before.size, before.mode) == (after.size, after.mode)
            small = [picture.convert("RGB").resize((40, 40)).tobytes() for picture in (before, after)]
        assert sum(abs(a - b) for a, b in zip(*small, strict=True)) / len(small[0]) < 4
