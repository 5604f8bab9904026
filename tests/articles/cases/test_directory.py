"""The list of other organisations: every change is kept and can be undone, all of it or nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.cases import directory
from articles.models import DirectoryChange, DirectoryLine, Organisation, OrganisationPlace
from articles.places import every_place
from tests.builders import make_organisation

pytestmark = pytest.mark.django_db


def names():
    return sorted(Organisation.objects.values_list("name", flat=True))


def stands(organisation):
    return Organisation.objects.with_places().get(pk=organisation.pk).content()


def newest() -> DirectoryChange:
    return DirectoryChange.objects.all()[0]


def test_adding_and_changing_say_who_and_what(editor):
    clinic = make_organisation("Clinic")
    before = stands(clinic)
    directory.change(clinic, before | {"name": "Centre", "places": ["MX", "US-KY"]}, by=editor)
    entry = newest()
    assert (entry.action, entry.by) == ("changed", editor)
    line = entry.lines.get()
    assert (line.number, line.before) == (clinic.pk, before)
    assert line.after == before | {"name": "Centre", "places": ["MX", "US-KY"]}
    assert stands(clinic) == line.after


def test_saying_the_same_leaves_no_entry(editor):
    clinic = make_organisation()
    directory.change(clinic, stands(clinic), by=editor)
    assert DirectoryChange.objects.count() == 1


def test_undoing_puts_back_what_stood_before_and_can_be_undone(editor):
    clinic = make_organisation("Clinic")
    before = stands(clinic)
    directory.change(clinic, before | {"website": "", "places": ["MX"]}, by=editor)
    changed = stands(clinic)
    undoing = directory.undo(newest(), by=editor)
    assert stands(clinic) == before
    assert (undoing.action, undoing.undoes) == ("undone", DirectoryChange.objects.all()[1])
    directory.undo(undoing, by=editor)
    assert stands(clinic) == changed


def test_what_was_taken_off_comes_back_under_its_old_number(editor):
    clinic = make_organisation("Clinic")
    before = stands(clinic)
    removal = directory.remove(clinic, by=editor)
    assert names() == []
    assert not OrganisationPlace.objects.exists()
    directory.undo(removal, by=editor)
    assert stands(Organisation(pk=removal.lines.get().number)) == before
    assert names() == ["Clinic"]


def test_a_change_that_something_newer_builds_on_is_not_undone_first(editor):
    clinic = make_organisation("Clinic")
    adding = newest()
    directory.change(clinic, stands(clinic) | {"website": ""}, by=editor)
    with pytest.raises(directory.NotPossible, match="Clinic"):
        directory.undo(adding, by=editor)
    changing = newest()
    directory.undo(changing, by=editor)
    with pytest.raises(directory.NotPossible, match="already"):
        directory.undo(changing, by=editor)


def test_an_import_is_undone_as_a_whole_or_not_at_all(editor):
    kept = make_organisation("Kept")
    content = stands(kept)
    change = directory.bring_in(
        [(kept.pk, content | {"website": ""}), (None, content | {"name": "New"})], by=editor
    )
    added = Organisation.objects.get(name="New")
    directory.change(added, stands(added) | {"is_shown": False}, by=editor)
    with pytest.raises(directory.NotPossible, match="New"):
        directory.undo(change, by=editor)
    assert stands(kept)["website"] == ""
    directory.undo(newest(), by=editor)
    directory.undo(change, by=editor)
    assert names() == ["Kept"]
    assert stands(kept) == content


def test_a_name_that_somebody_else_has_by_now_is_no_crash(editor):
    clinic = make_organisation("Clinic")
    removal = directory.remove(clinic, by=editor)
    make_organisation("clinic")
    with pytest.raises(directory.NotPossible):
        directory.undo(removal, by=editor)
    assert names() == ["clinic"]
    assert DirectoryChange.objects.filter(action="undone").count() == 0


def test_nothing_of_a_failing_import_stays(editor):
    content = stands(make_organisation("Kept"))
    rows = [(None, content | {"name": "New"}), (None, content | {"name": "kept"})]
    with pytest.raises(ValidationError):
        directory.bring_in(rows, by=editor)
    assert names() == ["Kept"]
    assert DirectoryLine.objects.count() == 1


def test_the_database_refuses_one_that_nobody_can_reach_and_one_name_twice():
    make_organisation("Clinic")
    for values in ({"name": "CLINIC", "address": "x"}, {"name": "Nowhere"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organisation.objects.create(**values)


def test_the_nearest_are_those_of_the_place_then_of_the_country_then_of_the_world():
    for name, places in [("W", ["001"]), ("N", ["US"]), ("O", ["US-OH"]), ("P", ["US-OH", "MX"])]:
        make_organisation(name, places=places)
    listed = list(Organisation.objects.shown())

    def nearest(code):
        return [one.name for one in directory.nearest(listed, every_place()[code])]

    assert nearest("US-OH") == ["O", "P"]
    assert nearest("US-TX") == ["N"]
    assert nearest("FR") == ["W"]
