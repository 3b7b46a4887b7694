"""Mails that are broken or were made to hurt: none raises, none hangs, none is lost."""

import random
import struct

import pytest
from sqlalchemy import select

from portal.db import db
from portal.mail.models_receiving import ReceivedMail
from portal.mail.receiving import receive
from portal.mail.receiving_bounces import bounce_in
from portal.mail.receiving_html import words_of
from portal.mail.receiving_letter import open_letter
from portal.mail.receiving_quotes import without_quotes
from portal.mail.receiving_signatures import without_signature
from portal.mail.receiving_tnef import SIGNATURE, unpack
from tests.mail.receiving.test_letters import LETTERS, NAME, OURS, raw_of
from tests.mail.receiving.writing import address_of, mail

MANY = 2_000


def spoilt(chance):
    """A letter of the collection, cut somewhere or with bytes turned round."""
    raw = bytearray(raw_of(chance.choice(LETTERS)))
    for _turn in range(chance.randrange(1, 30)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    if chance.random() < 0.4:
        start = chance.randrange(len(raw))
        del raw[start : start + chance.randrange(1, 400)]
    return bytes(raw[: chance.randrange(len(raw)) + 1] if chance.random() < 0.3 else raw)


def read_whole(raw):
    letter = open_letter(raw, OURS)
    if letter.message is not None:
        letter.text([NAME])
        if letter.kind == "bounce":
            bounce_in(letter.message)
    return letter


def test_two_thousand_spoilt_letters_raise_nothing(answering):
    chance = random.Random(20261110)
    with answering.app_context():
        for _one in range(MANY):
            assert read_whole(spoilt(chance)).message_id


def parts(count):
    body = b"".join(b"--B\r\nContent-Type: text/plain\r\n\r\nx\r\n" for _part in range(count))
    return b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" + body + b"--B--\r\n"


def nested(depth):
    head = b"".join(b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (n, n) for n in range(depth))
    return head + b"Content-Type: text/plain\r\n\r\nfour metres\r\n"


HURTING = {
    "nothing": b"",
    "one byte": b"\x00",
    "no headers": b"\r\n\r\nfour metres",
    "many parts": parts(10_000),
    "deep": nested(3_000),
    "many headers": b"X-A: b\r\n" * 20_000 + b"\r\nfour",
    "one long line": b"Subject: " + b"a" * 1_000_000 + b"\r\n\r\nfour",
    "many addresses": b"To: " + b"a@b.example, " * 50_000 + b"\r\n\r\nfour",
    "line ends in headers": b"From: a\r\n b@c.example\r\nSubject: a\r\n\tBcc: all@d.example\r\n\r\nfour",
    "encoded line ends": b"Subject: =?utf-8?q?a=0D=0ABcc:_x=40y?=\r\nFrom: =?utf-8?q?a=0D=0A?= <a@b.example>\r\n\r\nfour",
    "zero bytes": b"From: a@b.example\x00\r\nSubject: \x00\r\n\r\n\x00\x00four\x00",
    "brackets": b"From: " + b"(" * 20_000 + b"\r\nMessage-ID: <" + b"<" * 20_000 + b"\r\n\r\nfour",
    "open quotes": b'From: "' + b"\\" * 20_000 + b"\r\n\r\nfour",
    "odd charset": b"Content-Type: text/plain; charset*=utf-8''%00%ff\r\n\r\nfour",
    "odd names": b"Content-Type: a/b; name*0*=x''%zz; name*1=\xff\r\nContent-Disposition: attachment\r\n\r\nfour",
    "uuencoded": b"Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n#####\r\n",
}


@pytest.mark.parametrize("raw", HURTING.values(), ids=HURTING.keys())
def test_what_was_made_to_hurt_is_kept(answering, raw):
    with answering.app_context():
        assert receive(raw) in ("unplaced", "loop", "automatic")
        kept = db.session.execute(select(ReceivedMail)).scalar_one()
    assert "\n" not in kept.subject + kept.from_address and "\r" not in kept.subject


@pytest.mark.parametrize(
    "html", ["<a " * 60_000, '<a b="' * 60_000, "<!--" * 60_000, "<div>" * 90_000, "<" * 200_000, "&" * 200_000]
)
def test_broken_html_is_read_at_once(html):
    """The standard parser takes minutes for some of these; a test that hangs is the failure."""
    assert "four" in words_of(f"<p>four metres</p>{html}")


@pytest.mark.parametrize("piece", ["On ", "wrote:\n", "> ", "From: a\n", "Am 1.1. schrieb ", "-- \n", "_" * 40 + "\n"])
def test_patterns_do_not_run_wild(piece):
    text = piece * 20_000
    without_quotes(text)
    without_signature(text, [NAME])


def test_a_packed_file_that_claims_too_much_is_believed_in_nothing():
    four_thousand_million = struct.pack("<I", 2**32 - 1)
    claims = struct.pack("<BHHI", 1, 0x9003, 6, 8) + four_thousand_million * 2 + b"\0\0"
    assert not unpack(struct.pack("<IH", SIGNATURE, 1) + claims * 50).files
    assert not unpack(b"no such thing").files


def test_names_with_line_ends_reach_no_header_of_ours(answering, topic_id):
    with answering.app_context():
        raw = mail(address_of("dafydd", topic_id), sender="x@elsewhere.example")
        raw = raw.replace(b"Re: Egg drop indoors?", b"=?utf-8?q?Egg=0D=0ABcc:_all=40x.example?=")
        assert receive(raw) == "passed-on"
