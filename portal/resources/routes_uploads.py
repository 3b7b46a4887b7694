"""The doors for large files, piece by piece. A script of ours knocks here; without it files come with the form.

Answers are JSON. ``received`` says where to go on, whatever happened before; ``sentence`` is for the person.
"""

from flask import Response, jsonify, request
from flask_babel import gettext as _

from portal.files import operations_partial as act
from portal.files.models import PartialUpload
from portal.files.partial import PIECE, lies_there
from portal.files.receiving import read_piece
from portal.networks.scope import here
from portal.resources.policy import can_make_pack
from portal.resources.proposing import propose
from portal.resources.routes import resources
from portal.web.access import me
from portal.web.errors import DomainError, NotHere, NotYours
from portal.web.numbers import number_of


@resources.post("/uploads")
def begin_upload() -> Response:
    """Promise a file: its name and how many bytes it has. The answer names the key for what follows."""
    if not can_make_pack(here().membership):
        raise NotYours
    name, size = request.form.get("name", ""), number_of(request.form.get("size")) or 0
    try:
        arriving = act.begin_upload(me().person_id, here().network.id, name, size)
    except DomainError as refusal:
        return _refused(refusal)
    return _answer(201, key=arriving.key, received=0, piece=PIECE)


@resources.get("/uploads/<upload_key>")
def upload(upload_key: str) -> Response:
    """Where to go on after a broken line."""
    arriving = _mine(upload_key)
    received = arriving.size if arriving.file_id else min(arriving.received, lies_there(upload_key))
    return _answer(200, received=received, size=arriving.size, is_kept=arriving.file_id is not None)


@resources.post("/uploads/<upload_key>/pieces")
def take_piece(upload_key: str) -> Response:
    """One piece as the body; ``offset`` in the address says where it begins, ``sha256`` what it should be."""
    _mine(upload_key)
    offset = number_of(request.args.get("offset"))
    piece = read_piece(request.stream)
    if len(piece) > PIECE:
        return _answer(413, sentence=_("This piece is too large."))
    try:
        received = act.take_piece(
            me().person_id, upload_key, -1 if offset is None else offset, piece, request.args.get("sha256", "")
        )
    except DomainError as refusal:
        return _refused(refusal)
    return _answer(200, received=received)


@resources.post("/uploads/<upload_key>/end")
def end_upload(upload_key: str) -> Response:
    """That was all: the file is looked into and kept, and what it says of itself is proposed."""
    _mine(upload_key)
    try:
        file = act.finish_upload(me().person_id, upload_key)
    except DomainError as refusal:
        return _refused(refusal)
    proposed = propose([file])
    said = {"title": proposed.title, "language": proposed.language, "minutes": proposed.minutes}
    return _answer(200, id=file.id, name=file.name, size=file.size, proposed=said)


@resources.post("/uploads/<upload_key>/removal")
def remove_upload(upload_key: str) -> Response:
    """It shall not come after all."""
    _mine(upload_key)
    return _answer(200, is_gone=act.forget_upload(me().person_id, upload_key))


def _mine(key: str) -> PartialUpload:
    arriving = act.arriving_of(me().person_id, key) if key.isalnum() and key.isascii() else None
    if arriving is None or arriving.network_id != here().network.id:
        raise NotHere
    return arriving


def _refused(refusal: DomainError) -> Response:
    """409 where it goes on at another place, else 422 with the sentence that any upload would get."""
    if isinstance(refusal, act.WrongPlace):
        return _answer(409, received=refusal.received)
    return _answer(422, sentence=refusal.sentence)


def _answer(status: int, **said: object) -> Response:
    response = jsonify(said)
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response
