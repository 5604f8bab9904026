# ruff: noqa: T201 - its output is what it prints
"""What the shipped hate-speech and threat detectors do on the development files, as a table.

python training/evaluate_hate.py DATA_DIR  (DATA_DIR holds ``hate/`` and ``domain/``)
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from comments.screening.detectors.hate import hate_speech, threats  # noqa: E402
from comments.screening.types import Finding, Submission  # noqa: E402

HELD_FROM = 0.5
Row = dict[str, Any]
Detect = Callable[[Submission], Iterator[Finding]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds hate/ and domain/")
    data = parser.parse_args().data
    for name in ("dynahate_dev", "hatemojibuild_validation", "hatexplain_val"):
        rows = rows_of(data / f"hate/{name}.jsonl")
        print(f"{name}: {agreement([(row['hateful'], held(row, hate_speech)) for row in rows])}")
    hate = rows_of(data / "domain/hate_dev.jsonl")
    harmless = [row for row in hate if not row["hateful"] and not row["threat"]]
    others = [
        row
        for name in ("cases_dev", "distress_dev", "spam_dev")
        for row in rows_of(data / f"domain/{name}.jsonl")
    ]
    for detect in (hate_speech, threats):
        print(f"{detect.__name__}, in-domain:")
        print(f"  hateful held     {share([r for r in hate if r['hateful']], detect)}")
        print(f"  threats held     {share([r for r in hate if r['threat']], detect)}")
        print(f"  harmless flagged {share(harmless, detect)}")
        print(f"  other comments flagged {share(others, detect)}")
    print(f"harmless flagged by group: {by_group(harmless)}")
    for words in (60, 350):
        print(f"{words} words: {milliseconds(words, hate):.2f} ms")


def rows_of(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def held(row: Row, detect: Detect) -> bool:
    return any(finding.score >= HELD_FROM for finding in detect(Submission(row["text"])))


def agreement(pairs: list[tuple[bool, bool]]) -> str:
    """Accuracy, macro F1, and the two shares a moderator feels."""
    count = Counter(pairs)
    hits, misses = count[True, True], count[True, False]
    alarms, passes = count[False, True], count[False, False]
    hateful = 2 * hits / max(2 * hits + misses + alarms, 1)
    not_hateful = 2 * passes / max(2 * passes + misses + alarms, 1)
    return (
        f"accuracy {(hits + passes) / len(pairs):.3f}, macro F1 {(hateful + not_hateful) / 2:.3f}, "
        f"recall {hits / max(hits + misses, 1):.3f}, flagged {alarms / max(alarms + passes, 1):.3f}"
    )


def share(rows: list[Row], detect: Detect) -> str:
    return f"{sum(held(row, detect) for row in rows)} of {len(rows)}"


def by_group(rows: list[Row]) -> str:
    total = Counter(row["group"] for row in rows)
    flagged = Counter(row["group"] for row in rows if held(row, hate_speech) or held(row, threats))
    return ", ".join(f"{group} {flagged[group]}/{total[group]}" for group in sorted(total))


def milliseconds(words: int, rows: list[Row]) -> float:
    """Processor time of both detectors for a text of that length, mean over different texts."""
    flow = " ".join(row["text"] for row in rows).split()
    texts = [" ".join(flow[at : at + words]) for at in range(0, len(flow) - words, words)]
    started = time.process_time()
    for text in texts:
        for detect in (hate_speech, threats):
            list(detect(Submission(text)))
    return 1000 * (time.process_time() - started) / len(texts)


if __name__ == "__main__":
    main()
