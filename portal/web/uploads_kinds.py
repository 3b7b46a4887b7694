"""The kinds of file that are taken, each with its endings and the one type under which it leaves. Nothing else is taken."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Kind:
    """``key`` is kept in the database; ``group`` says which check looks inside; ``most`` is bytes."""

    key: str
    label: object
    group: str
    extensions: tuple[str, ...]
    media_type: str
    most: int = 50 * MEGABYTE
    inline: bool = False


KINDS = (
    Kind("pdf", _l("PDF"), "pdf", (".pdf",), "application/pdf", inline=True),
    Kind(
        "docx",
        _l("Word"),
        "office",
        (".docx",),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    Kind(
        "pptx",
        _l("PowerPoint"),
        "office",
        (".pptx",),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        100 * MEGABYTE,
    ),
    Kind(
        "xlsx", _l("Excel"), "office", (".xlsx",), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    Kind("odt", _l("OpenDocument text"), "opendocument", (".odt",), "application/vnd.oasis.opendocument.text"),
    Kind(
        "odp",
        _l("OpenDocument slides"),
        "opendocument",
        (".odp",),
        "application/vnd.oasis.opendocument.presentation",
        100 * MEGABYTE,
    ),
    Kind("ods", _l("OpenDocument table"), "opendocument", (".ods",), "application/vnd.oasis.opendocument.spreadsheet"),
    Kind("jpeg", _l("Picture"), "picture", (".jpg", ".jpeg", ".jfif"), "image/jpeg", 30 * MEGABYTE, True),
    Kind("png", _l("Picture"), "picture", (".png",), "image/png", 30 * MEGABYTE, True),
    Kind("gif", _l("Picture"), "picture", (".gif",), "image/gif", 30 * MEGABYTE, True),
    Kind("webp", _l("Picture"), "picture", (".webp",), "image/webp", 30 * MEGABYTE, True),
    # Never kept: it becomes a JPEG on its way in.
    Kind("heic", _l("Picture"), "picture", (".heic", ".heif"), "image/heic", 50 * MEGABYTE),
    Kind("text", _l("Text"), "text", (".txt",), "text/plain", 5 * MEGABYTE),
    Kind("markdown", _l("Text"), "text", (".md", ".markdown"), "text/markdown", 5 * MEGABYTE),
    # Kept without its scripts, sent as bytes: no browser may take it for a page of ours.
    Kind("page", _l("Web page"), "page", (".html", ".htm"), "application/octet-stream", 5 * MEGABYTE),
    Kind("csv", _l("Table (CSV)"), "text", (".csv", ".tsv"), "text/csv", 20 * MEGABYTE),
    Kind("vtt", _l("Subtitles"), "text", (".vtt",), "text/vtt", 5 * MEGABYTE),
    Kind("stl", _l("3D model"), "model", (".stl",), "model/stl"),
    Kind("ply", _l("3D model"), "model", (".ply",), "model/ply"),
    Kind("mp4", _l("Film"), "film", (".mp4", ".m4v"), "video/mp4", 300 * MEGABYTE),
    Kind("webm", _l("Film"), "film", (".webm",), "video/webm", 300 * MEGABYTE),
    Kind("mp3", _l("Sound"), "film", (".mp3",), "audio/mpeg", 100 * MEGABYTE),
    Kind("zip", _l("Archive"), "archive", (".zip",), "application/zip", 100 * MEGABYTE),
)

BY_KEY = {kind.key: kind for kind in KINDS}
BY_EXTENSION = {extension: kind for kind in KINDS for extension in kind.extensions}
BY_TYPE = {kind.media_type: kind for kind in KINDS}
PICTURES = frozenset(kind.key for kind in KINDS if kind.group == "picture")
TABLES = frozenset(("csv", "xlsx", "ods", "text"))
UNKNOWN = "application/octet-stream"


def our_media_type(media_type: str) -> str:
    """The type as we send it: one of ours, or bytes."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare if bare in BY_TYPE else UNKNOWN


def may_show_inline(media_type: str) -> bool:
    kind = BY_TYPE.get(media_type)
    return bool(kind and kind.inline)
