"""How they met, what kind of talk it was, and the little words between; and yes and no."""

import re

MODES = (
    ("phone", r"(?:by |on |over |via )?(?:the )?(?:(?:tele)?phone(?: ?call)?|phoned|telephoned|call(?:ed)?|rang|rung)"),
    (
        "online",
        r"(?:on |over |via |by )?(?:on-?line|zoom|(?:ms |microsoft )?teams|google meet|video(?:[ -]?(?:call|chat))?"
        r"|skype|webex|facetime|remote(?:ly)?)(?: call)?",
    ),
    ("mail", r"(?:by |via |in )?(?:e-?mails?|mails?|text(?:s|ed)?|messages?|whatsapp|writing)"),
    (
        "in_person",
        r"(?:in person|face[ -]to[ -]face|f2f|(?:at|in) (?:(?:her|his|their|my|our|the) )?(?:school|class|classroom|room"
        r"|staff ?room|lab)|on site)",
    ),
)  # fmt: skip
KINDS = (
    ("one_to_one", r"one[ -]to[ -]one|1[ -]to[ -]1|1:1|1-1|(?:just )?(?:the )?two of us"),
    ("group", r"(?:in a |as a |a )?(?:small )?group(?: (?:talk|meeting|session))?"),
    ("support", r"support(?: time)?"),
)
NEXT = re.compile(r"(?:(?:and |then )?next(?: (?:time|date|talk|meeting|one|session|call))?|(?:see you )?again)\b:? ?")
FILLER = re.compile(
    r"(?:we|i|us|met|meet|had|have|did|a|an|the|for|on|at|by|in|about|around|roughly|approximately|approx|ca|circa|just"
    r"|talk(?:ed)?|spoke|chat(?:ted)?|conversation|meeting|session|long|with|each|other|it|was|that|took|lasted|together"
    r"|and|our|of|from|yes|hi|hello|hey|dear|there|thanks|thank|you|both|good|morning|afternoon|evening|minutes?|time|date|day)"
    r"\b[:=]? ?|[:=+&] ?"
)
_YES = re.compile(
    r"(?:yes|yep|yeah|right|correct|confirmed?|that is right|that’s right|we did|we met|true|ok(?:ay)?)\b", re.I
)
_NO = re.compile(r"(?:no|nope|wrong|not right|we did ?n(?:o|'|’)?t|otherwise|incorrect)\b", re.I)
# "No problem" is no no.
_NO_NO = re.compile(r"no (?:problem|worries|worry|objections?|doubt|changes?|need)\b", re.I)
# A yes that goes on like this is about other figures than those that we asked about: "yes, but 30 minutes".
_YES_BUT = re.compile(
    r"\b(?:but|except|only|though|although|however|rather|instead|not|nor)\b|n['’]t\b"
    r"|\d ?(?:m|mins?|minutes?|h|hrs?|hours?|st|nd|rd|th)\b|\d[:./]\d", re.I
)  # fmt: skip
_SENTENCE = re.compile(r"[^.!?\n]*")


def begins_with(pattern: str, text: str) -> int:
    """How many letters of a text this word takes at its beginning, as a word of its own."""
    hit = re.match(rf"(?:{pattern})(?![\w’'])", text)
    return hit.end() if hit else 0


def says_yes(text: str) -> bool | None:
    """Yes, no, or neither for certain: by its first sentence. A yes with another figure or a "but" is left to a press."""
    words = text.strip().lower()
    if _NO.match(words):
        return None if _NO_NO.match(words) else False
    yes, sentence = _YES.match(words), _SENTENCE.match(words)
    return True if yes and sentence and not _YES_BUT.search(sentence[0]) else None
