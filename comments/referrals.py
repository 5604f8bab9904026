"""Who else helps with a case in a state, from the list of organisations that staff keep."""

from __future__ import annotations

from articles import places
from articles.models import Organisation


def states() -> list[tuple[str, str]]:
    """Codes and names to choose from, in the language of the page."""
    return [(place.code, str(place)) for place in places.states()]


def whom_to_write_to(state: str) -> str:
    """Names and addresses as they stand in a letter; empty where we know of nobody."""
    place = places.find(state) if state else None
    found = Organisation.objects.shown().serving(place) if place else []
    return "\n\n".join(
        "\n".join(filter(None, [one.name, *one.address_lines, one.website])) for one in found
    )
