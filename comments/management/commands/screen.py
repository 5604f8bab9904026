"""Screen texts from standard input, one JSON object a line, without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from django.core.management.base import BaseCommand, CommandError

from comments.screening import Category, Finding, Submission, get_ready, screen


class LineError(ValueError):
    """A line that cannot be screened; says why without repeating it."""

    def __init__(self, why: str, identifier: object = None) -> None:
        super().__init__(why)
        self.identifier = identifier


class Command(BaseCommand):
    help = (
        'Screen texts: JSON lines {"id", "text", "names"} on standard input, one JSON line for '
        "each on standard output, in order and at once. A line that cannot be screened, an empty "
        'one among them, is answered {"id", "error"}, and the exit status is 1 at the end.'
    )
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        unusable = 0
        get_ready()
        for line in _lines(sys.stdin.buffer):
            try:
                answer = _screened(line)
            except LineError as error:
                unusable += 1
                answer = {"id": error.identifier, "error": str(error)}
            self.stdout.write(json.dumps(answer))
            self.stdout.flush()
        if unusable:
            raise CommandError(f"Lines that could not be screened: {unusable}.")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines as they come in; the mark that some editors put before the first one goes."""
    for number, line in enumerate(stream):
        yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line


def _screened(line: bytes) -> dict[str, object]:
    record = _record(line)
    identifier, text, names = record.get("id"), record.get("text"), record.get("names")
    if not isinstance(text, str):
        raise LineError("“text” is missing or not a text", identifier)
    if names is None:
        names = []
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise LineError("“names” is not a list of texts", identifier)
    screening = screen(Submission(text, public_names=frozenset(names)))
    return {
        "id": identifier,
        "verdict": "hold" if screening.verdict.holds else "publish",
        "queue": screening.verdict.queue,
        "hate": round(screening.score(Category.HATE), 4),
        "cases": round(screening.score(Category.CASE_ENQUIRY), 4),
        "findings": [_finding(found) for found in screening.findings if not found.is_hint],
    }


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode(), parse_constant=_refuse, parse_float=_finite)
    except UnicodeDecodeError:
        raise LineError("not UTF-8") from None
    except (ValueError, RecursionError):
        raise LineError("not JSON") from None
    if not isinstance(record, dict):
        raise LineError("not a JSON object")
    return record


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are not JSON, and must not come back in an “id”."""
    raise ValueError(constant)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if abs(number) != float("inf") else _refuse(digits)


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "type": finding.type,
        "start": finding.start,
        "end": finding.end,
        "score": round(finding.score, 4),
        "why": finding.because,
    }
