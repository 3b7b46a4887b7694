"""The standing pages are open to everyone; what schools were reported for, to administrators alone."""

from portal.help.operations import report_blocked

EVERYONE = dict.fromkeys(("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody"), "may")
RAVI = dict.fromkeys(EVERYONE, "403") | {"ravi": "may", "nobody": "sign-in"}

MATRIX = {
    **{
        f"GET help.{page}": EVERYONE
        for page in ("index", "formatting", "blocked", "mail", "privacy", "accessibility", "pieces", "health")
    },
    "POST help.tell_blocked": EVERYONE,
    "GET help.blocked_reports": RAVI,
    "POST help.settle_report": RAVI,
    "POST help.reopen_report": RAVI,
}


def prepare() -> dict[str, object]:
    return {"report_id": report_blocked("Kestrel Lane Primary", "mail", "", "192.0.2.7").id}
