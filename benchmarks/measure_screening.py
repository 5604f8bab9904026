"""Measure every detector over labelled files and print the tables of docs/screening.md.

Usage: python benchmarks/measure_screening.py DATA_DIR [--sample 2000] [--record]

With --record the figures of single types go into comments/measured.json, which the desk shows.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from comments.screening import DETECTORS, Category, Submission, encoder, model_version, screen
from comments.screening.policy import TABLE
from comments.screening.types import Detector, Finding, FindingType

Row = dict[str, Any]

HOLDS = 0.5
SEED = 20171
RECORD = Path(__file__).resolve().parent.parent / "comments" / "measured.json"


@dataclass
class Counts:
    """Right and wrong answers to one yes-or-no question."""

    hits: int = 0
    missed: int = 0
    alarms: int = 0
    quiet: int = 0

    def add(self, *, truth: bool, said: bool) -> None:
        name = ("hits" if said else "missed") if truth else ("alarms" if said else "quiet")
        setattr(self, name, getattr(self, name) + 1)

    @property
    def recall(self) -> float | None:
        return _share(self.hits, self.hits + self.missed)

    @property
    def precision(self) -> float | None:
        return _share(self.hits, self.hits + self.alarms)

    @property
    def flagged(self) -> float | None:
        """The share of harmless comments that are flagged."""
        return _share(self.alarms, self.alarms + self.quiet)

    @property
    def accuracy(self) -> float | None:
        right = self.hits + self.quiet
        return _share(right, right + self.missed + self.alarms)

    @property
    def macro_f1(self) -> float:
        wrong = self.missed + self.alarms
        halves = (self.hits, self.quiet)
        return sum(2 * right / (2 * right + wrong) if right else 0.0 for right in halves) / 2


@dataclass
class Clock:
    """Milliseconds that whole screenings and single detectors took."""

    times: dict[str, list[float]] = field(default_factory=dict)

    def timed(self, name: str, work: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        answer = work()
        self.times.setdefault(name, []).append(1000 * (time.perf_counter() - started))
        return answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="the folder with domain/, pii/ and hate/")
    parser.add_argument("--sample", type=int, default=2000, help="most rows of one hate file")
    parser.add_argument("--record", action="store_true", help="write comments/measured.json")
    options = parser.parse_args()
    screen(Submission("Loads what is loaded once."))
    print_domain(options.data / "domain")
    print_cross(options.data)
    print_pii(options.data / "pii")
    print_hate(options.data / "hate", options.sample)
    print_speed(options.data)
    if options.record:
        record(types_of_domain(options.data / "domain"))


def types_of_domain(folder: Path) -> dict[str, Row]:
    """How well each type is told that is not personal information."""
    questions = [
        (FindingType.CASE_ENQUIRY, "cases_dev.jsonl", "cases"),
        (FindingType.DISTRESS, "distress_dev.jsonl", "distress"),
        (FindingType.SPAM, "spam_dev.jsonl", "spam"),
        (FindingType.HATE, "hate_dev.jsonl", "hateful"),
        (FindingType.THREAT, "hate_dev.jsonl", "threat"),
    ]
    found = {}
    for kind, name, label in questions:
        counts = Counts()
        for row in read(folder / name):
            findings = screen(submission(row)).findings
            said = any(f.type is kind and f.score >= HOLDS for f in findings)
            counts.add(truth=bool(row[label]), said=said)
        there = counts.hits + counts.missed
        found[kind.value] = figures(there, counts.recall, counts.precision)
    return found


def figures(there: int, recall: float | None, precision: float | None) -> Row:
    return {"n": there, "recall": recall, "precision": precision}


def record(types: dict[str, Row]) -> None:
    """Into the file that the desk shows, beside what is there of other types."""
    stamp = {"on": f"{datetime.now(UTC):%Y-%m-%d}", "models": model_version()}
    known = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    for kind, row in types.items():
        rounded = {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in row.items()
        }
        known[kind] = rounded | stamp
    text = json.dumps(known, indent=2, sort_keys=True)
    RECORD.write_text(f"{text}\n", encoding="utf-8")


def print_domain(folder: Path) -> None:
    questions = [
        ("case enquiries", "cases_dev.jsonl", Category.CASE_ENQUIRY, lambda row: row["cases"]),
        ("distress", "distress_dev.jsonl", Category.DISTRESS, lambda row: row["distress"]),
        ("spam, words and links only", "spam_dev.jsonl", Category.SPAM, lambda row: row["spam"]),
        (
            "hate or threat",
            "hate_dev.jsonl",
            Category.HATE,
            lambda row: row["hateful"] or row["threat"],
        ),
    ]
    lines = []
    for title, name, category, truth in questions:
        rows = read(folder / name)
        for part, chosen in (("all", rows), ("even lines", rows[::2]), ("odd lines", rows[1::2])):
            counts = ask_about(chosen, category, truth)
            lines.append(
                [
                    title if part == "all" else "",
                    part,
                    len(chosen),
                    counts.recall,
                    counts.precision,
                    counts.flagged,
                ]
            )
    table(
        "Comments of this site's kind",
        ["question", "part", "n", "recall", "precision", "harmless flagged"],
        lines,
    )


def ask_about(rows: Iterable[Row], category: Category, truth: Callable[[Row], bool]) -> Counts:
    counts = Counts()
    for row in rows:
        said = screen(submission(row)).score(category) >= HOLDS
        counts.add(truth=truth(row), said=said)
    return counts


def print_cross(data: Path) -> None:
    """How often each detector speaks where another question was asked."""
    names = ["domain/cases_dev", "domain/distress_dev", "domain/spam_dev", "domain/hate_dev"]
    categories = [row.category for row in TABLE]
    lines = []
    for name in [*names, "pii/domain_dev"]:
        answers = [screen(submission(row)) for row in read(data / f"{name}.jsonl")]
        shares = [
            _share(sum(answer.score(category) >= HOLDS for answer in answers), len(answers))
            for category in categories
        ]
        lines.append([name, len(answers), *shares])
    table(
        "Share of each file that a category flags, right or wrong",
        ["file", "n", *(category.value.replace("_", " ") for category in categories)],
        lines,
    )


def print_pii(folder: Path) -> None:
    scorer = load_module(folder / "score.py")
    lines = []
    for path in sorted(folder.glob("*.jsonl")):
        rows = {row["id"]: row for row in read(path)}
        result = scorer.score(rows, {name: personal_spans(row) for name, row in rows.items()})
        comment, span = result["comment"], result["span"]
        lines.append(
            [
                path.name,
                len(rows),
                comment["recall"],
                comment["precision"],
                comment["fpr"],
                span["strict_recall"],
                span["full_cover_recall"],
            ]
        )
    table(
        "Personal information",
        ["file", "n", "recall", "precision", "harmless flagged", "strict span", "full cover"],
        lines,
    )


def personal_spans(row: Row) -> Row:
    """The findings that hold the comment, in the form that score.py reads."""
    (policy,) = [line for line in TABLE if line.category is Category.PERSONAL_INFORMATION]
    found = screen(submission(row)).findings
    return {
        "spans": [
            {"start": finding.start, "end": finding.end, "type": finding.type.value}
            for finding in found
            if policy.applies([finding])
        ]
    }


def print_hate(folder: Path, most: int) -> None:
    lines = []
    for name in ("dynahate_dev", "hatemojibuild_validation", "hatexplain_val"):
        rows = sample(read(folder / f"{name}.jsonl"), most)
        counts = Counts()
        for row in rows:
            findings = screen(submission(row)).findings
            counts.add(truth=row["hateful"], said=any(map(_holds_as_hate, findings)))
        lines.append(
            [
                name,
                len(rows),
                counts.accuracy,
                counts.macro_f1,
                counts.recall,
                counts.flagged,
            ]
        )
    table(
        "Hate speech, elsewhere than here",
        ["file", "n", "accuracy", "macro F1", "recall", "harmless flagged"],
        lines,
    )


def _holds_as_hate(finding: Finding) -> bool:
    """A threat is another question than these files ask."""
    return finding.type is FindingType.HATE and finding.score >= HOLDS


def print_speed(data: Path) -> None:
    clock = Clock()
    for name in ("cases_dev", "hate_dev", "distress_dev", "spam_dev"):
        for row in read(data / "domain" / f"{name}.jsonl"):
            asked = submission(row)
            for detector in DETECTORS:
                clock.timed(detector.__name__.replace("_", " "), partial(_drained, detector, asked))
            encoder.passages.cache_clear()
            clock.timed("whole screening", partial(screen, asked))
    lines = [
        [name, len(times), *(f"{of(times):.2f}" for of in (statistics.median, _p95, max))]
        for name, times in clock.times.items()
    ]
    table(
        "Milliseconds for a comment of this site's kind",
        ["what", "n", "median", "95th percentile", "worst"],
        lines,
    )


def _drained(detector: Detector, asked: Submission) -> list[Finding]:
    return list(detector(asked))


def submission(row: Row) -> Submission:
    return Submission(row["text"], public_names=frozenset(row.get("context_names", ())))


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def sample(rows: list[Row], most: int) -> list[Row]:
    return rows if len(rows) <= most else random.Random(SEED).sample(rows, most)


def load_module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path.name} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(title: str, head: Sequence[str], lines: Iterable[Sequence[object]]) -> None:
    print(f"\n### {title}\n")
    print(f"| {' | '.join(head)} |")
    print(f"| --- |{' ---: |' * (len(head) - 1)}")
    for line in lines:
        print(f"| {' | '.join(map(_cell, line))} |")


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(0.95 * (len(times) - 1))]


if __name__ == "__main__":
    main()
