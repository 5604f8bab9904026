"""Identifiers whose form gives them away, alone or near words of the same field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ...types import FindingType, gettext_noop
from . import checks
from .harmless import Explained
from .publicity import is_cited
from .reading import Clue, Rank, Reading

_INMATE, _CASE, _OTHER = FindingType.INMATE_ID, FindingType.CASE_NUMBER, FindingType.OTHER_ID

PRISON = re.compile(
    r"\b(?:inmate|prison\w*|unit|facility|correctional|penitentiary|incarcerated|locked up|doc"
    r"|jail|cellmate|commissary|jpay|securus|free"
    r"|state pen|write (?:to )?him|write (?:to )?her|c\.i\.|sci|usp|fci|hmp|cell|yard|parole"
    r"|housed|held|custody|locator|doing life|serving|penal|correction\w*|incarcerat\w*"
    r"|san quentin|angola|attica|sing sing|rikers|stateville|menard"
    r"|polunsky|huntsville|folsom|gatesville|parchman|holman|raiford|starke|corcoran"
    r"|pelican bay|soledad|leavenworth|terre haute|coffield|elmira|auburn"
    r"|green haven|clinton|shawangunk|graterford|huntingdon|lucasville|njsp|rahway|belmarsh"
    r"|pentonville|wandsworth|frankland|wakefield|vught|c[áa]rcel|prisi[óo]n"
    r"|preso|presa|gevangenis|gedetineerd\w*|vast)\b"
)
VEHICLE = re.compile(
    r"\b(?:car|truck|van|suv|vehicle|drives?|driving|drove|parked|pickup|sedan|plates?|ford"
    r"|chevy|chevrolet|honda|toyota|nissan|dodge|bmw|jeep"
    r"|tahoe|camry|civic|coche|furgoneta|auto|busje|rijdt|conduce|minivan|motorcycle|license"
    r"|licence|charger|mustang|corvette|camaro|impala|malibu|silverado|altima|corolla|gmc|kia"
    r"|hyundai|mazda|subaru|volkswagen|vw|audi|mercedes|lexus|buick|cadillac|chrysler|pontiac|tesla"
    r"|renault|peugeot|opel|fiat|volvo|taxi|cab|moto|camioneta|carro|camión|bestelbus)\b"
)


class Shape(NamedTuple):
    """A form that needs no label, or only words of the same field somewhere near."""

    type: FindingType
    pattern: re.Pattern[str]
    score: float
    because: str
    near: re.Pattern[str] | None = None


_SHAPES = (
    Shape(
        _CASE,
        re.compile(
            r"(?<![\w-])\d:\d{2}-?[a-z]{2}-?\d{3,6}"
            r"(?:-[A-Z]{2,4}(?:-[A-Z]{2,4})?|\([A-Z]{2,4}\))?",
            re.IGNORECASE,
        ),
        0.9,
        gettext_noop("Has the form of a federal court docket."),
    ),
    Shape(
        _CASE,
        re.compile(
            r"(?<![\w/-])\d{2,4}(?:-?(?:CR|CF|CV|CA|CP|CT|KA|MD|CM|DR|FC|MJ|HC|CRS"
            r"|GS|KB|KP|CRB|KH|SC|D|F)-?\d{2,7}| (?:CR|CF|CRS|CRF|CRB) \d{3,7})"
            r"(?:-[A-Z0-9]{1,6}){0,3}(?![\w-])"
        ),
        0.75,
        gettext_noop("Has the form of a court docket."),
    ),
    Shape(
        _CASE,
        re.compile(
            r"(?<![\w/-])(?:CR|CF|CV|CP|KA|PCR|CRIM"
            r"|CJ)-?\d{2,4}-\d{2,7}(?:-[A-Z0-9]{1,6}){0,3}(?![\w-])"
        ),
        0.75,
        gettext_noop("Has the form of a court docket."),
    ),
    Shape(
        _CASE,
        re.compile(
            r"(?<![\w/-])(?:(?![A-Z]-\d\d-\d{3}(?!\d))[A-Z]{1,4}-\d{2,4}-\d{3,7}"
            r"|[A-Z]{1,3}-\d{5,8}-[A-Z]{1,2})(?:-[A-Z0-9]{1,4}){0,2}(?![\w-])"
        ),
        0.6,
        gettext_noop("Has the form of a court docket."),
    ),
    Shape(
        _CASE,
        re.compile(
            r"(?<![\w/-])\d{2}-\d{2}-\d{5}-[A-Z]{2}(?![\w-])"
            r"|(?<![\w/-])\d{2}[/-]\d{6}[/-]\d{2}(?![\w/-])"
        ),
        0.75,
        gettext_noop("Has the form of a court docket."),
    ),
    Shape(
        _INMATE,
        re.compile(r"(?<![\w-])\d{5}-\d{3}(?![\w-])"),
        0.75,
        gettext_noop("Has the form of a federal register number."),
    ),
    Shape(
        _INMATE,
        re.compile(r"(?<![\w-])\d{2}-?[A-Z]-?\d{4}(?![\w-])"),
        0.7,
        gettext_noop("Has the form of a state prison number."),
    ),
    Shape(
        _INMATE,
        re.compile(r"(?<![\w-])[A-Z]\d{4}[A-Z]{2}(?![\w-])"),
        0.7,
        gettext_noop("Has the form of a British prison number."),
    ),
    Shape(
        _INMATE,
        re.compile(r"(?<![\w-])(?:[A-Z]-?\d{5,6}|[A-Z]{2}-?\d{4,5})(?![\w-])"),
        0.65,
        gettext_noop("A letter and figures near words about prison."),
        PRISON,
    ),
    Shape(
        _INMATE,
        re.compile(r"(?<![\w$])# ?[A-Z]{0,2}-?\d{4,8}(?![\w-])"),
        0.65,
        gettext_noop("A number sign and figures near words about prison."),
        PRISON,
    ),
    Shape(
        _INMATE,
        re.compile(
            r"(?<![\w$])(?<!order )"
            r"(?<!ticket )(?<!issue )(?<!invoice )# ?\d{6,8}(?![\w-])"
        ),
        0.55,
        gettext_noop("A number sign and six to eight figures."),
    ),
    Shape(
        _INMATE,
        re.compile(r"(?<![\w$.,/-])\d{6,8}(?![\w%/-]|[.,:]\d)"),
        0.6,
        gettext_noop("Figures near words about prison."),
        PRISON,
    ),
    Shape(
        FindingType.LICENSE_PLATE,
        re.compile(
            r"(?<![\w-])[A-Z]{2}\d{2} ?[A-Z]{3}(?![\w-])"
            r"|(?<![\w-])\d{4}[ -]?[B-DF-HJ-NP-TV-Z]{3}"
            r"(?![\w-])"
        ),
        0.65,
        gettext_noop("Has the form of a license plate."),
    ),
    Shape(
        FindingType.LICENSE_PLATE,
        re.compile(
            r"(?<![\w-])(?!\d\d-C[RVFA]-)"
            r"(?:[A-Z]{2}-\d{3}-[A-Z]|[A-Z]-\d{3}-[A-Z]{2}"
            r"|\d{2}-[A-Z]{2,3}-\d{1,2}"
            r"|[A-Z]{2}-\d{2}-[A-Z]{2}"
            r"|[A-Z]{2}-[A-Z]{2}-\d{2}"
            r"|\d-[A-Z]{3}-\d{2})(?![\w-])"
        ),
        0.7,
        gettext_noop("Has the form of a license plate."),
    ),
    Shape(
        FindingType.LICENSE_PLATE,
        re.compile(
            r"(?<![\w-])(?:[A-Z]{2,3}[ -]?\d{3,4}"
            r"|\d{3}[ -]?[A-Z]{3}|\d[A-Z]{3}\d{3})(?![\w-])"
        ),
        0.65,
        gettext_noop("Letters and figures near words about a vehicle."),
        VEHICLE,
    ),
    Shape(
        _CASE,
        re.compile(r"(?<!\w)C/\d{2}/\d{6}(?: ?/ ?[A-Z]{2} [A-Z]{2} \d\d[-/]\d{1,6})?(?!\w)"),
        0.75,
        gettext_noop("Has the form of a court docket."),
    ),
    Shape(
        _OTHER,
        re.compile(r"(?<!\w)[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{5}[A-Z\d]\d(?!\w)", re.IGNORECASE),
        0.9,
        gettext_noop("Has the form of a Mexican population register code."),
    ),
    Shape(
        _OTHER,
        re.compile(
            r"(?<!\w)[A-ZÑ&]{4}-?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[A-Z\d]{2}[\dA](?!\w)"
        ),
        0.8,
        gettext_noop("Has the form of a Mexican tax number."),
    ),
    Shape(
        _OTHER,
        re.compile(r"(?<![\w/-])\d{2}[ /]\d{8}[ /]\d{2}(?![\w/-])"),
        0.7,
        gettext_noop("Has the form of a Spanish social security number."),
    ),
    Shape(
        _OTHER,
        re.compile(
            r"(?<![\w-])A-?\d{3}[- ]?\d{3}[- ]?\d{3}(?![\w-])"
            r"|(?<![\w-])A\d{8}(?![\w-])"
        ),
        0.75,
        gettext_noop("Has the form of an immigration number."),
    ),
    Shape(
        _OTHER,
        re.compile(
            r"(?<![\w-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![\w-])"
            r"|(?<!\w)QQ ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)"
        ),
        0.8,
        gettext_noop("Has the form of a British national insurance number."),
    ),
)
_DNI = re.compile(
    r"(?<![\w-])([XYZ][ -]?\d{7}|\d{8}|\d{2}\.\d{3}\.\d{3})[ -]?([A-Z])(?![\w-])", re.IGNORECASE
)
_COMMON_CODES = re.compile(
    r"(?:IN|NO|AD|BC|AT|ON|OF|TO|THE|AND|FOR|ACT|COVID|ISO|LAW|USC|DNA"
    r"|ART|TOP|DAY|AGE|YEAR|FM|HR|SB|HB|NYC|UN|CH|EP)[ -]?\d"
    r"|\d{4} ?(?:BCE?|DNA|FBI|PTS|TV)\b"
)


def shapes(reading: Reading, explained: Explained) -> Iterator[Clue]:
    """Identifiers known by their form."""
    if not reading.has_figures:
        return
    for shape in _SHAPES:
        for match in shape.pattern.finditer(reading.text):
            start, end = match.span()
            if (
                explained.covers(start, end)
                or explained.is_count(end)
                or _COMMON_CODES.match(match.group())
            ):
                continue
            if shape.type is _CASE and is_cited(reading, start, end):
                continue
            if shape.near and not _is_near(shape.near, reading, start, end):
                continue
            yield Clue(shape.type, start, end, Rank.SHAPE, shape.score, shape.because)
    for match in _DNI.finditer(reading.text):
        if checks.dni(re.sub(r"[ .-]", "", match[1]), match[2]):
            yield Clue(
                _OTHER,
                *match.span(),
                Rank.VALIDATED,
                0.95,
                gettext_noop("An identity card number with its check letter."),
            )


def _is_near(words: re.Pattern[str], reading: Reading, start: int, end: int) -> bool:
    return bool(words.search(reading.lower, max(0, start - 60), min(len(reading.lower), end + 50)))
