"""All doors of the room: importing their modules hangs each on its blueprint."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from portal.lending import (
    answering,
    beside,
    exporting,
    operations_forgetting,
    routes_agreement,
    routes_asking,
    routes_closing,
    routes_deciding,
    routes_door,
)
from portal.lending.doors_calendar import init_calendar
from portal.lending.queries_list import minds_any
from portal.lending.routes import loans_pages
from portal.lending.routes_box import box_return
from portal.networks.tabs import Tab, declare_tab

__all__ = [
    "answering",
    "beside",
    "exporting",
    "init_lending",
    "operations_forgetting",
    "routes_agreement",
    "routes_asking",
    "routes_closing",
    "routes_deciding",
    "routes_door",
]

declare_tab("kit", Tab("loans", _l("Loans"), "loans.index", 40, shown=minds_any))
declare_tab("kit", Tab("mine", _l("My loans"), "loans.mine", 50))


def init_lending(app: Flask) -> None:
    """Hang the room in."""
    app.register_blueprint(loans_pages)
    app.register_blueprint(box_return)
    init_calendar(app)
