"""Administration is the administrators' alone; the first run is over once there is a region."""

from sqlalchemy import select

from portal.admin.operations_synonyms import add_synonyms
from portal.credit.models import CreditType
from portal.credit.operations_types import start_credit_types
from portal.db import db
from portal.mail.models import OutboxMail
from portal.programmes.models import FrameLine, TeachingFrame
from portal.surveys.models import SurveyItem
from portal.vocabulary.models import Word
from portal.web import clock
from tests import cast

COLUMNS = ("ines", "tobi", "dafydd", "petra", "kofi", "ravi", "hana", "nobody")
RAVI = dict.fromkeys(COLUMNS, "403") | {"ravi": "may", "nobody": "sign-in"}
OVER = dict.fromkeys(COLUMNS, "404")

PAGES = (
    "index",
    "region",
    "people",
    "mail",
    "machine",
    "networks",
    "new_network",
    "network",
    "closing_network",
    "words",
    "words_of_kind",
    "edit_word",
    "questions",
    "edit_question",
    "credit_types",
    "new_credit_type",
    "edit_credit_type",
    "synonyms",
    "edit_synonyms",
    "frames",
    "frame",
    "edit_frame_line",
)
ACTS = (
    "save_region",
    "add_person",
    "remove_person",
    "restore_person",
    "all_mails_again",
    "mail_again",
    "stop_mail",
    "let_mail_go",
    "create_network",
    "appoint",
    "close",
    "reopen",
    "new_word",
    "save_word",
    "move_up",
    "move_down",
    "retire",
    "restore",
    "new_question",
    "save_question",
    "question_up",
    "question_down",
    "retire_question",
    "restore_question",
    "create_credit_type",
    "save_credit_type",
    "credit_type_up",
    "credit_type_down",
    "retire_credit_type",
    "restore_credit_type",
    "new_synonyms",
    "save_synonyms",
    "drop_synonyms",
    "undelete_synonyms",
    "add_frame_line",
    "save_frame_line",
    "frame_line_up",
    "frame_line_down",
    "retire_frame",
    "restore_frame",
    "retire_frame_line",
    "restore_frame_line",
)

MATRIX = {
    **{f"GET admin.{page}": RAVI for page in PAGES},
    **{f"POST admin.{act}": RAVI for act in ACTS},
    "GET first_run.begin": OVER,
    "POST first_run.finish": OVER,
}


def prepare() -> dict[str, object]:
    mail = OutboxMail(
        kind="test",
        to_address="a@b.example",
        subject="A test",
        text="",
        headers={},
        message_id="<1@b.example>",
        queued_at=clock.now(),
        send_after=clock.now(),
        failed_at=clock.now(),
        last_error="no such mailbox",
    )
    db.session.add(mail)
    db.session.commit()
    start_credit_types()
    group = add_synonyms("torch, flashlight", cast.person_id("ravi"))
    return {
        "admin_id": cast.person_id("ravi"),
        "network_id": cast.network_id("fell-and-furrow"),
        "mail_id": mail.id,
        "question_id": db.session.execute(select(SurveyItem.id).where(SurveyItem.code == "pace")).scalar_one(),
        "word_id": db.session.execute(select(Word.id).where(Word.code == "physics")).scalar_one(),
        "word_kind": "subject",
        "frame_id": db.session.execute(select(TeachingFrame.id)).scalar_one(),
        "line_id": db.session.execute(select(FrameLine.id).where(FrameLine.code == "1")).scalar_one(),
        "synonyms_id": group.id,
        "type_id": db.session.execute(select(CreditType.id).where(CreditType.code == "wa-clock-hour")).scalar_one(),
    }
