"""E-mail addresses and phone numbers written so that machines should not see them.

An address is found from its "at": then the text is read to the left and to the right in a
bounded window. A number is a run of digit words, alone or mixed with figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from . import checks
from .patterns import ROLE_MAILBOX
from .reading import Clue, Rank, Reading

_OPEN, _CLOSE = r"[(\[{<*_|~\"'-]{1,3} ?", r" ?[)\]}>*_|~\"'-]{1,3}"
_AT_WORD = r"(?:at(?:[ -]?(?:sign|symbol))?|4t|arroba|apenstaartje|apestaartje|chez|@)"
_AT = re.compile(
    rf" {{0,2}}(?:{_OPEN}(?:{_AT_WORD}|a){_CLOSE}|@|\barroba\b|\bape(?:n)?staartje\b) {{0,2}}"
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
    r"(?:g ?mail|google ?mail|yahoo|ymail|hotmail|outlook|live|icloud|proton ?mail|proton|aol"
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
    rf"(?<![\w.+-])[a-z0-9][\w.+'-]{{0,40}}(?:{_SEPARATOR}[\w.+'-]{{1,40}}){{0,4}}$", re.IGNORECASE
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
    left = text[left_edge : at.start()]
    local = _SPELLED_LOCAL.search(left) or _LOCAL.search(left)
    domain = host or webmail
    if not local or not domain:
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
    personal = bool(re.search(r"[\d_]|\w\.\w", name))
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


_DIGITS = {
    word: str(value % 10)
    for value, words in enumerate(
        (
            "zero oh o cero nul nought", "one uno una een één", "two dos twee", "three tres drie",
            "four cuatro vier", "five cinco vijf", "six seis zes", "seven siete zeven",
            "eight ocho acht", "nine nueve negen niner",
        )
    )
    for word in words.split()
}  # fmt: skip
_TEENS = {
    word: str(10 + value)
    for value, words in enumerate(
        (
            "ten diez tien", "eleven once elf", "twelve doce twaalf", "thirteen trece dertien",
            "fourteen catorce veertien", "fifteen quince vijftien", "sixteen dieciséis zestien",
            "seventeen diecisiete zeventien", "eighteen dieciocho achttien",
            "nineteen diecinueve negentien",
        )
    )
    for word in words.split()
}  # fmt: skip
_TENS = {
    word: str(value)
    for value, words in enumerate(
        (
            "twenty veinte twintig", "thirty treinta dertig", "forty cuarenta veertig",
            "fifty cincuenta vijftig", "sixty sesenta zestig", "seventy setenta zeventig",
            "eighty ochenta tachtig", "ninety noventa negentig",
        ),
        start=2,
    )
    for word in words.split()
}  # fmt: skip
_REPEATS = {"double": 2, "doble": 2, "dubbel": 2, "triple": 3, "driedubbel": 3}
_FILLERS = {
    "y",
    "dash",
    "hyphen",
    "space",
    "dot",
    "point",
    "guion",
    "guión",
    "streepje",
    "punto",
    "punt",
    "area",
    "code",
    "then",
    "slash",
    "plus",
    "minus",
    "star",
    "asterisk",
    "barra",
    "guiones",
}
_NUMERALS = {*_DIGITS, *_TEENS, *_TENS, *_REPEATS, "hundred"}
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_GLUED = re.compile(rf"(?:{'|'.join(sorted({*_DIGITS, *_TEENS, *_TENS}, key=len, reverse=True))})")
_GLUE = re.compile(r"[\s,.\-/()…+\[\]{}*_|~:;]{0,4}")
_ODD_GLUE = re.compile(r"[\[\]{}*_|~;]|(?<=\d)[/:](?=\d)")
_SOCIAL = re.compile(r"\b(?:ssn|social|soc)\b")
_INMATE = re.compile(
    r"\b(?:inmate|prisoner|prison|tdcj|cdcr|doc|bop|din|offender|booking|jail|reclus[oa]|intern[oa]"
    r"|gedetineerde)\b"
)
_CASE = re.compile(r"\b(?:case|docket|cause|indictment|expediente|zaaknummer|parketnummer)\b")
_LETTERS_BEFORE = re.compile(r"(?<![\w-])[A-Za-z]{1,3} ?-? ?(?:\d{1,4} ?- ?)?$")
_CALL = re.compile(
    r"\b(?:call|text|phone|cell|ring|reach|number|dial|whatsapp|tel\w*|móvil|llam\w+|número"
    r"|bel\w*|nummer|mobiel|me)\b"
)


def spelled_numbers(reading: Reading) -> Iterator[Clue]:
    """Runs of digit words, such as are dictated over the telephone."""
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(reading.lower):
        if run and not _GLUE.fullmatch(reading.lower, run[-1].end(), token.start()):
            yield from _spelled(reading, run)
            run = []
        word = token.group()
        if word.isdigit() or _is_numeral(word) or (run and word in _FILLERS):
            run.append(token)
        else:
            yield from _spelled(reading, run)
            run = []
    yield from _spelled(reading, run)


def _is_numeral(word: str) -> bool:
    """A digit word, or several written as one: "fourone"."""
    return word in _NUMERALS or (len(word) > 5 and not _GLUED.sub("", word))


def _words(run: list[re.Match[str]]) -> list[str]:
    words: list[str] = []
    for token in run:
        word = token.group()
        glued = word not in _NUMERALS and word not in _FILLERS and not word.isdigit()
        words += _GLUED.findall(word) if glued else [word]
    return words


def _spelled(reading: Reading, run: list[re.Match[str]]) -> Iterator[Clue]:
    while run and run[-1].group() in _FILLERS:
        run.pop()
    words = _words(run)
    spoken = sum(word in _NUMERALS for word in words)
    digits = _dictated(words) if spoken > 1 or len(run) > 2 else ""
    disguised = spoken > 1 or _is_disguised(reading, run)
    if not disguised or (spoken < 3 and len(digits) < 9):
        return
    if digits[:7] in "012345678910" or digits[:7] in "10987654321" or checks.is_public_line(digits):
        return
    start, end = run[0].start(), run[-1].end()
    if reading.text[start - 1 : start] == "(":
        start -= 1
    before, after = reading.before(start, 40), reading.after(end, 24)
    around = before + " … " + after
    why = gettext_noop("{} digits, some of them written as words.").format(len(digits))
    if len(digits) == 9 and _SOCIAL.search(around):
        yield Clue(FindingType.SSN, start, end, Rank.VALIDATED, 0.9, why)
    elif spoken > 1 and 13 <= len(digits) <= 19 and checks.luhn(digits):
        yield Clue(FindingType.CREDIT_CARD, start, end, Rank.VALIDATED, 0.9, why)
    elif 4 <= len(digits) <= 10 and (_INMATE.search(before) or _CASE.search(before)):
        kind = FindingType.INMATE_ID if _INMATE.search(before) else FindingType.CASE_NUMBER
        letters = _LETTERS_BEFORE.search(reading.text[max(0, start - 12) : start])
        start -= len(letters.group()) if letters else 0
        yield Clue(kind, start, end, Rank.VALIDATED, 0.85, why)
    elif 7 <= len(digits) <= 15 and _CALL.search(before):
        yield Clue(FindingType.PHONE, start, end, Rank.LABELLED, 0.9, why)
    elif 9 <= len(digits) <= 15 and (spoken > 1 or 10 <= len(digits) <= 11):
        yield Clue(FindingType.PHONE, start, end, Rank.SHAPE, 0.75, why)


def _is_disguised(reading: Reading, run: list[re.Match[str]]) -> bool:
    """Figures only, but parted by words or by marks that no number has."""
    if not run or sum(len(token.group()) for token in run if token.group().isdigit()) < 9:
        return False
    figures = [token.group() for token in run if token.group().isdigit()]
    if len(figures) < len(run) and min(map(len, figures)) > 2:
        return True
    inside = reading.text[run[0].start() : run[-1].end()]
    return len(run) > 2 and bool(_ODD_GLUE.search(inside))


def _dictated(words: list[str]) -> str:
    """The digits that a listener would write down."""
    digits, repeat, tens = "", 1, ""
    for word in words:
        if word in _TENS:
            digits, tens = digits + tens, _TENS[word] + "0"
            continue
        if word in _DIGITS and tens and _DIGITS[word] != "0":
            digits, tens = digits + tens[0] + _DIGITS[word], ""
            continue
        if word in _FILLERS:
            continue
        digits, tens = digits + tens, ""
        if word in _REPEATS:
            repeat = _REPEATS[word]
            continue
        digits += (
            "00" if word == "hundred" else _DIGITS.get(word) or _TEENS.get(word) or word
        ) * repeat
        repeat = 1
    return digits + tens
