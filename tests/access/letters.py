"""Letters to members: the coordinators of a network write them and read them, nobody else."""

from portal.letters.drafts import LetterDraft
from portal.letters.models import Letter, Segment
from portal.letters.operations import write_letter
from portal.letters.operations_segments import save_segment
from portal.networks.scope import scope_of
from tests import cast

STRANGERS = {"kofi": "404", "ravi": "404", "hana": "404", "nobody": "sign-in"}
COORDINATORS = {"ines": "may", "tobi": "403", "dafydd": "403", "petra": "403"} | STRANGERS
LOOKS = (
    *("index", "choose", "people", "open_segment", "new", "show", "edit"),
    *("audience", "preview", "preview_html", "sending", "outcome"),
)
# In this order the letter is still a draft when each is tried; the last ones are undone by their neighbours.
ACTS = (
    *("save", "change", "delete", "restore", "create", "save_changes", "address", "take_one_out", "put_one_in"),
    *("test", "send", "back", "throw_away", "bring_back"),
)

MATRIX = {
    **{f"GET letters.{page}": COORDINATORS for page in LOOKS},
    **{f"POST letters.{act}": COORDINATORS for act in ACTS},
}


def prepare() -> dict[str, object]:
    standing = scope_of("tarn-and-tide", cast.person_id("ines")).membership
    segment: Segment = save_segment(standing, "Mentors", {"role": ["mentor"]})
    letter: Letter = write_letter(standing, LetterDraft("Tea on Thursday", "Hello {first name},\n\ncome."), {})
    return {"segment_id": segment.id, "letter_id": letter.id, "person_id": cast.person_id("leon")}
