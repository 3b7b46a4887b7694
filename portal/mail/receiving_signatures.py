"""Signatures, "Sent from my phone" and disclaimers at the end of what somebody wrote."""

import re
import unicodedata
from collections.abc import Collection

_PHONE = re.compile(
    r"^[\s*_(\[—–-]*(?:sent (?:from|with|via)\b|get outlook for\b|gesendet (?:von|mit|über|aus)\b|von mein\S+ .{1,60} gesendet"
    r"|holen sie sich outlook|laden sie outlook|outlook für \w+ (?:beziehen|herunterladen|holen)"
    r"|envoyé (?:de|depuis|à partir|avec)\b|télécharge[rz] outlook|obtenir outlook|obtenez outlook"
    r"|enviado (?:desde|do|a partir|con)\b|obtener outlook|descarga(?:r)? outlook|obter o? ?outlook|transferir o outlook"
    r"|inviato (?:da|dal|dall)\b|inviato dall[’']|ottieni outlook|scarica outlook|verzonden (?:vanaf|met|via|vanuit)\b"
    r"|verstuurd vanaf\b|outlook voor \w+ (?:downloaden|ophalen)|download outlook (?:voor|for)\b"
    r"|wysłane? (?:z|za pomocą|przy użyciu)\b|pobierz (?:aplikację )?outlook|anfonwyd o\b|cael outlook|lawrlwytho outlook"
    r"|diese nachricht wurde von meinem|yahoo mail:|sent using)\b.*$",
    re.I,
)
_CLOSING = re.compile(
    r"^(?:(?:with )?(?:kind(?:est)?|best|warm(?:est)?|many)?\s*regards|best|best wishes|all the best|many thanks|thanks(?: again)?"
    r"|thank you|cheers|yours(?: sincerely| faithfully)?|sincerely|kr|bw|mfg|lg|vg|(?:mit )?(?:freundlichen|besten|herzlichen"
    r"|lieben|vielen) grüßen?|(?:viele|liebe|beste|herzliche|schöne) grüße|(?:bien )?(?:cordialement|à vous)|bonne journée"
    r"|(?:un )?(?:cordial )?saludos?(?: cordial(?:es)?)?|atentamente|cofion(?: gorau| cynnes)?|(?:yn gywir|diolch)"
    r"|met (?:vriendelijke|hartelijke) groet(?:en)?|(?:vriendelijke )?groet(?:en|jes)?|(?:cordiali )?saluti|(?:z poważaniem)"
    r"|pozdrawiam|(?:com os melhores )?cumprimentos|atenciosamente|obrigad[oa]|abraço)[\s,.!–—-]*$",
    re.I,
)
_DISCLAIMER = re.compile(
    r"^[\s*_]*(?:(?:this|the) (?:e-?mail|message|communication)\b.{0,200}\b(?:confidential|intended|privileged|virus)"
    r"|confidential(?:ity)?(?: notice)?\s*[:.]|disclaimer\s*[:.]|diese (?:e-?mail|nachricht)\b.{0,200}\bvertraulich"
    r"|ce (?:message|courriel)\b.{0,200}\bconfidentiel|este (?:mensaje|correo)\b.{0,200}\bconfidencial"
    r"|questo messaggio\b.{0,200}\briservat|dit bericht\b.{0,200}\bvertrouwelijk|mae(?:’r|'r) neges hon\b.{0,200}\bgyfrinachol"
    r"|virus-free\.|please consider the environment|bitte denken sie an die umwelt)",
    re.I,
)
_CONTACT = re.compile(r"@|\bhttps?://|\bwww\.|\+?\d[\d ()/.-]{6,}\d")
_AFTERTHOUGHT = re.compile(r"^\W*p\.?\s?s\.?\b", re.I)
LONGEST = 14


def without_signature(text: str, names: Collection[str] = ()) -> str:
    """The text without what signs it. ``names`` are those of its writer; a text that is nothing but a greeting stays."""
    lines = text.rstrip().split("\n")
    lines = _to_delimiter(lines)
    lines = _without_end(lines)
    lines = _to_closing(lines, {word for name in names for word in _folded(name)})
    return "\n".join(_without_end(lines)).strip("\n")


def _to_delimiter(lines: list[str]) -> list[str]:
    """Up to "-- ", as RFC 3676 has it, with or without its blank; or to a line that some programs draw."""
    for at, line in enumerate(lines):
        if line.rstrip() in ("--", "—") and len(lines) - at <= 40:
            return lines[:at]
    return lines


def _without_end(lines: list[str]) -> list[str]:
    """Without phones and disclaimers at the end, as often as they stand there."""
    kept = list(lines)
    while True:
        while kept and not kept[-1].strip(" \t_*—–-"):
            kept.pop()
        if kept and _PHONE.match(kept[-1]) and len(kept[-1]) < 160:
            kept.pop()
            continue
        start = _last_paragraph(kept)
        if kept[start:] and _DISCLAIMER.match(" ".join(kept[start:])[:600]):
            del kept[start:]
            continue
        return kept


def _last_paragraph(lines: list[str]) -> int:
    at = len(lines)
    while at and lines[at - 1].strip():
        at -= 1
    return at


def _to_closing(lines: list[str], names: Collection[str]) -> list[str]:
    """Without "Kind regards", her name and what stands below it: the portal says who wrote, and no phone number."""
    for at in range(max(0, len(lines) - LONGEST), len(lines)):
        below = [line for line in lines[at + 1 :] if line.strip()]
        if _CLOSING.match(lines[at].strip()) and _is_card(below, names) and any(line.strip() for line in lines[:at]):
            return lines[:at]
    if len(lines) > 1 and _is_greeting(lines[-1], names):
        return lines[:-1]
    signed = _signed_alone(lines, names)
    return lines[:signed] if signed is not None else lines


def _is_greeting(line: str, names: Collection[str]) -> bool:
    """ "Regards, Roman" on one line."""
    head, comma, name = line.strip().partition(",")
    said = _folded(name)
    return bool(comma and said) and bool(_CLOSING.match(head)) and set(said) <= set(names)


def _is_card(lines: list[str], names: Collection[str]) -> bool:
    """A name, then short lines: a job, a school, a number. Not another sentence, not a PS."""
    if not lines:
        return True
    first = _folded(lines[0])
    is_name = (
        bool(first) and len(first) <= 5 and (bool(set(first) & set(names)) or (not names and lines[0][:1].isupper()))
    )
    return is_name and not any(_AFTERTHOUGHT.match(line) or _is_sentence(line) for line in lines[1:])


def _signed_alone(lines: list[str], names: Collection[str]) -> int | None:
    """Her whole name on a line of its own, then her job and numbers, without a greeting before it."""
    for at in range(max(1, len(lines) - LONGEST), len(lines)):
        words = _folded(lines[at])
        below = [line for line in lines[at + 1 :] if line.strip()]
        is_hers = len(words) >= 2 and set(words) <= set(names)
        if is_hers and any(map(_CONTACT.search, below)) and not any(map(_is_sentence, below)):
            return at
    return None


def _is_sentence(line: str) -> bool:
    words = line.strip(" *_")
    return len(words) > 25 and words.endswith((".", "?", "!")) and not _CONTACT.search(words)


def _folded(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).casefold()
    return re.findall(r"[^\W\d_]+", "".join(one for one in plain if not unicodedata.combining(one)))
