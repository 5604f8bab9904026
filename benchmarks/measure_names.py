"""Print how many names of each cultural group are found, in private and in plain sentences.

Usage: python benchmarks/measure_names.py [--missed]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from comments.screening.detectors.pii import personal_information
from comments.screening.types import FindingType, Submission

HERE = Path(__file__).parent
HOLDS = 0.5
PRIVATE = (
    "My cousin {} has been inside for twenty years.",
    "A witness named {} saw the whole thing.",
    "{} lied on the stand and everybody knows it.",
    "Write to {}, he loves letters.",
)
PLAIN = (
    "I went to school with {} in the eighties.",
    "Then {} came to the door that night.",
)
LOWER = ("the one who saw it was {} from the store",)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missed", action="store_true", help="list what is not found")
    print_groups(list_missed=parser.parse_args().missed)


def print_groups(*, list_missed: bool = False) -> None:
    print("\n### Names by cultural group\n")
    print("| group | n | private context | none | small letters |")
    print("| --- | ---: | ---: | ---: | ---: |")
    totals: list[tuple[int, int]] = [(0, 0)] * 3
    count = 0
    for group, names in groups():
        shares = []
        for column, sentences in enumerate((PRIVATE, PLAIN, LOWER)):
            asked = [(line, name) for line in sentences for name in names]
            if sentences is LOWER:
                asked = [(line, name.lower()) for line, name in asked]
            hits = [is_found(line, name) for line, name in asked]
            if list_missed and sentences is not LOWER:
                missed = {name for (_, name), hit in zip(asked, hits, strict=True) if not hit}
                print(f"{group}: {sorted(missed)}", file=sys.stderr)
            shares.append(f"{sum(hits) / len(hits):.2f}")
            done, of = totals[column]
            totals[column] = (done + sum(hits), of + len(hits))
        count += len(names)
        print(f"| {group} | {len(names)} | {' | '.join(shares)} |")
    print(f"| all | {count} | {' | '.join(f'{done / of:.2f}' for done, of in totals)} |")


def groups() -> Iterator[tuple[str, list[str]]]:
    for line in (HERE / "names_by_group.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            group, _, names = line.partition(": ")
            yield group, names.split("; ")


def is_found(sentence: str, name: str) -> bool:
    """Whether the whole name is covered by one finding that holds the comment."""
    text = sentence.format(name)
    start = text.index(name)
    return any(
        finding.type is FindingType.PERSON_PRIVATE
        and finding.score >= HOLDS
        and finding.start <= start
        and finding.end >= start + len(name)
        for finding in personal_information(Submission(text))
    )


if __name__ == "__main__":
    main()
