"""E-mail addresses written so that machines should not see them.

An address is found from its "at": then the text is read to the left and to the right in a
bounded window.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .patterns import ROLE_MAILBOX
from .reading import Clue, Rank, Reading

_OPEN, _CLOSE = r"[(\[{<*_|~\"'-]{1,3} ?", r" ?[)\]}>*_|~\"'-]{1,3}"
_AT_WORD = r"(?:at(?:[ -]?(?:sign|symbol))?|4t|arroba|apenstaartje|apestaart(?:je)?|chez|@)"
_WEBMAIL_NAME = r"(?:g ?mail|yahoo|hotmail|outlook|icloud|proton ?mail|aol|ziggo|live|comcast)"
_AT = re.compile(
    rf" {{0,2}}(?:{_OPEN}(?:{_AT_WORD}|a){_CLOSE}|@|\barroba\b|\bapen?staart(?:je)?\b) {{0,2}}"
    r"| ?(?P<odd>\([^()\n]{1,30}\)|[#*~=|&%§!^+\u2190-\u2bff\U0001f000-\U0001faff]) ?"
    rf"(?={_WEBMAIL_NAME} ?(?:\.|,|dot|punto|punt) ?(?:com|net|org|es|nl)\b)"
    r"|(?P<word> (?:at|4t)(?:[ -]?(?:sign|symbol))? )|(?<=[a-z0-9])(?P<glued>AT)(?=[a-z])",
    re.IGNORECASE,
)
_DOT_WORD = r"(?:dot|d0t|punto|punt|point|period)"
_DOT = (
    rf"(?: {{0,2}}{_OPEN}(?:{_DOT_WORD}|\.){_CLOSE} {{0,2}}| {{1,2}}{_DOT_WORD} {{1,2}}"
    rf"| {{0,2}}\. {{0,2}}|(?<=[a-z])(?-i:DOT)(?=[a-z])| dot(?=com\b)|,(?=com\b))"
)
_HOST = re.compile(
    rf"(?P<first>(?:g|hot|proton) mail|(?:[a-z0-9] ){{2,20}}[a-z0-9]\b"
    rf"|[a-z0-9][a-z0-9-]{{0,40}})(?P<dot>{_DOT})(?P<rest>(?:[a-z0-9-]{{2,40}}{_DOT}){{0,3}}?)"
    r"(?P<top>com|org|net|edu|gov|info|co|me|io|us|uk|ca|au|nz|ie|za|in|es|mx|ar|pe|cl|nl|be"
    r"|de|fr|it|eu|ch|at"
    r"|c ?o ?m|o ?r ?g|n ?e ?t|pt|br|se|no|dk|fi|pl|ru|jp|cn|email|mail|live|online|site|xyz|law"
    r"|app|dev|biz|name|pro|tv)\b"
    rf"(?:{_DOT}(?:uk|au|nz|za|in|mx|ar|br|jp)\b)?",
    re.IGNORECASE,
)
_WEBMAIL = re.compile(
    r"(?:(?:the )?(?:g[ -]?|gee ?|jee ?)mail|google ?mail|yahoo|ymail|hotmail|outlook|live|icloud"
    r"|proton ?mail|proton|aol"
    r"|gmx|zoho|comcast"
    r"|verizon|ziggo|kpnmail|msn|yandex|fastmail|tutanota|rocketmail|telefonica|me|mac|att"
    r"|mail)(?:[ ,]{1,2}(?:com|net|org|es|nl))?\b",
    re.IGNORECASE,
)
_SEPARATOR = (
    r"(?: {0,2}(?:[(\[] ?)?\b(?:dot|punto|punt|underscore|dash|hyphen|guion(?: bajo)?"
    r"|guión(?: bajo)?|plus"
    r"|liggend streepje|streepje)\b(?: ?[)\]])? {0,2}| ?\[\.\] ?|\(\.\)| \. )"
)
_LOCAL = re.compile(
    rf"(?<![\w.+-])[a-z0-9][\w.+'-]{{0,40}}"
    rf"(?:(?:{_SEPARATOR}[\w.+'-]{{1,40}}){{1,4}}| \d{{1,6}})?$",
    re.IGNORECASE,
)
_SPELLED_LOCAL = re.compile(r"(?<!\S)(?:[a-z0-9][ -]){2,20}[a-z0-9]$", re.IGNORECASE)
_MAIL_WORD = re.compile(
    r"\b(?:e-?mail\w*|mail\w*|correo|write|reach|contact|address|message|escr[ií]b\w*|schrijf"
    r"|bereik\w*|me|her|him)\b"
)
_SPACED = re.compile(r"(?<!\S)(?:[\w.] ){2,30}@(?: [\w.]){4,40}(?!\S)")
_MAILBOX = re.compile(
    r"\b(?:g ?mail|hotmail|yahoo|outlook|icloud|proton ?mail|e-?mail|correo)(?: address| addy"
    r"| account)?(?: is|:| =| es)? {0,2}"
    r"(?P<name>[a-z][a-z0-9]{0,30}(?:[._][a-z0-9]{1,30}){1,4}"
    r"|[a-z]{2,30}\d{1,8})(?![\w@.]*@)(?!\w)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(rf"[\d_]|\w\.\w|{_SEPARATOR}|\w{{11}}")
_VERB = re.compile(
    r"(?:look|looks|looked|arrive\w*|work\w*|live[sd]?|shop|search|stare\w*|laugh\w*|was|is"
    r"|are|were|be|been|me|us"
    r"|them|him|her|it|out|up|available|here|there|more|online|read|watch|found|find|available"
    r"|and|now|info)$"
)


def hidden_emails(reading: Reading) -> Iterator[Clue]:
    """Addresses with "at" or "dot" in words, brackets or spaces."""
    for at in _AT.finditer(reading.text):
        clue = _hidden_email(reading, at)
        if clue:
            yield clue
    for spaced in _SPACED.finditer(reading.text):
        why = gettext_noop("An e-mail address spelled out letter by letter.")
        yield Clue(FindingType.EMAIL, *spaced.span(), Rank.VALIDATED, 0.9, why)
    for mailbox in _MAILBOX.finditer(reading.text):
        why = gettext_noop("Follows the name of a mail service.")
        yield Clue(FindingType.EMAIL, *mailbox.span("name"), Rank.SHAPE, 0.75, why)


def _hidden_email(reading: Reading, at: re.Match[str]) -> Clue | None:
    text, left_edge = reading.text, max(0, at.start() - 90)
    host = _HOST.match(text, at.end())
    webmail = _WEBMAIL.match(text, at.end())
    domain = host or webmail
    if not domain:
        return None
    left = text[left_edge : at.start()]
    local = _SPELLED_LOCAL.search(left) or _LOCAL.search(left)
    if not local:
        return None
    name, start = local.group(), left_edge + local.start()
    mentioned = bool(_MAIL_WORD.search(reading.before(start, 50)))
    if not _is_address(name, at, host, webmail=bool(webmail), mentioned=mentioned):
        return None
    rank, score = (Rank.VALIDATED, 0.92) if host else (Rank.LABELLED, 0.8)
    if ROLE_MAILBOX.match(name.lower()):
        score = 0.45
    why = gettext_noop("An e-mail address with parts of it in words or spaced out.")
    return Clue(FindingType.EMAIL, start, domain.end(), rank, score, why)


def _is_address(
    name: str, at: re.Match[str], host: re.Match[str] | None, *, webmail: bool, mentioned: bool
) -> bool:
    """Whether the "at" makes an address, and not "look at example.org"."""
    personal = bool(_PERSONAL.search(name))
    if at["word"] and _VERB.search(name.lower()) and not personal:
        return False
    if host is None:
        return mentioned or personal
    if host["dot"].startswith(". ") and not webmail:
        return False  # a sentence ends there
    shouted = bool(at["word"]) and at["word"].isupper() and not name.isupper()
    disguised = not (at["word"] or at["glued"] or at.group().strip() == "@") or shouted
    telling = mentioned or personal or "+" in name or bool(re.search(_SEPARATOR, name))
    return disguised or telling or webmail or host["dot"] != "."
