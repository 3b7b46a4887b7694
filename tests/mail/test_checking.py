"""``flask mail test`` says in plain words what is wrong; its exit code is honest. DNS is played by a table."""

import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal.mail.checks import examine
from portal.mail.checks_domain import Unreachable
from tests.mail.peer import free_port

GOOD = {
    ("region.example", "MX"): ["10 mx.region.example."],
    ("region.example", "TXT"): ["v=spf1 mx -all", "something else"],
    ("mail._domainkey.region.example", "TXT"): ["v=DKIM1; k=rsa; p=MIIB"],
    ("_dmarc.region.example", "TXT"): ["v=DMARC1; p=reject"],
}


def zone(**changes):
    """The good answers, changed by kind."""
    names = {
        "mx": ("region.example", "MX"),
        "spf": ("region.example", "TXT"),
        "dkim": ("mail._domainkey.region.example", "TXT"),
        "dmarc": ("_dmarc.region.example", "TXT"),
    }
    table = GOOD | {names[kind]: answers for kind, answers in changes.items()}
    return lambda name, kind: table.get((name, kind), [])


def words(found):
    return " ".join(str(one.sentence) for one in found)


@pytest.fixture
def look(in_app, settings):
    """``look(smtp_port=…)`` is the report with these settings."""

    def go(lookup=None, address="", **changes):
        with in_app():
            return examine(replace(settings, mail_dkim_selector="mail", **changes), lookup or zone(), address)

    return go


def test_where_all_is_well_it_says_so_and_a_mail_arrives(look, letterbox):
    report = look(address="hello@school.example")
    assert report.is_well and "has left" in words(report.mail)
    assert "can be read on the way" in words(report.connection)
    assert (
        b"Subject: A test from Staffroom" in letterbox.received[0] and b"hello@school.example" in letterbox.received[0]
    )


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"CONNECT": b"554 go away"}, "turns this machine away"),
        ({"CONNECT": b"HTTP/1.1 400"}, "no mail server"),
        ({"MAIL": b"550 5.7.1 not yours"}, "does not let us send as this address"),
    ],
)
def test_what_the_server_says_becomes_a_sentence(look, letterbox, answers, sentence):
    letterbox.answers |= answers
    report = look(address="hello@school.example")
    assert not report.is_well and sentence in words(report.connection) and not report.mail


def test_a_mail_that_is_refused_is_said_too(look, letterbox):
    letterbox.answers["RCPT"] = b"550 5.1.1 nobody"
    report = look(address="hello@school.example")
    assert not report.is_well and "refused the mail" in words(report.mail) and "5.1.1" in report.mail[0].said


def test_no_server_is_plain_too(look):
    assert "SMTP_HOST is empty" in words(look(smtp_host="").connection)
    assert "nothing listens" in words(look(smtp_port=free_port()).connection)
    assert "is not found" in words(look(smtp_host="nowhere.invalid").connection)


def test_a_server_that_says_nothing_is_not_waited_for_long(look, letterbox):
    over = threading.Event()
    letterbox.answers["CONNECT"] = lambda line: over.wait(10) and b""
    assert "does not answer in time" in words(look(smtp_timeout=0.2).connection)
    over.set()


def test_tls_that_is_not_offered_and_a_sign_in_that_is_not(look):
    assert "no STARTTLS" in words(look(smtp_tls="starttls").connection)
    assert "does not begin with TLS" in words(look(smtp_tls="tls").connection)
    assert "takes no user name" in words(look(smtp_user="u", smtp_password="p").connection)


# --- With TLS ---------------------------------------------------------------------------------------------------------


