"""A link that opens a page by itself is not written into the log."""

import logging

import pytest

from portal.web.address_keys import is_a_key, path_for_the_log


@pytest.mark.parametrize(
    ("path", "logged"),
    [
        ("/feeds/3.0.1.abcdef.ics", "/feeds/<feed_token>.ics"),
        ("/in/you/abcdef/leaving", "/in/you/<receipt>/leaving"),
        ("/in/K7QD-abcdef/here/7", "/in/<code_pass>/here/7"),
        ("/kiosk/abcdef", "/kiosk/<kiosk_token>"),
        ("/e/abcdef/papers/4", "/e/<booking_token>/papers/4"),
        ("/a/abcdef", "/a/<act_token>"),
        ("/people/7", "/people/7"),
        ("/nowhere/abcdef", "/nowhere/abcdef"),
    ],
)
def test_a_path_is_logged_without_its_key(app, path, logged):
    for method in ("GET", "POST"):
        with app.test_request_context(path, method=method):
            if path_for_the_log() == logged:
                assert is_a_key() == ("<" in logged)
                return
    pytest.fail(f"{path} would be logged with its key")


def test_what_breaks_is_logged_without_the_key_of_its_address(app, monkeypatch, caplog):
    from portal.attendance import routes_kiosk

    def broken(_token):
        raise RuntimeError("broken")

    monkeypatch.setattr(routes_kiosk, "session_of_kiosk", broken)
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with caplog.at_level(logging.ERROR, logger="staffroom"):
        assert app.test_client().get("/kiosk/abcdef").status_code == 500
    said = [record.getMessage() for record in caplog.records]
    assert any("/kiosk/<kiosk_token>" in line for line in said) and not any("abcdef" in line for line in said)
