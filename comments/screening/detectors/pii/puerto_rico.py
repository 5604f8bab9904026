"""Addresses as Puerto Rico writes them: quarters with a house, buildings, kilometres of a road."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITAL = r"[A-ZÁÉÍÓÚÑ]"
_NAME = rf"(?: (?:de|del|la|las|los|el|y|{_CAPITAL}[\wáéíóúñ'-]{{1,20}}|{_CAPITAL}\.)){{1,5}}?"
_LOWER_NAME = r"(?: [a-záéíóúñ][\w'-]{1,20}){1,4}?"
_QUARTER = (
    r"(?:Urb(?:anizaci[óo]n)?|URB|B[Oo]|Barrio|Bda|Barriada|Res(?:idencial)?|Cond(?:ominio)?"
    r"|Ext(?:ensi[óo]n)?|Parc(?:elas)?|Sect(?:or)?|Com(?:unidad)?|Rpto|Reparto|Alturas|Mansiones"
    r"|Villas?|Jard(?:ines)?|Colinas|Quintas|Hacienda|Valle|Est(?:ancias)?)\b\.?"
)
_LOWER_QUARTER = r"(?:urb(?:anizaci[óo]n)?|barriada|residencial|condominio|parcelas|reparto)\b\.?"
_PLOT = r"(?:[A-Z]{1,2}-?\d{1,3}|\d{1,3}-[A-Z]?\d{1,3}|# ?[A-Z]{0,2}-?\d{1,4}(?:-\d{1,3})?)\b"
_BUILDING = (
    r"(?:(?:edif(?:icio)?|bloque|blq|blk|torre|apt(?:o|amento)?|casa|solar|buz[óo]n|suite)\b\.?"
    r" ?#? ?[A-Z]{0,2}-?\d{1,4}[A-Z]?\b)"
)
_STREET = (
    r"(?:(?:calle|c/|ave(?:nida)?\.?|paseo|camino) ?"
    rf"(?:(?:de|del|la|las|los) ){{0,2}}(?:\d{{1,3}}|{_CAPITAL}[\wáéíóúñ'-]{{1,20}}"
    rf"(?: {_CAPITAL}[\wáéíóúñ'-]{{1,20}}){{0,2}})(?: [NS][EO]\b)?)"
)
_ROAD = (
    r"(?:carr(?:etera)?\b\.? ?(?:PR-?|#)? ?\d{1,3}[A-Z]?,? (?:r(?:amal|m)?\.? ?\d{1,3},? )?"
    r"(?:int(?:erior)?\b\.?,? )?k(?:m|il[óo]metro)?\b\.? ?\d{1,3}(?:[.,]\d{1,2})?"
    r"(?:,? ?h(?:m|ect[óo]metro)?\.? ?\d\b)?(?: int(?:erior)?\b\.?)?)"
)
_JOIN = r"(?:,? ?\n ?|, ?| )"

_IN_A_QUARTER = re.compile(
    rf"(?<![\w.]){_QUARTER}{_NAME}(?:{_JOIN}(?i:{_PLOT}|{_BUILDING}|{_ROAD})"
    rf"|{_JOIN}(?i:{_STREET}){_JOIN}#? ?[A-Z]{{0,2}}-?\d{{1,4}}\b)"
    rf"(?:{_JOIN}(?i:{_STREET}|{_BUILDING}|{_PLOT})){{0,3}}"
)
_IN_A_LOWER_QUARTER = re.compile(
    rf"(?<![\w.]){_LOWER_QUARTER}{_LOWER_NAME}{_JOIN}"
    rf"(?:calle (?:\d{{1,3}}|[a-záéíóúñ]{{3,20}})(?:,? {_BUILDING})?(?:,? #? ?[a-z]?-?\d{{1,4}})"
    rf"|{_BUILDING}|# ?[a-z]?-?\d{{1,4}})",
    re.IGNORECASE,
)
_PLOT_FIRST = re.compile(
    rf"(?<![\w.-])(?:[A-Z]{{1,2}}-\d{{1,3}}|\d{{1,3}}-\d{{1,3}}|# ?\d{{1,4}}),? (?i:{_STREET})"
)
_ON_A_ROAD = re.compile(
    rf"(?<!\w){_ROAD}(?={_JOIN}(?:{_QUARTER} ?{_CAPITAL}|{_CAPITAL}\w+(?: {_CAPITAL}\w+)?"
    r",? (?:PR\b|Puerto Rico|00[679]\d\d)))",
    re.IGNORECASE,
)
_LIVING_IN = re.compile(
    r"\b(?:[Dd]irecci[óo]n(?: es|:)?|[Vv]iv[eo]n? en(?: el| la)?|[Rr]esid\w+ en(?: el| la)?) "
    rf"(?P<it>(?:Urb|B[Oo]|Res|Cond|Parc)\b\.?{_NAME}(?:,? {_QUARTER}{_NAME}){{0,2}})"
    rf"(?! {_CAPITAL}|[\wáéíóúñ])"
)


def puerto_rican(text: str) -> Iterator[tuple[int, int, float]]:
    """The part of each address that gives it away, and how sure that is."""
    for pattern in (_IN_A_QUARTER, _IN_A_LOWER_QUARTER):
        yield from ((*match.span(), 0.85) for match in pattern.finditer(text))
    for pattern in (_PLOT_FIRST, _ON_A_ROAD):
        yield from ((*match.span(), 0.7) for match in pattern.finditer(text))
    yield from ((*match.span("it"), 0.65) for match in _LIVING_IN.finditer(text))
