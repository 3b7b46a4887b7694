"""Photos of the signed sheet, as a telephone takes them."""

from flask_babel import lazy_gettext as _l

from portal.files.forms import UploadField
from portal.web.forms import Form


class PhotosForm(Form):
    files = UploadField(
        _l("Photos or scans of the signed sheet"),
        description=_l(
            "JPEG, PNG, HEIC or PDF, a file for each page, up to ten at once. Place and camera are taken out of photos."
        ),
    )
