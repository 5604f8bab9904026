"""A visitor without JavaScript: keeps cookies, reads forms, sends every hidden field back."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar


@dataclass
class Form:
    """A form of a page: where it goes, and what it would send as it stands."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(values.get("action", ""), values.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is None or not values.get("name"):
            return
        elif tag == "textarea":
            self._textarea = values["name"]
            self._open.fields[values["name"]] = [""]
        elif tag == "input" and (
            values.get("type") not in {"radio", "checkbox", "submit"} or "checked" in values
        ):
            unnamed = "on" if values.get("type") in {"radio", "checkbox"} else ""
            self._open.fields.setdefault(values["name"], []).append(values.get("value", unnamed))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "textarea":
            self._textarea = None

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._textarea:
            self._open.fields[self._textarea][0] += data


@dataclass
class Answer:
    """A page as it came: after redirects, with its forms."""

    status: int
    url: str
    text: str

    def form(self, action: str) -> Form:
        """The first form whose action ends so."""
        parser = _Forms()
        parser.feed(self.text)
        for found in parser.forms:
            if urllib.parse.urlsplit(found.action or self.url).path.endswith(action):
                return found
        raise LookupError(f"no form for {action} at {self.url}")


class Visitor:
    """One browser at one address; ``address`` reaches the site as a trusted proxy would say it."""

    def __init__(self, site: str, address: str) -> None:
        self.site = site
        self.address = address
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()),
        )

    def get(self, path: str) -> Answer:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.site, path)))

    def send(self, form: Form, page: Answer, **values: str) -> Answer:
        fields = form.fields | {name: [value] for name, value in values.items()}
        data = urllib.parse.urlencode(fields, doseq=True).encode()
        url = urllib.parse.urljoin(page.url, form.action or page.url)
        return self._open(urllib.request.Request(url, data=data, headers={"Origin": self.site}))

    def _open(self, request: urllib.request.Request) -> Answer:
        request.add_header("X-Forwarded-For", self.address)
        try:
            with self._opener.open(request, timeout=30) as response:
                return Answer(response.status, response.url, response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.url or "", error.read().decode())
