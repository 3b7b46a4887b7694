"""Why a file is not taken, and what to send instead."""

from flask_babel import lazy_gettext as _l

from portal.web.archives import ArchiveRefused
from portal.web.errors import DomainError


class UploadRefused(DomainError):
    """One sentence for the person who sent the file; ``reason`` is for the program."""

    def __init__(self, sentence: object, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


EMPTY = _l("This file is empty.")
PROGRAM = _l("This is a program, or pretends to be something else. Programs are not taken.")
LOCKED = _l("This file is locked with a password, so nobody could open it. Save it without one and send that.")
MACROS = _l("This document holds macros. Save it without them (as .docx, .xlsx or .pptx) and send that.")
INSIDE = _l(
    "Something inside this document can act by itself: a program, a script or a link to another document. Send it as PDF."
)
DAMAGED = _l("This file is damaged or not what its name says. Open it, save it once more and send that.")
BOMB = _l("This file unpacks to far more than it seems to hold. Save it once more, or send its parts.")
RUNS_INSIDE = _l("There is something in this archive that could run when it is opened. Take it out and send the rest.")
NESTED = _l("There is an archive inside this archive. Unpack it and send the files themselves.")
PDF_ACTS = _l("This PDF holds a script or another file. Print it to a new PDF and send that.")
PDF_LOCKED = _l("This PDF is locked, so it could not be checked. Print it to a new PDF and send that.")
PICTURE_LARGE = _l(
    "This picture has more dots than we can take. Make it smaller, about 6000 dots across, and send that."
)
FILM_LONG = _l("This moving picture is too long. Send it as a film (MP4).")
NOT_TEXT = _l("This file should be text and is not. Save it as plain text in UTF-8 and send that.")
NOT_SUBTITLES = _l("Subtitles start with the line WEBVTT. Save them as WebVTT and send that.")
PAGE_EMPTY = _l("There are no words in this web page without its scripts. Save it as PDF and send that.")
OTHER_KIND = _l("This kind of file is not taken. PDF, office documents, pictures, films (MP4) and 3D models (STL) are.")

_AS_OFFICE = _l(
    "Files of this older kind can hold macros. Open it, save it as .docx, .xlsx or .pptx (or PDF) and send that."
)
_AS_PDF = _l("A web page can hold scripts. Save it as PDF and send that.")
_AS_PNG = _l("A drawing in SVG can hold scripts. Save it as PNG or PDF and send that.")
_AS_JPEG = _l("Pictures of this kind do not open everywhere. Save it as JPEG or PNG and send that.")
_AS_TEXT = _l("This file could run when it is opened. Send it as a text file (.txt), or put it into the text.")
_AS_CODE = _l("Program code could run when it is opened. Send it as a text file (.txt), or in a .zip.")
_AS_ZIP = _l("Archives of this kind do not open everywhere. Send the files themselves, or a .zip.")
_AS_MP4 = _l("Films of this kind do not open everywhere. Save it as MP4 and send that.")
_AS_MP3 = _l("Sound of this kind does not open everywhere. Save it as MP3 and send that.")

_ADVICE: tuple[tuple[str, object], ...] = (
    (".docm .dotm .xlsm .xltm .xlam .pptm .potm .ppsm .ppam .xlsb", MACROS),
    (".doc .dot .xls .xlt .ppt .pps .pot .rtf .pages .numbers .key .pub .one", _AS_OFFICE),
    (".xhtml .mht .mhtml .xml .hta .url .webloc .php .asp .aspx .jsp", _AS_PDF),
    (".svg .svgz .ai .eps .wmf .emf", _AS_PNG),
    (".avif .bmp .tif .tiff .psd .raw .cr2 .nef .ico", _AS_JPEG),
    (".pyw .js .mjs .vbs .vbe .jse .wsf .wsh .ps1 .psm1 .bat .cmd .sh .bash .command .ahk", _AS_TEXT),
    (".py .ts .java .c .cpp .h .ino .rb .pl .r .m .lua .css .json .ipynb .sb3", _AS_CODE),
    (".rar .7z .gz .tgz .tar .bz2 .xz .cab .iso .dmg .jar .zipx", _AS_ZIP),
    (".avi .mov .wmv .mkv .flv .mpg .mpeg .3gp .ogv", _AS_MP4),
    (".wav .m4a .aac .ogg .flac .wma .aiff", _AS_MP3),
    (".exe .com .scr .pif .msi .msp .dll .cpl .app .apk .deb .rpm .lnk .reg .scf .gadget .inf .sys .bin .run", PROGRAM),
)
ADVICE = {extension: sentence for extensions, sentence in _ADVICE for extension in extensions.split()}
# Members of an archive that would run, or act, when somebody unpacks it and clicks.
_CLICKED = (PROGRAM, MACROS, _AS_TEXT, _AS_PDF)
# A web page is made harmless when it comes alone; in an archive it stays what it is.
_PAGES = {".html", ".htm"}
RUNS = (
    frozenset(extension for extension, sentence in ADVICE.items() if sentence in _CLICKED) - {".xml", ".bin"} | _PAGES
)
ARCHIVES = frozenset(extension for extension, sentence in ADVICE.items() if sentence is _AS_ZIP) | {".zip"}


def of_archive(refusal: ArchiveRefused) -> UploadRefused:
    """The sentence for what ``check_archive`` found."""
    sentences = {"locked": LOCKED, "too-large": BOMB, "too-many": BOMB, "overlap": BOMB}
    return UploadRefused(sentences.get(refusal.reason, DAMAGED), f"archive-{refusal.reason}")
