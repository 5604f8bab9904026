"""Who helps with a case in a state or country where somebody other than us does.

A directory of other organisations joins here. While there is none, nobody is asked for a state,
and a letter leaves the paragraph out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Directory:
    """Where the house keeps the addresses of others."""

    states: Callable[[], list[tuple[str, str]]]
    """Codes and names of the states and countries to choose from, in the page's language."""
    whom_to_write_to: Callable[[str, str], list[list[str]]]
    """By the code of a state and a language: organisations, each line by line."""


directory: Directory | None = None


def states() -> list[tuple[str, str]]:
    """What a moderator can choose from; nothing while there is no directory."""
    return directory.states() if directory else []


def whom_to_write_to(state: str, language: str) -> str:
    """Names and addresses as they stand in a letter; empty where we know of nobody."""
    if not directory or not state:
        return ""
    organisations = directory.whom_to_write_to(state, language)
    return "\n\n".join("\n".join(lines) for lines in organisations if lines)
