"""A button without a page of its own: what is true now with a way back, or the sentence why it was refused."""

from flask import Flask, get_flashed_messages

from portal.web.errors import DomainError
from portal.web.forms import ActForm
from portal.web.hypermedia import done_unless_refused


def _pressed(refusal: DomainError | None = None) -> None:
    if refusal:
        raise refusal


def test_what_was_done_is_said_with_a_way_back(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        form = ActForm(meta={"csrf": False})
        form.attempt(_pressed)
        answer = done_unless_refused(form, "/here", "It is gone.", "/back")
        assert (answer.status_code, answer.location) == (303, "/here")
        assert get_flashed_messages(with_categories=True) == [("done", {"text": "It is gone.", "undo": "/back"})]


def test_what_was_refused_is_said_instead_without_a_way_back(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        form = ActForm(meta={"csrf": False})
        form.attempt(_pressed, DomainError("Somebody has it."))
        answer = done_unless_refused(form, "/here", "It is gone.", "/back")
        assert (answer.status_code, answer.location) == (303, "/here")
        assert get_flashed_messages(with_categories=True) == [("wrong", "Somebody has it.")]
