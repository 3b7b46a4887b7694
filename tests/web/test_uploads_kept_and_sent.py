"""Names, the store, and the headers under which files leave."""

import hashlib
import io
import os
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from portal.web.archives import check_archive
from portal.web.uploads import (
    ContentStore,
    Member,
    content_disposition,
    safe_filename,
    send_stored,
    send_zip,
    zip_stream,
)

EMPTY = Flask("tests")


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("plan.pdf", "plan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
        ("/abs/plan.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf"),
        ('say "hi".pdf', "say _hi_.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("zero\u200bwidth\ufeff.pdf", "zerowidth.pdf"),
        ("trailing. . ", "trailing"),
        ("  many   blanks .pdf", "many blanks .pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("contents.txt", "contents.txt"),
        ("a\0b.pdf", "ab.pdf"),
        ("", "file"),
        ("..", "file"),
        ("/", "file"),
        ("Straße – Übung 3 (Kopie).pdf", "Straße – Übung 3 (Kopie).pdf"),
        ("دفتر العلوم.pdf", "دفتر العلوم.pdf"),
        ("科学 🎈.pdf", "科学 🎈.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_names_stay_readable_and_become_harmless(given: str, shown: str) -> None:
    assert safe_filename(given) == shown


def test_long_names_keep_their_ending_in_255_bytes() -> None:
    for name in ("x" * 400 + ".pdf", "é" * 300 + ".pdf", "🎈" * 200 + ".pdf"):
        cut = safe_filename(name)
        assert len(cut.encode()) <= 255 and cut.endswith(".pdf") and "\ufffd" not in cut
    assert len(safe_filename("a." + "x" * 400).encode()) <= 255


def test_naughty_strings_never_leave_the_header(shared_data: Path) -> None:
    for line in (shared_data / "unicode-names/blns.txt").read_text().splitlines():
        name = safe_filename(line)
        header = content_disposition(line)
        assert name and len(name.encode()) <= 255 and not set(name) & set('/\\\r\n\0"<>|:*?')
        assert header.isascii() and header.isprintable() and header.count('"') == 2
        assert safe_filename(name) == name


def test_the_header_carries_a_plain_name_and_the_exact_one() -> None:
    header = content_disposition("Übung 3; “neu”.pdf", inline=True)
    assert (
        header
        == "inline; filename=\"Ubung 3; _neu_.pdf\"; filename*=UTF-8''%C3%9Cbung%203%3B%20%E2%80%9Cneu%E2%80%9D.pdf".replace(
            "_neu_", "neu"
        )
    )


# --- the store


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "store")


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_bytes_lie_under_their_own_hash(store: ContentStore) -> None:
    digest, size = store.put(io.BytesIO(b"hello"))
    assert (digest, size) == (hashlib.sha256(b"hello").hexdigest(), 5)
    assert store.path(digest) == store.root / digest[:2] / digest[2:4] / digest
    assert stat.S_IMODE(store.path(digest).stat().st_mode) == 0o640
    with store.open(digest) as content:
        assert content.read() == b"hello"
    assert store.verify(digest)


def test_the_same_bytes_lie_once(store: ContentStore) -> None:
    assert store.put(io.BytesIO(b"same")) == store.put(io.BytesIO(b"same"))
    assert len(files_in(store.root)) == 1


class _Breaks(io.BytesIO):
    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise OSError("the line is cut")
        return super().read(10)


def test_a_broken_upload_leaves_nothing_behind(store: ContentStore) -> None:
    with pytest.raises(OSError, match="cut"):
        store.put(_Breaks(b"x" * 100))
    assert files_in(store.root) == []


def test_a_full_disk_leaves_nothing_behind(store: ContentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(io.BytesIO(b"x" * 100))
    assert files_in(store.root) == []


def test_bytes_reach_the_disk_before_their_name_does(store: ContentStore, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: order.append("fsync") or real_sync(handle))
    monkeypatch.setattr(Path, "replace", lambda path, target: order.append("rename") or real_replace(path, target))
    store.put(io.BytesIO(b"hello"))
    assert order[:3] == ["fsync", "rename", "fsync"]


def test_twenty_at_once(store: ContentStore) -> None:
    found: list[str] = []
    workers = [Thread(target=lambda: found.append(store.put(io.BytesIO(b"y" * 500_000)).digest)) for _ in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(set(found)) == 1 and len(found) == 20
    assert len(files_in(store.root)) == 1 and store.verify(found[0])


def test_a_changed_or_missing_file_is_noticed(store: ContentStore) -> None:
    digest, _size = store.put(io.BytesIO(b"hello"))
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"hellO")
    assert not store.verify(digest)
    assert not store.verify("0" * 64)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_is_a_name(store: ContentStore, digest: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path(digest)


def test_orphans_are_what_no_row_names_after_a_day(store: ContentStore) -> None:
    known, lost = (store.put(io.BytesIO(content)).digest for content in (b"known", b"lost"))
    assert set(store.digests()) == {known, lost}
    assert list(store.orphans({known})) == []
    assert list(store.orphans({known}, older_than=0)) == [lost]
    os.utime(store.path(lost), (time.time() - 100_000,) * 2)
    assert list(store.orphans({known})) == [lost]
    store.remove(lost)
    store.remove(lost)
    assert set(store.digests()) == {known}


def test_what_a_crash_left_is_swept_away(store: ContentStore) -> None:
    store.put(io.BytesIO(b"x"))
    half = store.root / "incoming" / "half"
    half.write_bytes(b"half")
    assert store.sweep() == 0
    os.utime(half, (1, 1))
    assert store.sweep() == 1 and not half.exists()


# --- sending


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    path = tmp_path / ("a" * 64)
    path.write_bytes(b"<script>alert(1)</script>")
    return path


@pytest.mark.parametrize(
    ("media_type", "sent", "shown"),
    [
        ("text/html", "application/octet-stream", False),
        ("image/svg+xml", "application/octet-stream", False),
        ("application/pdf", "application/pdf", True),
        ("image/png; charset=x", "image/png", True),
        ("text/plain", "text/plain; charset=utf-8", False),
        ("video/mp4", "video/mp4", False),
        ("nonsense\r\nX: 1", "application/octet-stream", False),
    ],
)
def test_files_leave_inert_and_only_pictures_and_pdf_are_shown(
    stored: Path, media_type: str, sent: str, shown: bool
) -> None:
    with EMPTY.test_request_context():
        answer = send_stored(stored, 'a"b\r\n.pdf', media_type, inline=True)
        answer.close()
    assert answer.headers["Content-Type"] == sent
    assert answer.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_an_unchanged_file_is_not_sent_twice_and_a_part_is(stored: Path) -> None:
    with EMPTY.test_request_context(headers={"If-None-Match": f'"{stored.name}"'}):
        answer = send_stored(stored, "a.pdf", "application/pdf")
        assert answer.status_code == 304
        answer.close()
    with EMPTY.test_request_context(headers={"Range": "bytes=0-7"}):
        answer = send_stored(stored, "a.pdf", "application/pdf")
        answer.direct_passthrough = False
        assert (answer.status_code, answer.get_data()) == (206, b"<script>")
        answer.close()


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    with EMPTY.test_request_context(), pytest.raises(FileNotFoundError):
        send_stored(tmp_path / "none", "a.pdf", "application/pdf")


# --- one zip of many


def test_one_archive_of_many_files(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"pdf " * 1000)
    members = [
        Member("index.html", b"<h1>Plan</h1>"),
        Member("Plan.pdf", path),
        Member("plan.PDF", b"2"),
        Member("../../plan.pdf", b"3"),
    ]
    data = b"".join(zip_stream(members))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["index.html", "Plan.pdf", "plan (2).PDF", "plan (3).pdf"]
        assert archive.testzip() is None
        assert archive.read("Plan.pdf") == path.read_bytes()
    assert b"".join(zip_stream(members)) == data
    assert check_archive(io.BytesIO(data))


def test_names_of_every_script_survive_the_archive() -> None:
    names = ["Übung 3.pdf", "科学.txt", "دفتر.md"]
    data = b"".join(zip_stream(Member(name, b"x") for name in names))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == names


def test_an_archive_of_large_files_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "film"
    path.write_bytes(os.urandom(1 << 20) * 20)

    def pieces() -> Iterator[int]:
        for piece in zip_stream(Member(f"film {number}.mp4", path) for number in range(5)):
            yield len(piece)

    sizes = list(pieces())
    assert sum(sizes) > 5 * path.stat().st_size
    assert max(sizes) < 200_000


def test_an_archive_leaves_as_a_download() -> None:
    with EMPTY.test_request_context():
        answer = send_zip("Paper bridges.zip", [Member("a.txt", b"x")])
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="Paper bridges.zip"')
    assert answer.content_type == "application/zip" and answer.get_data().startswith(b"PK")
