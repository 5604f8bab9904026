"""A visitor's text in and out: to plain text when it arrives, to safe HTML when it is read.

One of the two doors to bleach; the other is :mod:`articles.richtext`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from threading import local

from bleach.linkifier import Linker
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

REL = "nofollow ugc noopener"

_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Controls but tab and line feed, halves of surrogate pairs, code points that are no characters
# (a feed that carried one would not be XML), and the two marks that turn text around by force.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_OF_AN_ADDRESS = r"\s<>\"'`{}|\\^\[\]"
_ADDRESS = re.compile(
    rf"(?<![\w@/.-])(?:https?://|www\.)[^{_OF_AN_ADDRESS}]*[^{_OF_AN_ADDRESS}.,;:!?*_~…’”»]",
    re.IGNORECASE,
)
_this_thread = local()


def clean(text: str) -> str:
    """The text as it is stored: composed (NFC), plain line feeds, nothing invisible that harms.

    Blank space around it goes, and several blank lines in a row become one; the words
    themselves stay as they were typed, tags among them.
    """
    text = _UNWANTED.sub("", _LINE_ENDS.sub("\n", text))
    lines = [line.rstrip() for line in unicodedata.normalize("NFC", text).split("\n")]
    kept = [line for line, above in zip(lines, ["", *lines], strict=False) if line or above]
    text = "\n".join(kept).strip()
    # Joiners and other marks without a shape of their own make no text.
    return text if any(char.isprintable() and char != " " for char in text) else ""


def clean_line(text: str) -> str:
    """The same for a field of one line: every run of blank space becomes one space."""
    return " ".join(clean(text).split())


def to_html(text: str, *, set_apart: Sequence[str] = ()) -> SafeString:
    """Paragraphs, line breaks and links; whatever else looks like HTML stays visible as text.

    ``set_apart`` are the marks of redacted places, such as ``[phone number removed]``; each gets
    an element of its own, which stays in one piece where the writing runs from right to left. A
    ``#`` in one stands for any number: ``[name #]``. Leave it empty for a text that nobody
    redacted, or a visitor could write a redaction himself.
    """
    html = _with_links(text)
    if set_apart and "[" in html:
        html = _places(tuple(set_apart)).sub(r'<bdi class="cut" dir="ltr">\g<0></bdi>', html)
    paragraphs = (part.replace("\n", "<br>") for part in html.split("\n\n"))
    return mark_safe("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))


def _with_links(text: str) -> str:
    """Escaped text with links. Only the addresses pass through bleach: parsing costs time."""
    lowered = text.lower()
    if "http" not in lowered and "www." not in lowered:
        return escape(text)
    found = [(match.start(), _balanced(match.group())) for match in _ADDRESS.finditer(text)]
    links = _links(tuple(address for _start, address in found))
    pieces: list[str] = []
    position = 0
    for (start, address), link in zip(found, links, strict=True):
        pieces += [escape(text[position:start]), link]
        position = start + len(address)
    return "".join([*pieces, escape(text[position:])])


def _balanced(address: str) -> str:
    """Without the closing brackets of a sentence around it: "(see www.example.org)"."""
    surplus = address.count(")") - address.count("(")
    closing = len(address) - len(address.rstrip(")"))
    return address[: len(address) - max(0, min(surplus, closing))]


@lru_cache(maxsize=256)
def _links(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """One link for each address, all in one pass; an address holds no blank space."""
    if not addresses:
        return ()
    return tuple(_linker().linkify("\n".join(map(escape, addresses))).split("\n"))


def _linker() -> Linker:
    """A Linker keeps the state of its work, so every thread has its own."""
    if not hasattr(_this_thread, "linker"):
        _this_thread.linker = Linker(callbacks=[_set_rel], url_re=_ADDRESS, parse_email=False)
    linker: Linker = _this_thread.linker
    return linker


def _set_rel(attrs: MutableMapping[object, str], new: bool = False) -> MutableMapping[object, str]:
    attrs[(None, "rel")] = REL
    return attrs


@lru_cache(maxsize=8)
def _places(marks: tuple[str, ...]) -> re.Pattern[str]:
    literal = (re.escape(escape(mark)) for mark in marks)
    return re.compile("|".join(mark.replace(r"\#", "[0-9]{1,4}") for mark in literal))
