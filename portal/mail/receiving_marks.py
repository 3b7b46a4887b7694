"""How mail programs mark what is not new, in the languages of our regions and their neighbours."""

import re

# "On 3 Nov 2025, at 10:12, Ines Quarrie <…> wrote:" in the languages of our regions and their neighbours.
WROTE = re.compile(
    r"(?:wrote|writes|schrieb(?: am .{6,60}| folgendes)?|geschrieben|a [ée]crit|escribi[óo]|ha scritto|schreef(?: .{1,120})?"
    r"|napisał(?:\(a\)|a)?|napisal(?:\(a\))?|(?:escreveu|ysgrifennodd|skrev)(?: .{1,120})?)\s*:?\s*(?:-{2,}\s*)?$",
    re.I,
)
MIDDLE = re.compile(r"\b(?:schrieb|schreef|escreveu|ysgrifennodd|skrev)\b", re.I)
TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
ADDRESS = re.compile(r"[^\s@<>\[\]()]+@[^\s@<>\[\]()]+\.\w+")
DAY = re.compile(r"\b\d{1,2}\D{1,12}\d{2,4}\b|\b\d{4}-\d\d-\d\d\b")
DATED = re.compile(r"\d{1,4}")
STARTS = re.compile(
    r"^[>\s-]*(?:on|am|le|el|il|op|em|dnia|w dniu|ar|den|dne|(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim"
    r"|pon|wt|śr|czw|pt|sob|niedz|ndz|mo|di|mi|do|fr|sa|so)[a-zéûáłś]*[.,])\s",
    re.I,
)
# "-----Original Message-----", "________________________________"; a forward says so in its own words.
ORIGINAL = re.compile(
    r"^[-–_*\s]{2,}(?:original message|ursprüngliche nachricht|original-?nachricht|message d[’']origine|message original"
    r"|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|wiadomość oryginalna|neges wreiddiol"
    r"|antwort nachricht|originalmeddelelse|ursprungligt meddelande|oprindelig meddelelse|reply message|svar)[-–_*\s]{2,}$",
    re.I,
)
FORWARDED = re.compile(
    r"^[-–_*\s]{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado"
    r"|messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|treść przekazanej wiadomości"
    r"|neges a anfonwyd ymlaen)\s*[-–_*\s]{2,}$|^begin forwarded message:$|^anfang der weitergeleiteten nachricht:$"
    r"|^début du message (?:transféré|réexpédié)\s*:$|^inicio del mensaje reenviado:$",
    re.I,
)
SHARED = re.compile(
    r"^(?!>)(.{1,300}?\S)(?: ?-{2,} ?| )(On (?:[A-Z][a-z]{2,8},? )?[A-Z]?[a-z]{0,8} ?\d.{6,200}wrote:)\s*$"
)
LINE = re.compile(r"^[_–—-]{10,}$")
HEADER = re.compile(
    r"^[\s*]*(from|von|de|da|van|od|fra|från|oddi wrth|sendt|skickat|til|till|emne|ämne|sent|gesendet|envoyé"
    r"|enviado(?: el| em)?|enviada em|inviato|verzonden"
    r"|wysłano|wysłane|anfonwyd|date|datum|fecha|data|dyddiad|to|an|à|a|para|aan|do|at|cc|kopie|dw|subject|betreff|objet|asunto"
    r"|oggetto|assunto|onderwerp|temat|pwnc|reply-to|antwort an|répondre à|importance|wichtigkeit)\s?\*?\s?:\*?\s*(.*)$",
    re.I,
)
FROM = {"from", "von", "de", "da", "van", "od", "fra", "från", "oddi wrth"}
SENT = {"sent", "gesendet", "envoyé", "enviado", "inviato", "verzonden", "wysłano", "anfonwyd", "date", "datum"}
ABOUT = {"subject", "betreff", "objet", "asunto", "oggetto", "assunto", "onderwerp", "temat", "pwnc", "emne", "ämne"}
