"""A visitor's browser, as far as the comment form needs one."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.test import Client

from articles.models import Article

_AT_RANDOM = re.compile(r'datetime="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"')


def without_chance(page: str) -> str:
    """A page without its microseconds and tokens, in which any few figures can stand."""
    return _AT_RANDOM.sub("", page)


class _Form(HTMLParser):
    """The fields of the comment form, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "form":
            self._inside = values.get("id") == "comment-form"
        elif self._inside and tag == "input":
            self.fields[values.get("name") or ""] = values.get("value") or ""
        elif self._inside and tag == "textarea":
            self._textarea = values.get("name") or ""
            self.fields[self._textarea] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # The line feed right after the tag belongs to the markup.
            self.fields[self._textarea] += data.removeprefix("\n")


def form_on(response: Any) -> dict[str, str]:
    """Every field of the comment form on this page, hidden ones too."""
    parser = _Form()
    parser.feed(response.content.decode())
    return parser.fields


def write(client: Client, article: Article, *, follow: bool = False, **fields: Any) -> Any:
    """Open the article, fill in its form and send it."""
    filled = {"name": "Marguerite D.", "email": "m@example.org", "body": "Watched it twice."}
    form = form_on(client.get(article.get_absolute_url()))
    address = f"/news/{article.slug}/comment/"
    return client.post(address, form | filled | fields, follow=follow)


def step(client: Client, response: Any, **choice: str) -> Any:
    """Send the form of the warning page, with every field that it carries, and a choice."""
    page = response.content.decode().replace('<form class="ui"', '<form id="comment-form"')
    response.content = page.encode()
    return client.post(response.request["PATH_INFO"], form_on(response) | choice)
