"""The word lists of this detector: files beside this one, read once, when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def entries(name: str) -> tuple[str, ...]:
    """The lines of a list, without its comments."""
    lines = (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, which holds many on a line."""
    return frozenset(word for line in entries(name) for word in line.split())
