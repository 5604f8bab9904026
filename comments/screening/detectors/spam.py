"""Advertising, swindles, chain messages and machines: by their words, links and manners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..cues import Cues, load
from ..types import Finding, FindingType, Signals, Submission, gettext_noop

_CUES = Path(__file__).parent / "data" / "spam.cues"
_THRESHOLD = 2.5
"""Points at which the words of a comment count as spam: the policy's 0.5."""
_HINT = 0.25
"""Below this score nothing is said; from here to 0.5 it is a hint for the moderator."""
_HASTE = 3.0
"""Seconds: nobody reads the notice and writes a comment in less."""

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]{2,2000}"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,4}"
    r"(?:com|net|org|info|biz|io|co|ru|cn|xyz|top|shop|site|online|club|live|me|link|click|app"
    r"|store|vip|win|bet|icu|pro|tk|pw|us|uk|eu|in|example)(?![\w.@-]*@)\b(?:/[^\s<>]{0,2000})?",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    rf"{_LINK.pattern}|[\w.+-]{{1,64}}@[\w-]{{1,63}}\.\w|(?<![\w@])@\w{{3,30}}"
    r"|\+?\d[\d ().-]{6,18}\d",
    re.IGNORECASE,
)
_WAY_TO_SELL = 1.2
"""Points for a link, an address, a handle or a number beside the words of an advertisement."""
_MARKUP = re.compile(r"<a\s[^>]{0,300}href|\[url[=\]]|\[link[=\]]|\]\(https?://", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def spam(submission: Submission) -> Iterator[Finding]:
    """Every kind of evidence is a finding of its own; each says what it rests on."""
    yield from _words(submission.text)
    yield from _links(submission.text)
    yield from _manners(submission.signals)


def _words(text: str) -> Iterator[Finding]:
    tally = _cues().tally(text)
    score = tally.score(_THRESHOLD, more=_WAY_TO_SELL if _CONTACT.search(text) else 0.0)
    if score >= _HINT and any(hit.group.weight > 0 for hit in tally.hits):
        yield Finding(FindingType.SPAM, *tally.span(), score, because=tally.says())


def _links(text: str) -> Iterator[Finding]:
    links = [match.span() for match in _LINK.finditer(text)]
    if markup := _MARKUP.search(text):
        yield _linked(
            markup.span(), 0.9, gettext_noop("Links written as code, the way machines post them.")
        )
    if not links:
        return
    beside = "".join(text[start:end] for start, end in _gaps(links, len(text)))
    whole = (links[0][0], links[-1][1])
    if len(_LETTER.findall(beside)) < 4:
        yield _linked(whole, 0.8, gettext_noop("Nothing but links."))
    elif len(links) >= 3:
        yield _linked(
            whole, min(0.45 + 0.05 * len(links), 0.9), gettext_noop("{} links.").format(len(links))
        )
    elif len(links) == 2:
        yield _linked(whole, 0.3, gettext_noop("Two links."))


def _linked(span: tuple[int, int], score: float, because: str) -> Finding:
    return Finding(FindingType.SPAM, *span, score, because)


def _gaps(spans: list[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Where the text goes on beside the spans."""
    position = 0
    for start, end in spans:
        yield position, start
        position = end
    yield position, length


def _manners(signals: Signals) -> Iterator[Finding]:
    """Circumstances beside the text; they have no place in it."""
    if signals.honeypot_filled:
        yield _mannered(0.95, gettext_noop("A field that people do not see was filled in."))
    if signals.start_time_missing:
        yield _mannered(
            0.6, gettext_noop("The form came back without the start time it was sent with.")
        )
    if signals.seconds_to_write is not None and signals.seconds_to_write < _HASTE:
        yield _mannered(0.4, gettext_noop("Written in less than {} seconds.").format(f"{_HASTE:g}"))
    if signals.repeats >= 1:
        once = gettext_noop("The same text came once before within a day.")
        often = gettext_noop("The same text came {} times before within a day.")
        yield _mannered(0.75, once if signals.repeats == 1 else often.format(signals.repeats))


def _mannered(score: float, because: str) -> Finding:
    return Finding(FindingType.SPAM, 0, 0, score, because)


@cache
def _cues() -> Cues:
    return load(_CUES)
