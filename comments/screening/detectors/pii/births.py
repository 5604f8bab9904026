"""Dates of birth: a date beside words about birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...types import FindingType, gettext_noop
from .harmless import DATE, MONTH
from .reading import Clue, Rank, Reading

_BIRTH = re.compile(
    rf"\b(?:b\.(?= ?(?:\d|{MONTH}))|d[./]?o[./]?b\b\.?|date of birth|birth ?date|birth ?day"
    r"|b-?day|born|birth"
    r"|geboren|geboortedatum|geb\.?|nacid[oa]|nació|nacimiento"
    r"|f\.? ?nac\.?|cumpleaños|fdn|verjaar\w*|née|jarig|turn(?:s|ed|ing) \d{1,2})(?!\w)",
    re.IGNORECASE,
)
_IS = re.compile(
    r"[ ,()]{0,3}(?:(?:is|was|=|-) )?(?:(?:my|his|her|their|the|our) )?(?:son's "
    r"|brother's )?"
)
_DATE = re.compile(DATE, re.IGNORECASE)
_COMPACT_DATE = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01]|19|20)\d{4}(?:\d\d)?(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")
_DAY_OF_YEAR = re.compile(
    r"\b(?:(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december) \d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}/\d{1,2})\b(?!/)",
    re.IGNORECASE,
)


_COUNT = (
    r"(?:oh|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth"
    r"|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    r"|nineteenth|twentieth|thirtieth|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once"
    r"|doce|trece|catorce|quince|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa"
    r"|mil|cien|novecientos|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig"
    r"|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|negentienhonderd|tweeduizend"
    r"|\d{1,4})"
)
_SPOKEN_DATE = re.compile(
    rf"[ :,.-]{{1,3}}(?:(?:is|was|on|es|el|op|the) ){{0,2}}(?P<date>(?:{MONTH}|{_COUNT}\b)"
    rf"(?:(?:[ ,/-]{{1,3}}|[ ,]{{1,2}}(?:of|the|and|de|del|y|en) )(?:{MONTH}|{_COUNT}\b)){{2,7}})",
    re.IGNORECASE,
)


def birth_dates(reading: Reading) -> Iterator[Clue]:
    """A date soon after (or right before) words about birth."""
    about_birth = list(_BIRTH.finditer(reading.text))
    if not about_birth:
        return
    dates = [match.span() for match in _DATE.finditer(reading.figures)]
    for word in about_birth:
        stretch = word.end() + max(24, len(reading.after(word.end(), 45)))
        date = next((span for span in dates if word.end() <= span[0] < stretch), None)
        before = next(
            (span for span in dates if _IS.fullmatch(reading.lower, span[1], word.start())), None
        )
        strict = not word.group().lower().startswith(("born", "birth", "geboren", "nac"))
        form = _COMPACT_DATE if strict else _YEAR_FIRST
        compact = form.search(reading.text, word.end(), min(stretch, word.end() + 14))
        birthday = word.group().lower().replace(" ", "").startswith(("birthday", "bday", "b-day"))
        partial = _DAY_OF_YEAR.search(reading.text, word.end(), stretch) if birthday else None
        spoken = _SPOKEN_DATE.match(reading.text, word.end())
        span = (
            date
            or before
            or (spoken.span("date") if spoken else None)
            or (compact.span() if compact else None)
            or (partial.span() if partial else None)
        )
        if span:
            yield Clue(
                FindingType.DOB,
                *span,
                Rank.VALIDATED,
                0.9,
                gettext_noop("A date beside words about birth."),
            )
