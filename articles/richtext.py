"""The tags that staff may use. Runs when writing is saved, never when it is read.

Two passes, because bleach gets no further releases: bleach parses as a browser does and puts
old tags right, then nh3 goes over what is left with the final list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from importlib.metadata import version
from threading import Lock
from typing import Any

import nh3
from bleach.html5lib_shim import Filter
from bleach.sanitizer import Cleaner
from django.core.exceptions import ValidationError
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

MAX_LENGTH = 100_000
"""Characters of markup. Parsing costs time; a long article has a third of this."""

SANITIZER_VERSION = f"1 bleach {version('bleach')} nh3 {version('nh3')}"
"""Stored beside each text. The first number goes up whenever the rules below change."""

ALLOWED_TAGS = frozenset(
    ["p", "h2", "h3", "ul", "ol", "li", "blockquote", "a", "strong", "em", "hr", "br"]
)
ALLOWED_SCHEMES = frozenset(["http", "https", "mailto"])

# What people paste, and the tag it becomes. The page's own headline is its h1.
_RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
_CODE = ("script", "style", "template", "title", "noscript")
_EXTERNAL = re.compile(r"\s*(?:https?:|//)", re.IGNORECASE)
_BLOCK = re.compile(r"<(?:p|h2|h3|ul|ol|blockquote|hr)\b")
_EMPTY_BLOCK = re.compile(r"<(p|h2|h3|li|blockquote|ul|ol)>\s*</\1>")
_BLOCK_END = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br>|<hr>")
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class _OurTags(Filter):  # type: ignore[misc]
    """Gives pasted tags their name in our list and marks links that leave the site."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if "name" in token:
                token["name"] = _RENAMED.get(token["name"], token["name"])
            if token.get("name") == "a" and token["type"] == "StartTag":
                attributes = token["data"]
                if not attributes.get((None, "title")):
                    attributes.pop((None, "title"), None)
                if _EXTERNAL.match(attributes.get((None, "href"), "")):
                    attributes[(None, "rel")] = "noopener"
            yield token


_cleaner = Cleaner(
    tags=ALLOWED_TAGS | frozenset(_RENAMED),
    attributes={"a": ["href", "title"]},
    protocols=ALLOWED_SCHEMES,
    strip=True,
    filters=[_OurTags],
)
# The parser inside the shared cleaner keeps its state on itself, and threads share it.
_cleaning = Lock()


def clean(html: str) -> str:
    """Only our tags and links. Text without any tags becomes paragraphs."""
    if len(html) > MAX_LENGTH:
        raise ValidationError(
            _("This text has %(length)s characters; the most we can keep is %(limit)s.")
            % {"length": f"{len(html):,}", "limit": f"{MAX_LENGTH:,}"},
            code="too_long",
        )
    html = _without_code(_CONTROLS.sub("", html))
    with _cleaning:
        html = _cleaner.clean(html)
    html = nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        attributes={"a": {"href", "rel", "title"}},
        url_schemes=set(ALLOWED_SCHEMES),
        link_rel=None,
    ).strip()
    html = _without_empty_blocks(html)
    return html if _BLOCK.search(html) else _paragraphs(html)


def plain_text(html: str) -> str:
    """The words of a cleaned text, a line for each paragraph, heading or point."""
    text = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html)))
    return _BLANK_LINES.sub("\n", _SPACES.sub(" ", text)).strip()


def with_words_in_place(html: str, words: dict[str, str | list[str]]) -> str:
    """Put the organisation's own words where a standing page has ``{{ name }}``.

    Plain replacement in stored text: staff cannot reach the template engine through it.
    """
    for name, value in words.items():
        lines = value if isinstance(value, list) else [value]
        escaped = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
        html = re.sub(r"\{\{\s*" + name + r"\s*\}\}", _always(escaped), html)
    return html


def _always(replacement: str) -> Callable[[re.Match[str]], str]:
    # As a function, so that a backslash in an address is only a backslash.
    return lambda _match: replacement


def _without_code(html: str) -> str:
    """Leave out what stands inside script and style; stripping tags alone would show it as text."""
    for tag in _CODE:
        lowered = html.lower()
        if len(lowered) != len(html) or f"<{tag}" not in lowered:
            continue
        kept, position = [], 0
        while (start := lowered.find(f"<{tag}", position)) >= 0:
            end = lowered.find(f"</{tag}", start)
            if end < 0:
                break
            kept.append(html[position:start])
            close = lowered.find(">", end)
            position = close + 1 if close >= 0 else len(html)
        html = "".join([*kept, html[position:]])
    return html


def _without_empty_blocks(html: str) -> str:
    """An editor leaves an empty paragraph behind; a list may hold empty points."""
    for _nesting in range(4):
        html = _EMPTY_BLOCK.sub("", html)
    return html.strip()


def _paragraphs(html: str) -> str:
    """What was typed without an editor: a blank line ends a paragraph."""
    parts = (part.strip() for part in re.split(r"\n\s*\n", html.replace("\r\n", "\n")))
    return "\n".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts if part)
