"""Fifty labelled comments go through a running demo, as a browser and a moderator would do it.

The comments are not part of this repository. Where they are not at hand, the test is skipped
and says so; ``SCREENING_DATA`` names their folder.
"""

from __future__ import annotations

import html
import json
import os
import re
import urllib.parse
from pathlib import Path

import pytest

from .client import Answer, Visitor
from .conftest import ROOT, Demo

DATA = Path(os.environ.get("SCREENING_DATA", ROOT.parent / "shared" / "data"))
ARTICLE = "/news/new-netflix-series-explores-false-confessions/"
FILES = {
    "pii/domain_dev.jsonl": 18,
    "domain/cases_dev.jsonl": 12,
    "domain/hate_dev.jsonl": 10,
    "domain/spam_dev.jsonl": 5,
    "domain/distress_dev.jsonl": 5,
}

pytestmark = [
    pytest.mark.demo,
    pytest.mark.skipif(
        not (DATA / "domain").is_dir(),
        reason=f"the labelled comments are not at {DATA}; set SCREENING_DATA to their folder",
    ),
]


def _sample() -> list[str]:
    texts = []
    for name, count in FILES.items():
        lines = (DATA / name).read_text(encoding="utf-8").splitlines()
        step = max(1, len(lines) // count)
        texts += [json.loads(line)["text"] for line in lines[::step][:count]]
    return texts


def _log_in(demo: Demo) -> Visitor:
    moderator = Visitor(demo.url, "192.0.2.200")
    page = moderator.get("/accounts/login/")
    answer = moderator.send(
        page.form("/accounts/login/"), page, username="moderator", password="demo"
    )
    assert answer.url.endswith("/moderation/")
    return moderator


def _post(demo: Demo, number: int, text: str) -> Answer:
    visitor = Visitor(demo.url, f"203.0.113.{number}")
    page = visitor.get(ARTICLE)
    answer = visitor.send(
        page.form("/comment/"),
        page,
        name=f"Reader {number}",
        email=f"reader{number}@example.org",
        body=f"{text}\n\nMarked sample{number:03}.",
    )
    if 'value="as_is"' in answer.text:
        return visitor.send(answer.form("/comment/"), answer, choice="as_is")
    return answer


def _find_all(moderator: Visitor) -> dict[int, str]:
    """The numbers of our comments in the list of all, with the address of each."""
    found: dict[int, str] = {}
    page = moderator.get("/moderation/all/")
    while True:
        for card in page.text.split("<article")[1:]:
            mark = re.search(r"Marked sample(\d{3})", card)
            link = re.search(r"/moderation/comments/(\d+)/decide/", card)
            if mark and link:
                found[int(mark.group(1))] = f"/moderation/comments/{link.group(1)}/"
        following = re.search(r'<a[^>]*rel="next"[^>]*>', page.text)
        if len(found) == sum(FILES.values()) or not following:
            return found
        target = re.search(r'href="([^"]+)"', following.group())
        assert target
        page = moderator.get(urllib.parse.urljoin(page.url, html.unescape(target.group(1))))


def test_fifty_labelled_comments_are_posted_decided_and_shown_as_decided(demo: Demo) -> None:
    texts = _sample()
    assert len(texts) == 50
    for number, text in enumerate(texts):
        answer = _post(demo, number, text)
        assert answer.status == 200, f"comment {number} answered {answer.status}"
        assert "receipt" in answer.url

    moderator = _log_in(demo)
    addresses = _find_all(moderator)
    assert len(addresses) == 50

    outcomes: dict[int, str] = {}
    for number, address in addresses.items():
        page = moderator.get(address)
        form = page.form("/decide/")
        wanted = ("approve_redacted", "approve", "remove")[number % 3]
        if wanted == "approve_redacted" and "cuts" not in form.fields:
            wanted = "approve"
        answer = moderator.send(form, page, decision=wanted, reason="off_topic")
        assert answer.status == 200, f"{wanted} of comment {number} answered {answer.status}"
        outcomes[number] = wanted

    public = ""
    reader = Visitor(demo.url, "192.0.2.201")
    for count in range(1, 12):
        page = reader.get(f"{ARTICLE}?comments={count}")
        public += page.text
        if 'rel="next"' not in page.text:
            break
    for number, outcome in outcomes.items():
        assert (f"Marked sample{number:03}" in public) is (outcome != "remove"), outcome
        assert f"reader{number}@example.org" not in public
    assert "approve_redacted" in outcomes.values()
    assert "removed]" in public
