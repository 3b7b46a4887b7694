"""Two people change one thing: the second is told, sees both texts and loses none. What is gone is told kindly."""

import pytest
from sqlalchemy import update

from portal import Base
from portal.db import db
from tests.sweeping import answer_of

# endpoint → (a text field of the form, the table behind it)
EDITED = {
    "events.change": ("title", "event"),
    "events.change_paper": ("title", "event_paper"),
    "event_file.change_cost": ("what", "event_cost"),
    "resources.change": ("strapline", "pack"),
    "kit.change": ("strapline", "kit"),
    "conversations.save": ("body", "post"),
    "network.save_charter": ("norms", "network"),
    "network.save_settings": ("strapline", "network"),
    "people.change": ("name", "person"),
    "organisations.change": ("place", "organisation"),
    "admin.save_question": ("text", "survey_item"),
    "events.save_credit": ("provider", "event_credit"),
    "admin.save_credit_type": ("statement", "credit_type"),
    "admin.save_frame_line": ("hint", "frame_line"),
    "outside.change": ("title", "outside_hours"),
    "programmes.save": ("about", "mentoring_programme"),
}
HERS, MINE = "What she wrote meanwhile", "What I was writing all along"


def sent(region, endpoint, **typed):
    """The form as its page shows it, with something typed into it."""
    who, form = region.forms[endpoint]
    data = form.data(lambda name, kind, value: typed.get(name, value))
    return who, form.action, data | {"form_key": [""]}


@pytest.mark.parametrize("endpoint", EDITED)
def test_the_second_of_two_sees_both_texts(region, endpoint):
    field, _table = EDITED[endpoint]
    who, action, hers = sent(region, endpoint, **{field: HERS})
    mine = hers | {field: [MINE]}
    first, broken = answer_of(region.browser(who), action, method="POST", data=hers)
    assert not broken and first.status_code == 303
    second, broken = answer_of(region.browser(who), action, method="POST", data=mine)
    assert not broken and second.status_code == 409
    assert MINE in second.text and HERS in second.text


@pytest.mark.parametrize("endpoint", EDITED)
def test_pressing_save_once_more_replaces_the_other_text_knowingly(region, endpoint):
    from tests.sweeping import FormReader

    field, _table = EDITED[endpoint]
    who, action, hers = sent(region, endpoint, **{field: HERS})
    answer_of(region.browser(who), action, method="POST", data=hers)
    refused, _broken = answer_of(region.browser(who), action, method="POST", data=hers | {field: [MINE]})
    reader = FormReader(action)
    reader.feed(refused.text)
    again = next(form for form in reader.forms if field in dict(form.data()))
    data = again.data()
    assert data[field] == [MINE]
    saved, broken = answer_of(region.browser(who), action, method="POST", data=data)
    assert not broken and saved.status_code == 303


GONE = {
    "events.change": {"event": "deleted_at"},
    "events.save_credit": {"event_credit": "removed_at"},
    "resources.change": {"pack": "deleted_at"},
    "kit.change": {"kit": "deleted_at"},
    "conversations.save": {"post": "deleted_at"},
    "conversations.answer": {"topic": "deleted_at"},
    "mentoring.update_contact": {"mentoring_contact": "deleted_at"},
}


@pytest.mark.parametrize("endpoint", GONE)
def test_a_form_whose_thing_is_gone_is_answered_kindly(region, endpoint):
    who, action, data = sent(region, endpoint)
    ((name, column),) = GONE[endpoint].items()
    table = Base.metadata.tables[name]
    with region.acting():
        db.session.execute(update(table).values({column: db.func.current_timestamp()}))
        db.session.commit()
    before = region.rows()
    answer, broken = answer_of(region.browser(who), action, method="POST", data=data)
    assert not broken and answer.status_code in (404, 422)
    assert "<h1>" in answer.text and region.rows() == before
