"""A row becomes a mail that every program reads as it was meant."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default
from email.utils import parseaddr

import pytest

from portal.mail.letters import letter, on_the_wire
from portal.mail.models import OutboxMail
from portal.web import clock

LINK = "https://staffroom.a-long-name.example/a/stopdigest-1a2b.3c.1bd0f9a.16d." + "abcDEF-_" * 12


def mail(**more):
    values = {"from_name": "Tarn and Tide", "to_name": "Zoë Ashgill", "to_address": "zoe@school.example", "headers": {}}
    values |= {"subject": "Hello", "text": "Hello.\n", "message_id": "<1@region.example>", "queued_at": clock.now()}
    return OutboxMail(**(values | more))


def sent(**more):
    return letter(mail(**more), "post@region.example", "Region").as_bytes()


def read(**more):
    return message_from_bytes(sent(**more), policy=default)


def decoded(header):
    """As RFC 2047 wants it; the newer half of the email package leaves blanks between the parts of a name."""
    return str(make_header(decode_header(header)))


@pytest.mark.parametrize(
    "words",
    [
        "Zoë’s code",
        "3 dates, 2 resources, 1 question",
        ("A very long subject – " * 9).strip(),
        "Ω" * 120,
        "Čeština, العربية, 中文, 👩‍🔬",
        "",
    ],
)
def test_a_subject_and_a_name_arrive_as_they_were_written(words):
    message = message_from_bytes(sent(subject=words, to_name=words, from_name=words))
    assert decoded(message["Subject"] or "") == words
    for header in ("To", "From"):
        name, address = parseaddr(message[header])
        assert decoded(name) == (words or ("Region" if header == "From" else "")) and "@" in address


@pytest.mark.parametrize(
    "name", ['Quarrie, "Ines"', "a@b.example", "<x@y.example>", "Ines (coordinator)", "Zoë, <a@b.c>"]
)
def test_a_name_never_becomes_an_address(name):
    addresses = read(to_name=name)["To"].addresses
    assert [one.addr_spec for one in addresses] == ["zoe@school.example"] and addresses[0].display_name == name


def test_a_long_link_in_a_header_stays_one_link():
    raw = sent(headers={"List-Unsubscribe": f"<{LINK}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"})
    assert f"List-Unsubscribe: <{LINK}>\r\n".encode() in raw


def test_lines_end_as_smtp_wants_and_none_is_too_long_or_beyond_ascii():
    raw = sent(text="Zoë " * 2000 + "\n.\nFrom here\n", html="<p>" + "ü" * 3000 + "</p>", subject="ß" * 200)
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"") and raw.isascii()
    assert max(map(len, lines)) <= 998 and max(len(line) for line in lines if b"=?" in line) <= 78


def test_text_html_and_calendar_stand_in_their_order():
    message = read(text="Grüße\n", html="<p>Grüße</p>", calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar"]
    assert message.get_body(("plain",)).get_content().split() == ["Grüße"]
    assert next(message.iter_attachments()).get_filename() == "dates.ics"


@pytest.mark.parametrize("field", ["subject", "to_name", "from_name", "to_address"])
@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\0"])
def test_no_field_adds_a_header(field, sign):
    with pytest.raises(ValueError, match="line break"):
        sent(**{field: f"zoe@school.example{sign}Bcc: all@school.example"})


def test_a_domain_beyond_ascii_is_spelled_as_servers_know_it():
    assert on_the_wire("zoe@bücher.example") == "zoe@xn--bcher-kva.example"
    with pytest.raises(UnicodeError):
        on_the_wire("zoë@school.example")
