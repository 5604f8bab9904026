"""Where a text speaks of a child: whatever stands beside it is guarded more closely."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from .types import Category, Field, Finding

NEAR = 60
"""Characters between a child and what counts as standing beside it."""

_AGE = r"(?:1[0-7]|[1-9])"
_CHILD = (
    r"(?:(?:grand)?(?:daughter|son)|child|kid|boy|girl|niece|nephew|brother|sister|"
    r"hij[oa]|niñ[oa]|niet[oa]|sobrin[oa]|dochter|zoon|zoontje|dochtertje|nichtje|neefje)"
)
_MINOR = re.compile(
    "|".join(
        (
            # An age of somebody now; that somebody was sixteen when convicted speaks of no child.
            rf"\b{_AGE}[ -]?(?:years?|yrs?)[ -]?old\b(?!,? (?:when|at the time|back then))",
            rf"\b{_AGE}[ -]?y/?o\b",
            rf"\bage[ds]? {_AGE}\b(?!,? (?:when|at the time))",
            rf"\b{_AGE}[ -]?jarige?\b|\b{_AGE} jaar oud\b",
            rf"\b{_CHILD}\b,? (?:[\w'’-]+,? ){{0,3}}\(?{_AGE}\b"
            r"(?! (?:years?|times|months?|jaar|de)\b)",
            rf"\b(?:tiene|{_CHILD},? (?:[\w'’-]+,? ){{0,3}}(?:de )?){_AGE} añ(?:os|itos)\b"
            r"(?! (?:de (?:prisi|cárcel|condena)|pres))",
            r"\b(?:minor|underage) (?:child|son|daughter|victim)(?:ren|s)?\b",
            r"\b(?:is|are) (?:a )?minors?\b",
            r"\b(?:toddler|newborn|infant|preschooler|schoolgirl|schoolboy)s?\b",
            r"\blittle (?:girl|boy|sister|brother)s?\b|\bmenor(?:es)? de edad\b|\bminderjarig\w*",
            r"\b(?:elementary|primary|middle) school\b|\bkindergarten\b",
            r"\b(?:[1-9]|1[0-2])th grader?\b",
            r"\b(?:kleuter|peuter)s?\b|\bbebés?\b",
        )
    ),
    re.IGNORECASE,
)


def minors(text: str) -> list[tuple[int, int]]:
    """The words that say that somebody is a child."""
    return [match.span() for match in _MINOR.finditer(text)]


def is_beside(start: int, end: int, others: list[tuple[int, int]], text: str) -> bool:
    """Whether one of the other spans is near this one, in the same paragraph."""
    return any(
        other_start - end <= NEAR
        and start - other_end <= NEAR
        and "\n\n" not in text[min(end, other_end) : max(start, other_start)]
        for other_start, other_end in others
    )


def beside_minors(findings: Iterable[Finding], text: str) -> list[Finding]:
    """The same findings; personal information in the text that stands beside a child says so."""
    findings = list(findings)
    personal = {at for at, finding in enumerate(findings) if _is_a_personal_place(finding)}
    children = minors(text) if personal else []
    return [
        replace(finding, beside_child=True)
        if at in personal and is_beside(finding.start, finding.end, children, text)
        else finding
        for at, finding in enumerate(findings)
    ]


def _is_a_personal_place(finding: Finding) -> bool:
    is_place = finding.field is Field.BODY and finding.start < finding.end
    return is_place and finding.category is Category.PERSONAL_INFORMATION
