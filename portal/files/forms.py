"""Bringing files along with a form: several at once, and kept when something else in the form has to be put right."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

MOST = 10


class UploadField(MultipleFileField):
    """Files chosen in one go; ``data`` is the list of those that really hold a name.

    ``kept`` are ids of files that an earlier try of the same form already brought: they travel as hidden fields
    named ``<field>-kept``, and ``files.receiving.receive`` fills them.
    """

    def __init__(self, label: Any = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label or _l("Files"), validators, **kwargs)
        self.kept: list[Any] = []
        self.kept_ids: list[int] = []
        self.refused: list[str] = []

    def process_formdata(self, valuelist: Iterable[Any]) -> None:
        self.data = [one for one in valuelist if isinstance(one, FileStorage) and one.filename][:MOST]

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        self.data = self.data or []
        ids = formdata.getlist(f"{self.name}-kept") if formdata else []
        self.kept_ids = [int(one) for one in ids if one.isdecimal() and len(one) < 12][:MOST]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_right = super().validate(*args, **kwargs)
        self.errors = [*self.errors, *self.refused]
        return is_right and not self.refused
