"""Who may open what in the conversations."""

import io

from werkzeug.datastructures import FileStorage

from portal.conversations.operations_posts import reply
from portal.conversations.operations_topics import start_topic
from portal.files.operations import keep
from portal.networks.scope import scope_of
from tests import cast


def prepare() -> dict[str, object]:
    tobi, dafydd = (scope_of("tarn-and-tide", cast.person_id(key)).membership for key in ("tobi", "dafydd"))
    topic = start_topic(tobi, "Egg drop indoors?", "Our field is under water.")
    file = keep(FileStorage(io.BytesIO(b"4 metres"), "notes.txt"), dafydd.person_id)
    post = reply(dafydd, topic.id, "Yes, twice.", [file.id])
    return {"topic_id": topic.id, "post_id": post.id, "file_id": file.id}


def row(ines="may", tobi="may", dafydd="may", petra="may"):
    return {
        "ines": ines,
        "tobi": tobi,
        "dafydd": dafydd,
        "petra": petra,
        "kofi": "404",
        "ravi": "404",
        "hana": "404",
        "nobody": "sign-in",
    }


READ, WRITE = row(), row(petra="403")
# Tobi asked, Dafydd answered.
TOPIC_IS_TOBIS = row(dafydd="403", petra="403")
TEXT_IS_DAFYDDS = row(ines="403", tobi="403", petra="403")
MATRIX = {
    "GET conversations.index": READ,
    "GET conversations.show": READ,
    "GET conversations.versions": READ,
    "GET conversations.attachment": READ,
    "POST conversations.follow": READ,
    "GET conversations.new": WRITE,
    "POST conversations.start": WRITE,
    "POST conversations.answer": WRITE,
    "POST conversations.useful": WRITE,
    "GET conversations.edit": TEXT_IS_DAFYDDS,
    "POST conversations.save": TEXT_IS_DAFYDDS,
    "GET conversations.title": TOPIC_IS_TOBIS,
    "POST conversations.rename": TOPIC_IS_TOBIS,
    "POST conversations.close": TOPIC_IS_TOBIS,
    "POST conversations.pin": row(tobi="403", dafydd="403", petra="403"),
    # One walk of the matrix tries every door in one database: what was removed by the door before is gone.
    "POST conversations.remove": row(tobi="403", petra="403"),
    "POST conversations.bring_back": row(tobi="403", dafydd="may", petra="403"),
    "POST conversations.remove_all": row(dafydd="403", petra="403"),
    # Dafydd answered, so Tobi could not remove it, and has nothing to bring back.
    "POST conversations.bring_all_back": row(tobi="403", dafydd="403", petra="403"),
}
