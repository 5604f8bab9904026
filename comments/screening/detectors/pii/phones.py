"""Telephone numbers in figures: by their grouping, or by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from ...types import FindingType, gettext_noop
from . import checks
from .harmless import Explained
from .publicity import is_office_line
from .reading import Clue, Rank, Reading

_GAP = r"[ .\-/·•*_~|)]{0,3}"
_EDGE = r"(?<![\w@$€£#])(?<!\d[.,:/-])"
_TAIL = r"(?![\w@%]|-\d|[.,]\d)"
_EXTENSION = re.compile(r",? ?(?:x|ext\.?|extension|toestel|anexo) ?\d{1,5}\b", re.IGNORECASE)
_NORTH_AMERICAN = re.compile(
    rf"{_EDGE}(?:\+?1{_GAP})?(?:\( ?)?[2-9]\d\d ?{_GAP}\d{{3}}{_GAP}\d{{4}}(?:{_TAIL}|(?=[xX]\d"
    rf"|[- ]?ext))"
)
_INTERNATIONAL = re.compile(
    rf"(?<![\w+])(?:\+|\b00)"
    rf"(?=[1-9(])\(?\d(?:[ .\-/()]{{0,3}}\d){{6,14}}{_TAIL}"
)
# British, Dutch and most others; mobile; Spanish
_NATIONAL = re.compile(
    rf"{_EDGE}(?:\(?0\d{{1,4}}\)?(?:[ .\-/]{{1,3}}\d{{2,8}}){{1,4}}"
    r"|0[67](?:[ .-]?\d){8,9}"
    r"|[6-9]\d{2}(?:[ .-]\d{3}){2}|[6-9]\d{2}(?:[ .-]\d{2}){3}|9\d[ .-]\d{3}(?:[ .-]\d{2}){2}"
    rf"){_TAIL}"
)
_ANY_NUMBER = re.compile(rf"{_EDGE}\+?\(?\d(?:[ .\-/()·•*_~|]{{0,3}}\d){{5,14}}{_TAIL}")
_CONTEXT = re.compile(
    r"\b(?:call|calling|text|phone|ring|rang|tel|tlf|cell|cellphone|mobile|mob|whats ?app"
    r"|signal|reach|fax|dial"
    r"|landline|pager|voicemail|hit me up|contact|phone number|teléfono|telefono|móvil|movil"
    r"|celular|llam\w+|marca"
    r"|bel|bellen|gebeld|belt|telefoon\w*|mobiel|mobieltje|nummer|number|numbers|número|sms"
    r"|app|appen|burner)\b"
)
_CALLED_AFTER = re.compile(
    r"^[ ,.;:(\"']{0,4}(?:is |that's )?(?:my |his |her |our |the )?"
    r"(?:cell|mobile|home|work|call|text|whatsapp"
    r"|after \d|any ?time|ask for)\b"
)
_HELPLINE = re.compile(
    r"\b(?:hot ?line|help ?line|lifeline|crisis|samaritans|suicid\w+|toll[- ]free|switchboard"
    r"|front desk|clinic"
    r"|teléfono de la esperanza|hulplijn|governor'?s? office|senator|senate|congress\w*"
    r"|capitol|white house)\b"
)  # fmt: skip
_OTHER_NUMBER = re.compile(
    r"\b(?:case|docket|cause|inmate|doc|din|file|isbn|order|tracking|ticket|invoice|model|serial"
    r"|account|id|ssn|social|social security|passport|licen[sc]e|badge|prisoner|offender|policy"
    r"|member|reference|booking|medicaid|medicare|patient)"
    r"\b(?: (?:number|no|num|nr|card))?[^a-z]{0,6}(?:(?:is|was) )?$"
)


class Form(Enum):
    """What a pattern knows of the numbers it finds."""

    INTERNATIONAL = _INTERNATIONAL
    NORTH_AMERICAN = _NORTH_AMERICAN
    NATIONAL = _NATIONAL
    ANY = _ANY_NUMBER


def phones(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """Numbers grouped like a telephone number, or any that the words around call one."""
    for form in Form:
        for match in form.value.finditer(reading.figures):
            clue = _phone(reading, explained, match, form)
            if clue:
                yield clue


def _phone(reading: Reading, explained: Explained, match: re.Match[str], form: Form) -> Clue | None:
    raw, (start, end) = match.group(), match.span()
    digits = re.sub(r"\D", "", raw)
    before = reading.before(start, 45)
    called = bool(_CONTEXT.search(before) or _CALLED_AFTER.match(reading.after(end, 24)))
    if checks.is_public_line(digits) or _HELPLINE.search(before) or _is_counting(digits):
        return None
    if not 7 <= len(digits) <= 15 or explained.covers(start, end):
        return None
    if len(digits) < 9 and explained.is_count(end):
        return None
    if form in {Form.NATIONAL, Form.ANY} and _OTHER_NUMBER.search(before):
        return None
    judged = _judged(form, raw, digits, called=called)
    if not judged:
        return None
    rank, score, why = judged
    if called:
        rank, score = max(rank, Rank.LABELLED), max(score, 0.87)
        why = gettext_noop("{} digits beside a word about calling.").format(len(digits))
    if is_office_line(reading, start):
        score, why = 0.45, gettext_noop("The telephone number of an office.")
    extension = _EXTENSION.match(reading.text, end)
    return Clue(FindingType.PHONE, start, extension.end() if extension else end, rank, score, why)


def _judged(form: Form, raw: str, digits: str, *, called: bool) -> tuple[Rank, float, str] | None:
    """What the grouping alone makes of the number."""
    count, groups = len(digits), len(re.findall(r"\d+", raw))
    if raw.startswith("+"):
        why = gettext_noop(
            "{} digits after a plus sign, like an international phone number."
        ).format(count)
        return Rank.VALIDATED, 0.95, why
    if form is Form.NORTH_AMERICAN:
        if not checks.north_american(digits[-10:]):
            return None
        score = 0.92 if groups > 1 else 0.65
        why = gettext_noop("{} digits like those of a US phone number.").format(count)
        return Rank.SHAPE, score, why
    if form in {Form.NATIONAL, Form.INTERNATIONAL}:
        why = gettext_noop("{} digits grouped like a phone number.").format(count)
        return (Rank.SHAPE, 0.7, why) if 9 <= count <= 14 else None
    if groups == count and 9 <= count <= 11:
        return Rank.SHAPE, 0.7, gettext_noop("{} digits set apart one by one.").format(count)
    if called and (groups > 1 or count <= 11):
        return Rank.SHAPE, 0.7, gettext_noop("{} digits.").format(count)
    return None


def _is_counting(digits: str) -> bool:
    """ "1 2 3 4 5 6 7", the same back, or "1 1 1 1 1 1 1"."""
    return len(set(digits)) == 1 or digits[:9] in "01234567890 9876543210 10987654321"
