"""Measure what the encoder costs: time for a comment, time to explain, memory, time to load.

Usage: python benchmarks/measure_encoder.py DATA_DIR
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from comments.screening import Submission, encoder, screen
from comments.screening.detectors.hate import carrying_words, hate_speech

LENGTHS = (10, 60, 350)
TEXTS = 60
RESIDENT = """
import sys
sys.path.insert(0, ".")
from pathlib import Path
def resident():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
from comments.screening import Submission, encoder, screen
before = resident()
encoder.logits(["Warm."])
loaded = resident()
for number in range(60):
    screen(Submission(" ".join(f"word{(number * at) % 977}" for at in range(350))))
print(before, loaded, resident())
"""


def texts(data: Path, words: int) -> list[str]:
    """Different texts of that many words, cut from the harmless comments of this site's kind."""
    lines = (data / "domain/hate_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    flow = " ".join(r["text"] for r in rows if not r["hateful"] and not r["threat"]).split()
    starts = range(0, len(flow) - words, max(1, (len(flow) - words) // TEXTS))
    return [" ".join(flow[at : at + words]) for at in starts][:TEXTS]


def milliseconds(work: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    taken = []
    for text in asked:
        encoder.passages.cache_clear()
        started = time.perf_counter()
        work(text)
        taken.append(1000 * (time.perf_counter() - started))
    return sorted(taken)


def row(name: str, taken: Sequence[float]) -> None:
    p95 = taken[int(0.95 * (len(taken) - 1))]
    print(f"| {name} | {statistics.median(taken):.1f} | {p95:.1f} | {taken[-1]:.1f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds domain/")
    data = parser.parse_args().data
    started = time.perf_counter()
    encoder.load(encoder.HERE)
    print(f"Loading and verifying: {1000 * (time.perf_counter() - started):.0f} ms\n")

    print("| milliseconds on one thread | median | 95th percentile | worst |")
    print("| --- | ---: | ---: | ---: |")
    for words in LENGTHS:
        asked = texts(data, words)
        milliseconds(lambda text: list(hate_speech(Submission(text))), asked[:5])
        row(
            f"hate speech, {words} words",
            milliseconds(lambda text: list(hate_speech(Submission(text))), asked),
        )
    for words in LENGTHS:
        row(
            f"whole screening, {words} words",
            milliseconds(lambda text: screen(Submission(text)), texts(data, words)),
        )
    row(
        "words that carry a score, 60 words",
        milliseconds(lambda text: carrying_words(text, 0, len(text)), texts(data, 60)),
    )

    root = Path(__file__).resolve().parent.parent
    answer = subprocess.run(
        [sys.executable, "-c", RESIDENT], cwd=root, capture_output=True, text=True, check=True
    )
    before, loaded, after = map(float, answer.stdout.split())
    print(
        f"\nResident memory: {before:.0f} MB before, {loaded:.0f} MB with the network, "
        f"{after:.0f} MB after sixty comments of 350 words: {after - before:.0f} MB more."
    )


if __name__ == "__main__":
    main()
