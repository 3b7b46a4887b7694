"""The first step of an import: a file or pasted rows that can be read wait for the next; and what was decided of rows."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectField, TextAreaField

from portal.web.errors import DomainError
from portal.web.forms import Form
from portal.web.importing_waiting import Waiting, forget, keep
from portal.web.numbers import number_of
from portal.web.tables import Sheet

# A page holds the write lock while it imports; what is longer goes through the command.
MOST_ROWS = 20_000


class SheetForm(Form):
    file = FileField(_l("A file"), description=_l("CSV, Excel (XLSX, XLS) or ODS, up to 20 MB."))
    pasted = TextAreaField(_l("Or rows pasted from a sheet"), description=_l("With the row of headings first."))
    choice = SelectField(validate_choice=True)


def keep_sheet(form: SheetForm, person_id: int, what: str) -> Waiting | None:
    """Let the sheet wait when it can be read; else the reason stands beside the field."""
    file = form.file.data
    content = file.read() if file else b""
    is_pasted = not content and bool(form.pasted.data)
    if not content and not is_pasted:
        form.refuse(DomainError(_("Choose a file, or paste the rows."), "file"))
        return None
    filename = "" if is_pasted else (file.filename or "").replace("\\", "/").rpartition("/")[2][:120]
    content = (form.pasted.data or "").encode() if is_pasted else content
    waiting = keep(person_id, what, filename, content, is_pasted, {"choice": form.choice.data or ""})
    try:
        _check_length(waiting.sheet())
    except DomainError as refusal:
        forget(waiting)
        form.refuse(DomainError(refusal.sentence, "pasted" if is_pasted else "file"))
        return None
    return waiting


def _check_length(sheet: Sheet) -> None:
    if len(sheet) > MOST_ROWS:
        raise DomainError(
            _(
                "This sheet has %(rows)s rows. A page takes up to %(most)s: send it in parts, or have it imported on the server.",
                rows=len(sheet),
                most=MOST_ROWS,
            )
        )


def decisions_of(sent: Mapping[str, str]) -> dict[int, str]:
    """``row-12=new`` and its kin; anything else that was sent is left aside."""
    found = {}
    for name, value in sent.items():
        number = number_of(name.removeprefix("row-"))
        is_known = value in {"update", "keep", "new"} or number_of(value) is not None
        if name.startswith("row-") and number is not None and is_known:
            found[number] = value
    return found
