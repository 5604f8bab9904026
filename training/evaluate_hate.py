"""What the shipped hate and threat detectors do, as the tables of docs/hate-model.md.

python training/evaluate_hate.py DATA_DIR  (DATA_DIR holds ``hate/`` and ``domain/``)
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening.detectors.hate import hate_speech, threats
from comments.screening.types import HELD_FROM, SURE_FROM, Finding, Submission
from training import corpus

SEED = 20261124
SAMPLE = 400
BINS = 5
PRAISE = (
    "Thank you all for this work. God bless everyone who helps these families.",
    "What a moving article. I have shared it with my whole class.",
    "I have read your newsletter for years and never miss one.",
    "Praying for him and his mother tonight. Stay strong.",
    "Great reporting, as always. I will donate again this month.",
    "I watched the series twice. The second part is even better than the first.",
    "Congratulations to the lawyers and to the students who found the tape.",
)
"""Each is put around every so many-th text."""
Row = dict[str, Any]
Detect = Callable[[Submission], Iterator[Finding]]
Judged = list[tuple[Row, float]]
"""Texts and their highest scores."""


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def score(text: str, detect: Detect = hate_speech) -> float:
    return max((finding.score for finding in detect(Submission(text))), default=0.0)


def judged(rows: Sequence[Row]) -> Judged:
    return [(row, score(row["text"])) for row in rows]


def shares(found: Judged, held_from: float = HELD_FROM) -> tuple[float, float]:
    """Of the hateful texts those that are held, and of the harmless ones."""
    hateful = [one >= held_from for row, one in found if row["hateful"]]
    harmless = [one >= held_from for row, one in found if not row["hateful"]]
    return sum(hateful) / max(len(hateful), 1), sum(harmless) / max(len(harmless), 1)


def macro_f1(found: Judged) -> float:
    total = 0.0
    for side in (True, False):
        right = sum((one >= HELD_FROM) == row["hateful"] == side for row, one in found)
        said = sum((one >= HELD_FROM) == side for _, one in found)
        true = sum(row["hateful"] == side for row, _ in found)
        total += right / max(said + true, 1)
    return total


def table(title: str, head: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    print(f"\n### {title}\n")
    print("| " + " | ".join(head) + " |")
    print("| --- |" + " ---: |" * (len(head) - 1))
    for line in lines:
        shown = (f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in line)
        print("| " + " | ".join(shown) + " |")


def public(data: Path) -> None:
    files = {
        name: rows_of(data / f"hate/{name}.jsonl")
        for name in ("dynahate_dev", "hatemojibuild_validation", "hatexplain_val")
    }
    edos = rows_of(data / "hate/edos.jsonl")
    files["edos, its dev and test parts"] = [row for row in edos if row.get("split") == "dev"]
    lines = []
    for name, rows in files.items():
        found = judged(rows)
        right = sum((one >= HELD_FROM) == row["hateful"] for row, one in found) / len(found)
        lines.append([name, len(found), right, macro_f1(found), *shares(found)])
    head = ("file", "n", "accuracy", "macro F1", "recall", "harmless flagged")
    table("Public files, at the threshold of this site", head, lines)


def own_kind(data: Path) -> Judged:
    hand = judged(rows_of(corpus.HANDS / "abroad.jsonl"))
    dev = rows_of(data / "domain/hate_dev.jsonl")
    hate_dev = judged([row for row in dev if not row["threat"]])
    others = judged(
        [
            row | {"hateful": False, "group": "none"}
            for name in ("cases_dev", "distress_dev", "spam_dev")
            for row in rows_of(data / f"domain/{name}.jsonl")
        ]
    )
    parts = {"a hand of its own (abroad)": hand, "domain/hate_dev": hate_dev, "the other": others}
    head = ("comments", "n", "recall", "harmless flagged", "recall, surely", "harmless, surely")
    table(
        "Comments of this site's kind, not trained on",
        head,
        [[name, len(p), *shares(p), *shares(p, SURE_FROM)] for name, p in parts.items()],
    )
    found = hand + hate_dev + others
    groups = sorted({row["group"] for row, _ in found})
    lines = []
    for group in groups:
        here = [(row, one) for row, one in found if row["group"] == group]
        recall, flagged = shares(here)
        harmless = sum(not row["hateful"] for row, _ in here)
        has_hate = len(here) > harmless
        lines.append([group, len(here) - harmless, recall if has_hate else "–", harmless, flagged])
    head = ("group", "hateful", "recall", "harmless", "flagged")
    table("By the group attacked or spoken of", head, lines)
    return found


def reliability(found: Judged) -> None:
    """How often comments of a score are hateful, were both kinds equally frequent."""
    hateful = sum(row["hateful"] for row, _ in found)
    weight = {True: 0.5 / hateful, False: 0.5 / (len(found) - hateful)}
    lines, error = [], 0.0
    for low in range(BINS):
        here = [
            (row["hateful"], one) for row, one in found if min(int(one * BINS), BINS - 1) == low
        ]
        total = sum(weight[label] for label, _ in here)
        if not total:
            continue
        mean = sum(weight[label] * one for label, one in here) / total
        share = sum(weight[label] for label, _ in here if label) / total
        error += total * abs(mean - share)
        lines.append([f"{low / BINS:.1f} to {(low + 1) / BINS:.1f}", len(here), mean, share])
    table("Reliability", ("score", "n", "mean score", "share hateful"), lines)
    print(f"\nExpected calibration error: {error:.3f}")


def disguises(found: Judged) -> None:
    """What is left of the recall, and what more is flagged, when texts are disguised."""
    chance = random.Random(SEED)
    kept = [(row, one) for row, one in found if len(row["text"]) < 300]
    kept = chance.sample(kept, min(SAMPLE, len(kept)))
    lines: list[list[object]] = [["as written", *shares(kept)]]
    for noise in dict.fromkeys(corpus.NOISES):
        disguised = judged([row | {"text": noise(row["text"], chance)} for row, _ in kept])
        lines.append([noise.__name__.strip("_"), *shares(disguised)])
    table("Disguises", ("writing", "recall", "harmless flagged"), lines)


def among_praise(found: Judged) -> None:
    """What is left of the recall, and what more is flagged, when praise stands around a text."""
    kept = [row for row, _ in found if len(row["text"]) < 300]
    places: dict[str, Callable[[str, str], str]] = {
        "alone": lambda text, praise: text,
        "praise before it": lambda text, praise: f"{praise} {text}",
        "praise after it": lambda text, praise: f"{text} {praise}",
        "praise on both sides": lambda text, praise: f"{praise} {text} {praise}",
    }
    lines: list[list[object]] = []
    for name, place in places.items():
        rows = [
            row | {"text": place(row["text"], PRAISE[at % len(PRAISE)])}
            for at, row in enumerate(kept)
        ]
        lines.append([name, *shares(judged(rows))])
    table("Hidden among other words", ("writing", "recall", "harmless flagged"), lines)


def threat_table(data: Path) -> None:
    rows = rows_of(data / "domain/hate_dev.jsonl")
    held = {
        kind: [score(r["text"], threats) >= HELD_FROM for r in part]
        for kind, part in (
            ("threats", [r for r in rows if r["threat"]]),
            ("everything else", [r for r in rows if not r["threat"]]),
        )
    }
    table(
        "Threats (rules)",
        ("comments of domain/hate_dev", "n", "held"),
        [[kind, len(part), sum(part)] for kind, part in held.items()],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds hate/ and domain/")
    data = parser.parse_args().data
    public(data)
    found = own_kind(data)
    reliability(found)
    disguises(found)
    among_praise(found)
    threat_table(data)


if __name__ == "__main__":
    main()
