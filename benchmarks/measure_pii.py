"""Measure the detector of personal information over labelled files, whole and part by part.

Usage: python benchmarks/measure_pii.py DATA_DIR [--record]

With --record the figures of single types go into comments/measured.json, which the desk shows.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from unittest.mock import patch

import measure_names
from measure_screening import HOLDS, Row, figures, load_module, read, record, submission, table

from comments.screening import get_ready
from comments.screening.detectors import pii
from comments.screening.types import Category, FindingType, Severity, Submission
from tests.comments.screening.worst_inputs import LENGTH, NASTY

FIXED_FORMS = ("EMAIL", "CREDIT_CARD", "SSN", "IP", "DOB", "IBAN")
INCOMPLETE = {"nano_en"}
"""Files whose labels miss some of what is there: what they call false is not counted."""

NAMES, FALLBACK, TAGGER = "private_names", "unexplained_figures", "unforeseen"
WHOLE = "+ classifier"
STEPS = {
    "rules": (NAMES, FALLBACK, TAGGER),
    "+ fallback": (NAMES, TAGGER),
    "+ names": (TAGGER,),
    WHOLE: (),
}

SIXTY_WORDS = (
    "My cousin has been inside since 2004 and every year the same thing happens, a letter comes "
    "back and nobody says why. I read the whole article twice and I cried at the part where his "
    "mother waits at the gate. How many more are there? If the lab had tested the 3 hairs in 1998 "
    "he would have been home for Christmas, and the real one would not have hurt anybody."
)


class Measured(NamedTuple):
    """What the detector said of the rows of a file, and how score.py counts it."""

    said: dict[str, Row]
    result: Row


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with pii/")
    parser.add_argument("--record", action="store_true", help="write comments/measured.json")
    options = parser.parse_args()
    folder = options.data / "pii"
    scorer = load_module(folder / "score.py")
    files = {path.stem: read(path) for path in sorted(folder.glob("*.jsonl"))}
    get_ready()
    steps = {}
    for step, left_out in STEPS.items():
        with without(*left_out):
            steps[step] = {name: measure(rows, scorer) for name, rows in files.items()}
    print_files(steps[WHOLE])
    print_types(steps[WHOLE])
    print_steps(steps)
    measure_names.print_groups()
    print_speed()
    if options.record:
        record(types(steps[WHOLE]))


def print_files(files: dict[str, Measured]) -> None:
    lines = []
    for name, measured in files.items():
        comment, span = measured.result["comment"], measured.result["span"]
        lines.append(
            [
                name,
                len(measured.said),
                comment["recall"],
                comment["fpr"],
                span["strict_recall"],
                span["full_cover_recall"],
                span["lenient_precision"],
            ]
        )
    head = ["file", "n", "recall", "harmless flagged", "strict span", "full cover", "precision"]
    table("Personal information by file", head, lines)


def print_types(files: dict[str, Measured]) -> None:
    """Of each type of span with a fixed form: how many are found, and how many are true."""
    lines = []
    for kind in FIXED_FORMS:
        there, found, covered, said, true = count(kind, files)
        lines.append([kind, there, found / there, covered / there, said, true])
    head = ["type", "n", "strict span", "full cover", "said", "precision"]
    table("Spans of fixed form, all files", head, lines)


def types(files: dict[str, Measured]) -> dict[str, Row]:
    """How well each type of personal information is told; none where no file has any."""
    found = {}
    for kind in FindingType:
        if kind.category is Category.PERSONAL_INFORMATION:
            there, hits, _covered, _said, true = count(kind.value, files)
            if there:
                found[kind.value] = figures(there, hits / there, true)
    return found


def count(kind: str, files: dict[str, Measured]) -> tuple[int, int, int, int, float | None]:
    """Spans there, found as this type, covered; spans said to be it, and the share that is true."""
    there = found = covered = said = false = 0
    for name, file in files.items():
        counts = file.result["types"].get(kind)
        if counts:
            there += counts["n"]
            found += round(counts["strict"] * counts["n"])
            covered += round(counts["full"] * counts["n"])
        if name not in INCOMPLETE:
            false += file.result["false_spans_by_type"].get(kind, 0)
            said += sum(s["type"] == kind for row in file.said.values() for s in row["spans"])
    return there, found, covered, said, (said - false) / said if said else None


def print_steps(steps: dict[str, dict[str, Measured]]) -> None:
    lines = []
    for name in steps[WHOLE]:
        for step, files in steps.items():
            comment, span = files[name].result["comment"], files[name].result["span"]
            title = name if step == next(iter(steps)) else ""
            cells = [comment["recall"], comment["fpr"], span["strict_recall"]]
            lines.append([title, step, *cells, span["full_cover_recall"]])
    head = ["file", "parts", "recall", "harmless flagged", "strict span", "full cover"]
    table("What each part brings", head, lines)


def print_speed() -> None:
    with without(TAGGER):
        rules = milliseconds()
    print(
        f"\n{milliseconds():.2f} ms of CPU, median, for a comment of 71 words;"
        f" {rules:.2f} ms without the classifier."
    )
    worst = sorted(((worst_case(unit), name) for name, unit in NASTY.items()), reverse=True)
    lines = [[name, f"{1000 * seconds:.0f}"] for seconds, name in worst[:5]]
    title = f"The worst of {len(NASTY)} inputs of {LENGTH} characters"
    table(title, ["input", "ms of CPU"], lines)


def worst_case(unit: str) -> float:
    """Seconds for a text of nothing but this; the best of three, since others use the machine."""
    text = Submission((unit * LENGTH)[:LENGTH])
    times = []
    for _ in range(3):
        started = time.thread_time()
        list(pii.personal_information(text))
        times.append(time.thread_time() - started)
    return min(times)


def milliseconds() -> float:
    list(pii.personal_information(Submission("Warm.")))
    times = []
    for _ in range(200):
        started = time.thread_time()
        list(pii.personal_information(Submission(SIXTY_WORDS)))
        times.append(1000 * (time.thread_time() - started))
    return statistics.median(times)


def measure(rows: list[Row], scorer: ModuleType) -> Measured:
    said = {row["id"]: spans(row) for row in rows}
    return Measured(said, scorer.score({row["id"]: row for row in rows}, said))


def spans(row: Row) -> Row:
    """The findings that hold the comment, in the form that score.py reads."""
    return {
        "spans": [
            {"start": finding.start, "end": finding.end, "type": finding.type.value}
            for finding in pii.personal_information(submission(row))
            if finding.score >= HOLDS and finding.severity >= Severity.MEDIUM
        ]
    }


@contextmanager
def without(*parts: str) -> Iterator[None]:
    """The detector with some of its parts silent."""
    with ExitStack() as stack:
        for part in parts:
            stack.enter_context(patch.object(pii, part, lambda *_: iter(())))
        yield


if __name__ == "__main__":
    main()
