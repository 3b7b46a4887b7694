"""Bringing files along with a form: several at once, and kept when something else in the form has to be put right."""

from collections.abc import Iterable
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import MultipleFileField

# Files in one sending of a form, and files that it may hold from earlier ones.
MOST, MOST_KEPT = 10, 60


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

    @property
    def together(self) -> int:
        """How many megabytes one sending may hold, to be said before somebody chooses."""
        return int(current_app.config["MAX_CONTENT_LENGTH"]) // (1024 * 1024)

    def process_formdata(self, valuelist: Iterable[Any]) -> None:
        brought = [one for one in valuelist if isinstance(one, FileStorage) and one.filename]
        self.data = brought[:MOST]
        if left := brought[MOST:]:
            self.refused.append(
                _(
                    "Ten files go in one sending, so these did not come along: %(names)s. Choose them once more.",
                    names=", ".join(str(one.filename)[:80] for one in left[:50]),
                )
            )

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        self.data = self.data or []
        ids = formdata.getlist(f"{self.name}-kept") if formdata else []
        self.kept_ids = [int(one) for one in ids if one.isdecimal() and len(one) < 12][:MOST_KEPT]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        is_right = super().validate(*args, **kwargs)
        self.errors = [*self.errors, *self.refused]
        return is_right and not self.refused
