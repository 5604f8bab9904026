"""``manage.py screen``: JSON lines in, JSON lines out, in order, whatever comes in."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from comments.screening import encoder
from comments.screening.encoder.loading import LOADING_TIME

HARMLESS = "The gardener waters the roses in the morning."


def run(
    monkeypatch: pytest.MonkeyPatch, *lines: bytes | str | object
) -> tuple[list[dict[str, Any]], str]:
    """The answers, and what the command complained of at its end."""
    raw = b"".join(_raw(line) + b"\n" for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out, complaint = io.StringIO(), ""
    try:
        call_command("screen", stdout=out)
    except CommandError as error:
        complaint = f"{error} ({error.returncode})"
    return [json.loads(line) for line in out.getvalue().splitlines()], complaint


def _raw(line: bytes | str | object) -> bytes:
    if isinstance(line, bytes):
        return line
    return (line if isinstance(line, str) else json.dumps(line)).encode()


def test_a_harmless_comment_is_answered_in_full(monkeypatch):
    answers, complaint = run(monkeypatch, {"id": "a1", "text": HARMLESS})
    assert complaint == ""
    (answer,) = answers
    assert list(answer) == ["id", "verdict", "queue", "hate", "cases", "findings"]
    assert (answer["id"], answer["verdict"], answer["queue"]) == ("a1", "publish", None)
    assert answer["cases"] == 0.0


def test_a_finding_has_its_place_in_the_text_as_given(monkeypatch):
    text = "😀 caf\u0065\u0301\r\nCall me on (312) 555-0142 tonight."
    ((answer,), _) = run(monkeypatch, {"id": 7, "text": text})
    assert (answer["id"], answer["verdict"], answer["queue"]) == (7, "hold", "pii")
    (phone,) = [f for f in answer["findings"] if f["type"] == "PHONE"]
    assert list(phone) == ["type", "start", "end", "score", "why"]
    assert text[phone["start"] : phone["end"]] == "(312) 555-0142"


def test_a_case_enquiry_and_a_threat_show_in_their_scores(monkeypatch):
    enquiry = {"id": 1, "text": "My brother is innocent and in prison, please look at his case."}
    threat = {"id": 2, "text": "I will kill you, judge, I know where you live."}
    answers, _ = run(monkeypatch, enquiry, threat)
    assert [answer["queue"] for answer in answers] == ["cases", "hate"]
    assert answers[0]["cases"] >= 0.5 > answers[1]["cases"]
    assert answers[1]["hate"] >= 0.5 > answers[0]["hate"]


def test_names_of_the_article_are_no_private_names(monkeypatch):
    text = "My cousin Barnaby Quillfeather was a witness at the trial."
    without, with_names = run(
        monkeypatch,
        {"id": 1, "text": text, "names": []},
        {"id": 2, "text": text, "names": ["Barnaby Quillfeather"]},
    )[0]
    assert "PERSON_PRIVATE" in [f["type"] for f in without["findings"]]
    assert "PERSON_PRIVATE" not in [f["type"] for f in with_names["findings"]]


@pytest.mark.parametrize(
    ("line", "identifier", "error"),
    [
        ("not json", None, "not JSON"),
        ("", None, "not JSON"),
        ("   ", None, "not JSON"),
        (b'{"id": 1, "text": "\xff"}', None, "not UTF-8"),
        ('{"id": NaN, "text": "a"}', None, "not JSON"),
        ('{"id": 1e999, "text": "a"}', None, "not JSON"),
        ("[" * 100_000, None, "not JSON"),
        ('{"id": ' + "9" * 5000 + ', "text": "a"}', None, "not JSON"),
        ("[]", None, "not a JSON object"),
        ('"text"', None, "not a JSON object"),
        ("null", None, "not a JSON object"),
        ("{}", None, "“text” is missing or not a text"),
        ({"id": "b"}, "b", "“text” is missing or not a text"),
        ({"id": "b", "text": None}, "b", "“text” is missing or not a text"),
        ({"id": [1], "text": 5}, [1], "“text” is missing or not a text"),
        ({"id": 3, "text": "a", "names": "Ann"}, 3, "“names” is not a list of texts"),
        ({"id": 3, "text": "a", "names": [1]}, 3, "“names” is not a list of texts"),
    ],
)
def test_a_line_that_cannot_be_screened_is_answered_in_its_place(
    monkeypatch, line, identifier, error
):
    good = {"id": "good", "text": HARMLESS}
    answers, complaint = run(monkeypatch, good, line, good)
    assert answers[1] == {"id": identifier, "error": error}
    assert [answers[0]["id"], answers[2]["id"]] == ["good", "good"]
    assert complaint == "Lines that could not be screened: 1. (1)"


@pytest.mark.parametrize(
    "record",
    [
        {"text": "no id at all"},
        {"id": None, "text": "", "names": None},
        {"id": "s", "text": "half a pair \ud83d and \udc00 another"},
        {"id": "\ud800", "text": "x"},
        {"id": "huge", "text": "The roses are red. " * 1_000},
        {"id": "nul", "text": "a\x00b\u2028c"},
    ],
)
def test_an_odd_but_sound_line_is_screened(monkeypatch, record):
    answers, complaint = run(monkeypatch, record)
    assert complaint == ""
    assert answers[0]["id"] == record.get("id")
    assert "verdict" in answers[0]


def test_a_byte_order_mark_and_windows_line_ends_are_no_trouble(monkeypatch):
    line = json.dumps({"id": 1, "text": HARMLESS}).encode()
    answers, complaint = run(monkeypatch, b"\xef\xbb\xbf" + line + b"\r", line + b"\r")
    assert complaint == ""
    assert [answer["id"] for answer in answers] == [1, 1]


def test_nothing_in_is_nothing_out(monkeypatch):
    assert run(monkeypatch) == ([], "")


def test_each_answer_is_out_before_the_next_line_is_read(monkeypatch):
    out = io.StringIO()
    seen: list[int] = []

    class Slowly(io.BytesIO):
        def readline(self, size: int | None = -1) -> bytes:
            seen.append(len(out.getvalue().splitlines()))
            return super().readline(size)

        def __next__(self) -> bytes:
            if line := self.readline():
                return line
            raise StopIteration

    line = json.dumps({"id": 1, "text": HARMLESS}).encode() + b"\n"

    class Stdin:
        buffer = Slowly(line * 3)

    monkeypatch.setattr(sys, "stdin", Stdin)
    call_command("screen", stdout=out)
    assert seen == [0, 1, 2, 3]


def test_the_network_is_waited_for_before_the_first_text(monkeypatch):
    load, patience = encoder.load, []

    def watched(folder, *, seconds=LOADING_TIME):
        patience.append(seconds)
        return load(folder, seconds=seconds)

    monkeypatch.setattr(encoder, "load", watched)
    [answer], _complaint = run(monkeypatch, {"id": 1, "text": HARMLESS})
    assert answer["findings"] == []
    assert patience[0] > 10 * LOADING_TIME
