"""Why nothing, or not everything, of a file can be seen or searched: the codes of ``FileReading.reason``, in words."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# Found nothing at all: the file is marked "failed" and not tried again.
LOCKED, DAMAGED, DIED, GONE = "locked", "damaged", "died", "gone"
# Found something, and said what is missing.
CUT, BROKEN_OFF, PAGE_BROKEN, NO_WORDS, MANY_FACES = "cut", "broken-off", "page-broken", "no-words", "many-faces"

SENTENCES: dict[str, LazyString] = {
    LOCKED: _l(
        "It is locked with a password, so neither a search nor this page can look inside. Download it to open it."
    ),
    DAMAGED: _l("It could not be read here, so it is found by its name alone. It may still open in its own program."),
    DIED: _l(
        "Reading it took too much time or memory and was ended twice, so it is found by its name alone. "
        "It may still open in its own program."
    ),
    GONE: _l("Its bytes are missing from our store. Tell whoever looks after this portal."),
    CUT: _l("It is very long: only its beginning, about 100,000 characters, is shown here and searched."),
    BROKEN_OFF: _l("Reading it stopped part of the way, so only what came before is shown here and searched."),
    PAGE_BROKEN: _l("Some of its pages could not be drawn. They may still open in its own program."),
    NO_WORDS: _l("There are no words in it that a search could find: it may be a scan."),
    MANY_FACES: _l("It has so many faces that no picture of it was drawn."),
}


def sentence_of(reason: str) -> LazyString | None:
    """What the page says; None where nothing is missing."""
    return SENTENCES.get(reason)
