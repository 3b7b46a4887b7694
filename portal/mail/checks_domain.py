"""What the sending domain says about itself in DNS: MX, SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489)."""

from collections.abc import Callable, Iterator

import dns.exception
import dns.resolver
from flask_babel import gettext as _

from portal.config import Settings
from portal.mail.findings import Finding, good, hint, wrong

# ``lookup(name, "TXT")`` gives the answers as text, none where there are none; it raises Unreachable.
Lookup = Callable[[str, str], list[str]]
SECONDS = 5.0


class Unreachable(Exception):
    """Nobody answered: whether the record stands there is not known."""


def ask_dns(name: str, kind: str) -> list[str]:
    """Ask the machine's own resolver."""
    resolver = dns.resolver.Resolver()
    resolver.lifetime = SECONDS
    try:
        answers = resolver.resolve(name, kind)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise Unreachable(str(error)) from error
    if kind == "TXT":
        return [b"".join(one.strings).decode("utf-8", "replace") for one in answers]
    return [one.to_text() for one in answers]


def domain_findings(settings: Settings, lookup: Lookup) -> Iterator[Finding]:
    """SPF, DKIM, DMARC and MX of the domain of MAIL_FROM, each with what to do."""
    domain = settings.mail_from.rpartition("@")[2]
    if "." not in domain:
        yield wrong(_("MAIL_FROM is %(address)s: that is no address in the world.", address=settings.mail_from))
        return
    try:
        yield _mx(lookup(domain, "MX"), domain)
        yield _spf([one for one in lookup(domain, "TXT") if one.lower().split(" ")[0] == "v=spf1"], domain)
        yield from _dkim(lookup, settings.mail_dkim_selector, domain)
        yield _dmarc(_dmarc_records(lookup, domain), domain)
    except Unreachable as error:
        sentence = _(
            "DNS can’t be reached from here, so SPF, DKIM, DMARC and MX of %(domain)s are not known.", domain=domain
        )
        yield Finding("unknown", sentence, str(error))


def _mx(answers: list[str], domain: str) -> Finding:
    names = [answer.split()[-1].rstrip(".") for answer in answers]
    if not any(names):
        return wrong(_("%(domain)s takes no mail (no MX): answers and bounces are lost.", domain=domain))
    return good(_("%(domain)s takes mail.", domain=domain), ", ".join(sorted(names)))


def _spf(records: list[str], domain: str) -> Finding:
    if not records:
        return wrong(
            _(
                "%(domain)s has no SPF: schools will take our mails for junk. Its TXT record names who may send.",
                domain=domain,
            )
        )
    if len(records) > 1:
        return wrong(
            _("%(domain)s has more than one SPF record, and so none counts.", domain=domain), " | ".join(records)
        )
    terms = records[0].lower().split()
    if terms[-1] in ("+all", "all"):
        return wrong(_("The SPF of %(domain)s lets anybody send in its name (“all”).", domain=domain), records[0])
    if not any(term.lstrip("-~?") == "all" or term.startswith("redirect=") for term in terms):
        return hint(
            _("The SPF of %(domain)s does not say what holds for everybody else (“-all”).", domain=domain), records[0]
        )
    return good(_("%(domain)s has an SPF. Our mail server has to be in it.", domain=domain), records[0])


def _dkim(lookup: Lookup, selector: str, domain: str) -> Iterator[Finding]:
    if not selector:
        yield hint(
            _("Whether mails are signed (DKIM) is not looked up: MAIL_DKIM_SELECTOR does not say under which name.")
        )
        return
    name = f"{selector}._domainkey.{domain}"
    records = lookup(name, "TXT")
    tags = _tags(records[0]) if records else {}
    if not records:
        yield wrong(
            _("There is no DKIM key at %(name)s: the mail server signs in vain, or under another name.", name=name)
        )
    elif not tags.get("p"):
        yield wrong(_("The DKIM key at %(name)s is empty: it was taken back.", name=name))
    elif "y" in tags.get("t", "").split(":"):
        yield hint(_("The DKIM key at %(name)s says that it is only a test (t=y).", name=name))
    else:
        yield good(_("There is a DKIM key at %(name)s.", name=name))


def _dmarc_records(lookup: Lookup, domain: str) -> list[str]:
    """Of the domain, or of the one above it, as RFC 7489 looks for them."""
    found: list[str] = []
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):
        name = ".".join(labels[start:])
        found = [one for one in lookup(f"_dmarc.{name}", "TXT") if one.replace(" ", "").lower().startswith("v=dmarc1")]
        if found:
            return found
    return found


def _dmarc(records: list[str], domain: str) -> Finding:
    if not records:
        return wrong(
            _(
                "%(domain)s has no DMARC: large mail services ask for one. “v=DMARC1; p=none” is a beginning.",
                domain=domain,
            )
        )
    if len(records) > 1:
        return wrong(
            _("%(domain)s has more than one DMARC record, and so none counts.", domain=domain), " | ".join(records)
        )
    policy = _tags(records[0]).get("p", "").lower()
    if policy not in ("none", "quarantine", "reject"):
        return wrong(_("The DMARC of %(domain)s has no policy (p=).", domain=domain), records[0])
    if policy == "none":
        return hint(_("The DMARC of %(domain)s only watches (p=none).", domain=domain), records[0])
    return good(_("%(domain)s has a DMARC.", domain=domain), records[0])


def _tags(record: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _sign, value in pairs if name.strip()}
