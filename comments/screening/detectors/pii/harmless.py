"""Figures with an everyday explanation: money, dates, counts, laws, verses, help lines."""

from __future__ import annotations

import re

from .reading import Reading

MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april"
    r"|june|july"
    r"|august|september|october|november|december|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre|januari|februari|maart|mei|juni|juli|augustus|oktober"
    r"|mrt|okt|ene|abr|ago|dic)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
DATE = (
    rf"(?<![\d/.-])(?:{_DAY}(?:st|nd|rd|th)?(?: of| de)? ?{MONTH},?(?: de| del)? ?(?:{_YEAR}"
    rf"|'?\d\d\b)"
    rf"|{MONTH}[ -]?{_DAY}(?:st|nd|rd|th)?(?:,|-| de| del)? ?(?:{_YEAR}|'\d\d\b)"
    rf"|{_DAY} ?[/.-] ?{_DAY} ?[/.-] ?(?:{_YEAR}|\d\d)|{_YEAR} ?[/.-] ?{_DAY} ?[/.-] ?{_DAY}"
    rf"|{_DAY} {_DAY} {_YEAR})(?![\d/-])"
)
"""A whole date, in figures or with the month as a word, in English, Spanish or Dutch."""

_NUMBER = r"\d[\d,.]{0,15}"
_EXPLANATIONS = re.compile(
    "|".join(
        (
            rf"(?:[$€£¥]|usd|eur|us\$) ?{_NUMBER}(?: ?(?:k|m|bn|million|billion)\b)?",
            rf"\b{_NUMBER} ?(?:%|percent|per cent|por ciento|procent|dollars?|euros?|pounds"
            rf"|bucks|usd"
            r"|million|billion|thousand|hundred|millones|mil\b|miljoen|duizend|pesos|kg|km|mph"
            r"|miles)",
            r"(?<![\d-])\d{1,3}(?:,\d{3}){1,5}(?![\d-])",
            DATE,
            rf"\b{_YEAR} ?(?:-|to|/|through|until|and|,) ?(?:{_YEAR}|\d\d)\b(?!-)",
            rf"\b{_YEAR}(?:[ ,/&]{{1,3}}{_YEAR}){{1,12}}\b(?!-)",
            r"\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m)?\b(?!:)",
            # laws, reporters of decisions, bills, verses
            r"(?:§{1,2}|\bsect(?:ion|\.)|\bsec\.|\bart(?:icle|ículo|ikel|\.)|\brule|\btitle"
            r"|\bley|\bamendment"
            r"|\bchapter|\bwet|(?<!area )(?<!zip )\bcode|\bstatute|\bpublic law|\border"
            r"|\bdirective|\bregulation) ?"
            r"[\d.:()/a-z-]{1,20}(?: de \d{4})?",
            r"\b\d{1,4} ?(?:u\. ?s\.|s\. ?ct\.|f\. ?(?:2d|3d|4th|supp)|us\b|usc\b|u\.s\.c"
            r"|c\.?f\.?r|l\. ?ed"
            r"|[a-z]{1,5}\.(?: ?[a-z0-9]{1,6}\.?){0,3} ?(?:2d|3d|4th|5th)) ?"
            r"(?:§ ?)?(?:(?:at )?\d{1,5})?(?:, ?\d{1,5})?",
            r"\bv\.? [a-z'-]{2,20},? no\. ?\d\d-\d{2,5}|\bno\. ?\d\d-\d{2,5},? [a-z'-]{2,20} v\. ",
            r"\b(?:h\.? ?[br]\.?|s\.? ?b\.?|a\.? ?b\.?|h\.?r\.?|prop(?:osition)?\.?|act"
            r"|bill) ?\d{1,5}\b",
            r"\b[a-zé]{4,14}\.? \d{1,3}:\d{1,3}(?:-\d{1,3})?\b",
            r"\b(?:isbn|issn|doi|asin)(?:-1[03])?[ :#]{0,3}[\dx./-]{8,40}(?: [\dx-]{1,8}){0,5}",
            r"\b97[89]-?\d{1,5}-?\d{1,7}-?\d{1,7}-?\d\b",
            r"\bncj[ -]?\d{4,6}\b",
            r"\becli:[a-z]{2}:[a-z]{2,10}:\d{4}:[a-z0-9]{2,20}",
            # help lines
            r"\b(?:\+?1[ .-]?)?\(?8(?:00|22|33|44|55|66|77|88)\)?[ .-]?(?:\d{3}[ .-]?\d{4}"
            r"|[a-z0-9-]{7,10})\b",
            r"\b90[0-2] ?\d{3} ?\d{3}\b",
            r"\b988\b|\b741 ?741\b|\b116[ -]?\d{3}\b|\b[2-9]-?1-?1\b|\b0(?:800|808|300|345"
            r"|900)[ -]?\d[\d -]{1,9}\d",
            # things that are counted or named by a number
            r"\b(?:episode|season|page|pages|exhibit|sample|samples|lot|bates|room|cell|block"
            r"|channel"
            r"|flight|table|figure|step|level|verse|psalm|vol(?:ume)?|p|pp|volunteer|bus"
            r"|serie|capítulo|página|aflevering|pagina)\.? ?#? ?\d{1,5}\b(?![-.]?\d)",
            # places of the genome that a DNA profile names
            r"\bd\d{1,2}s\d{2,4}\b",
            r"\bzip(?: code)? ?\d[\d-]{2,9}",
            r"\b(?:version|release|v) ?\d[\d.]{0,15}",
            r"\b\d{1,7} ?(?:x|×) ?\d{1,7}\b",
            r"\b1 in \d[\d,.]{0,20}|\b\d{1,3}/\d{1,3}\b(?![/-])",
        )
    ),
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\bhttps?://\S{1,400}|\bwww\.\S{1,400}|#\d{0,4}[A-Za-z_]{2}\w{0,80}", re.IGNORECASE
)
_COUNTED = re.compile(r" ?[a-záéíóú]{3,}s\b| (?:people|men|women|children|and counting|of them)\b")


class Explained:
    """Which characters have an explanation; asking for a span costs its length."""

    __slots__ = ("_known", "_text")

    def __init__(self, reading: Reading) -> None:
        self._known = bytearray(len(reading.text))
        self._text = reading.text
        for pattern in (_EXPLANATIONS, _LINK) if reading.has_figures else ():
            for match in pattern.finditer(reading.lower):
                start, end = match.span()
                self._known[start:end] = b"\x01" * (end - start)

    def covers(self, start: int, end: int) -> bool:
        """Whether most of the span is explained by what it is part of."""
        return sum(self._known[start:end]) * 2 > end - start

    def touches(self, start: int, end: int) -> bool:
        return any(self._known[start:end])

    def is_count(self, end: int) -> bool:
        """Whether a plural noun follows: "10950 days"."""
        return _COUNTED.match(self._text, end) is not None
