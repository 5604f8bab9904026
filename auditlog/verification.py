"""Walks the chain from its first link to its last and says what is broken, and where."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import Exists, OuterRef

from . import chain, guard
from .models import Entry, Link

_BATCH = 1000


def faults() -> Iterator[str]:
    """One plain sentence for each thing that is not as it was written."""
    yield from _broken_links()
    for model in guard.logs():
        kind = model._meta.label_lower
        linked = Link.objects.filter(kind=kind, entry=OuterRef("pk"))
        for pk in model._default_manager.filter(~Exists(linked)).values_list("pk", flat=True):
            yield f"{kind} {pk}: stands in the table, but was never written to the log."
    for trigger in guard.missing():
        yield f"{trigger}: this trigger is missing, so rows could be changed. Run migrate."


def _broken_links() -> Iterator[str]:
    before: Link | None = None
    links = Link.objects.order_by("pk").iterator(chunk_size=_BATCH)
    while batch := list(islice(links, _BATCH)):
        entries = _entries(batch)
        for link in batch:
            if link.previous != (before.digest if before else ""):
                after = f"follow {before}" if before else "begin the log"
                yield f"{link}: does not {after}; what stood between was taken out or changed."
            entry = entries.get((link.kind, link.entry))
            if entry is None:
                yield f"{link}: deleted."
            elif chain.digest(entry, previous=link.previous) != link.digest:
                yield f"{link}: does not say any more what was written."
            before = link


def _entries(links: list[Link]) -> dict[tuple[str, int], Entry]:
    found: dict[tuple[str, int], Entry] = {}
    for model in guard.logs():
        kind = model._meta.label_lower
        rows = model._default_manager.in_bulk([link.entry for link in links if link.kind == kind])
        found |= {(kind, pk): row for pk, row in rows.items()}
    return found