def certificate(folder, name, days):
    """A certificate that vouches for itself, for ``name``, whose last day is ``days`` from now; its file and its key's."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A mail server")])
    names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=100))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return files


class Safe(Controller):
    """A real server with STARTTLS and a password."""

    def __init__(self, files):
        super().__init__(self, hostname="127.0.0.1", port=free_port())
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(*files)

    def factory(self):
        def knows(server, session, envelope, mechanism, data):
            return AuthResult(success=data.password == b"right", handled=False)

        return SMTP(self, tls_context=self.tls, require_starttls=True, authenticator=knows, auth_required=True)

    async def handle_DATA(self, server, session, envelope):
        return "250 taken"


@pytest.fixture
def safe(tmp_path, monkeypatch, look):
    """``safe(name, days, trusted)`` is the report about a server with that certificate."""
    running = []

    def serve(name="127.0.0.1", days=100, trusted=True, **more):
        files = certificate(tmp_path, name, days)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
        running.append(Safe(files))
        running[-1].start()
        signing_in = {"smtp_user": "portal", "smtp_password": "right"} | more
        return look(smtp_tls="starttls", smtp_port=running[-1].port, **signing_in)

    yield serve
    for controller in running:
        controller.stop()


def test_a_certificate_that_is_right_is_taken(safe):
    report = safe(address="hello@school.example")
    assert report.is_well, report
    assert "is encrypted" in words(report.connection) and "accepts our user name" in words(report.connection)


@pytest.mark.parametrize(
    ("certified", "sentence"),
    [
        ({"name": "mail.other.example"}, "for another name"),
        ({"days": -1}, "out of date"),
        ({"trusted": False}, "Nobody this machine trusts"),
        ({"smtp_password": "wrong"}, "does not accept our user name and password"),
    ],
)
def test_a_certificate_or_password_that_is_not_right_is_named(safe, certified, sentence):
    report = safe(**certified)
    assert not report.is_well and sentence in words(report.connection)


# --- The domain -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "is_well", "sentence"),
    [
        ({}, True, "has a DMARC"),
        ({"mx": []}, False, "takes no mail"),
        ({"mx": ["0 ."]}, False, "takes no mail"),
        ({"spf": []}, False, "has no SPF"),
        ({"spf": ["v=spf1 -all", "v=spf1 mx -all"]}, False, "more than one SPF"),
        ({"spf": ["v=spf1 +all"]}, False, "lets anybody send"),
        ({"spf": ["v=spf1 mx"]}, True, "everybody else"),
        ({"spf": ["v=spf1 redirect=_spf.host.example"]}, True, "has an SPF"),
        ({"dkim": []}, False, "no DKIM key at mail._domainkey.region.example"),
        ({"dkim": ["v=DKIM1; p="]}, False, "was taken back"),
        ({"dkim": ["v=DKIM1; t=y:s; p=MIIB"]}, True, "only a test"),
        ({"dmarc": []}, False, "has no DMARC"),
        ({"dmarc": ["v=DMARC1; p=none; rua=mailto:x@y.example"]}, True, "only watches"),
        ({"dmarc": ["v=DMARC1; rua=mailto:x@y.example"]}, False, "no policy"),
    ],
)
def test_what_the_domain_says_of_itself(look, changes, is_well, sentence):
    report = look(zone(**changes))
    assert report.is_well is is_well and sentence in words(report.domain)


def test_a_domain_below_another_has_the_dmarc_of_that(look):
    table = {("_dmarc.region.example", "TXT"): ["v=DMARC1; p=reject"]}
    found = look(lambda name, kind: table.get((name, kind), []), mail_from="post@mail.region.example").domain
    assert "mail.region.example has a DMARC" in words(found)


def test_dns_that_cannot_be_reached_is_said_and_not_held_against_anybody(look):
    def silence(name, kind):
        raise Unreachable("no answer")

    report = look(silence)
    assert report.is_well and "DNS can’t be reached" in words(report.domain)


def test_an_address_of_no_domain_is_wrong(look):
    assert "no address in the world" in words(look(mail_from="staffroom@localhost").domain)


def test_the_command_shows_it_and_its_exit_code_is_honest(app, monkeypatch, settings, letterbox):
    monkeypatch.setitem(app.extensions, "mail_lookup", zone())
    monkeypatch.setitem(app.config, "SETTINGS", replace(settings, mail_dkim_selector="mail"))
    fine = app.test_cli_runner().invoke(args=["mail", "test", "hello@school.example"])
    assert (fine.exit_code, "Nothing is wrong" in fine.output) == (0, True), fine.output
    letterbox.answers["MAIL"] = b"550 no"
    bad = app.test_cli_runner().invoke(args=["mail", "test", "hello@school.example"])
    assert (bad.exit_code, "not tried" in bad.output, "WRONG" in bad.output) == (1, True, True)
