"""Whom somebody with a case can write to, by the state or country of the conviction."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings

from .. import places
from ..models import Organisation
from ..places import Place
from . import guide
from .addresses import page_language
from .reading import Guide, Point, read


@dataclass(frozen=True)
class Recipients:
    """Us or others, the address of each, and what belongs into the letter."""

    place: Place | None
    """None where it is not known."""
    is_ours: bool
    """Whether we look at cases from there; where the place is not known, writing to us is right."""
    address: list[str]
    """Our own, line by line; empty on a site that has not said it."""
    others: list[Organisation] = field(default_factory=list)
    """Who else helps there, those of this very place first."""
    to_send: list[Point] = field(default_factory=list)


def whom_to_write_to(state: str | None = None, *, language: str | None = None) -> Recipients:
    """By a code or a name: "NY", "US-NY", "Ohio", "MX"; none where the state is not known.

    Words that name no place are treated as none. Texts come in ``language``, or in that of the
    page. Four queries with a place, two without.
    """
    place = places.find(state) if state else None
    revision = guide.current()
    if revision:
        return recipients_of(read(revision, language or page_language()), place)
    return Recipients(place, True, list(settings.SITE_POSTAL_ADDRESS), _others(place))


def recipients_of(said: Guide, place: Place | None) -> Recipients:
    """The same for a page that has the guide at hand."""
    is_ours = place is None or said.revision.serves(place)
    return Recipients(place, is_ours, said.address, _others(place), said.send)


def _others(place: Place | None) -> list[Organisation]:
    return Organisation.objects.shown().serving(place) if place else []
