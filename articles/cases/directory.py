"""The only writer of the list of other organisations. Every change is kept, and can be undone.

Undoing puts back what stood before, for every organisation that the change touched, or for none
of them: where one has been changed again since, the newer change has to be undone first. Undoing
is a change like any other, so it can be undone as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..models import DirectoryChange, DirectoryLine, Organisation, OrganisationPlace
from ..places import Place

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Content = dict[str, Any]
Action = DirectoryChange.Action


class NotPossible(Exception):
    """The list is in no state for this; the message says so to the person at the desk."""


def nearest(organisations: Iterable[Organisation], place: Place) -> list[Organisation]:
    """Who serves this very place; where nobody does, the country, then the world."""
    listed = list(organisations)
    for code in place.wider:
        found = [one for one in listed if code in one.codes]
        if found:
            return found
    return []


@transaction.atomic
def add(content: Content, *, by: User | None) -> Organisation:
    number, line = _write(None, content)
    _record(Action.ADDED, [line], by=by)
    return Organisation.objects.get(pk=number)


@transaction.atomic
def change(organisation: Organisation, content: Content, *, by: User | None) -> None:
    """Say all of this about an organisation; what is said already leaves no entry behind."""
    if _held([organisation.pk])[organisation.pk].content() == content:
        return
    _number, line = _write(organisation.pk, content)
    _record(Action.CHANGED, [line], by=by)


@transaction.atomic
def remove(organisation: Organisation, *, by: User | None) -> DirectoryChange:
    """Take it off the list; its history keeps what was said, so it can be put back."""
    _number, line = _write(organisation.pk, None)
    return _record(Action.REMOVED, [line], by=by)


@transaction.atomic
def bring_in(rows: Iterable[tuple[int | None, Content]], *, by: User | None) -> DirectoryChange:
    """An import: each row is new, or says all about the organisation of its number."""
    lines = [_write(number, content)[1] for number, content in rows]
    return _record(Action.IMPORTED, lines, by=by)


@transaction.atomic
def undo(entry: DirectoryChange, *, by: User | None) -> DirectoryChange:
    """Put back what stood before this change."""
    entry = DirectoryChange.objects.select_for_update().get(pk=entry.pk)
    if hasattr(entry, "undone_by"):
        raise NotPossible(_("This change has been undone already."))
    lines = list(entry.lines.all())
    now = _held([line.number for line in lines])
    for line in lines:
        stands = now[line.number].content() if line.number in now else None
        if stands != line.after:
            raise NotPossible(
                _("“%(name)s” has been changed again since. Undo the newer change first.")
                % {"name": line.name}
            )
    try:
        # From the last to the first: a name that one row gave up may be another row's by now.
        undone = [_write(line.number, line.before)[1] for line in reversed(lines)]
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
    return _record(Action.UNDONE, undone, by=by, undoes=entry)


def _held(numbers: list[int]) -> dict[int, Organisation]:
    """As they are now, held until the transaction ends."""
    held = Organisation.objects.select_for_update().filter(pk__in=numbers).with_places()
    return {one.pk: one for one in held}


def _write(number: int | None, content: Content | None) -> tuple[int, DirectoryLine]:
    """Make one organisation say this, or be gone; the line says what changed."""
    before = None
    organisation = Organisation(pk=number)
    if number is not None and (held := _held([number]).get(number)):
        before, organisation = held.content(), held
    name = (content or before or {}).get("name", "")
    if content is None:
        gone = organisation.pk
        organisation.delete()
        return gone, DirectoryLine(number=gone, name=name, before=before, after=None)
    for field, value in content.items():
        if field != "places":
            setattr(organisation, field, value)
    organisation.full_clean(validate_unique=False)
    organisation.save(force_insert=before is None)
    wanted = set(content["places"])
    organisation.serves.exclude(place__in=wanted).delete()
    there = set(organisation.serves.values_list("place", flat=True))
    OrganisationPlace.objects.bulk_create(
        OrganisationPlace(organisation=organisation, place=place)
        for place in sorted(wanted - there)
    )
    after = Organisation.objects.with_places().get(pk=organisation.pk).content()
    return organisation.pk, DirectoryLine(
        number=organisation.pk, name=name, before=before, after=after
    )


def _record(
    action: Action,
    lines: list[DirectoryLine],
    *,
    by: User | None,
    undoes: DirectoryChange | None = None,
) -> DirectoryChange:
    entry = DirectoryChange.objects.create(action=action, by=by, undoes=undoes)
    for line in lines:
        line.change = entry
    DirectoryLine.objects.bulk_create(lines)
    return entry
