"""The desk of the list of other organisations: one by one, by a file, and back."""

from __future__ import annotations

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.cases import spreadsheet
from articles.models import DirectoryChange, Organisation
from tests.builders import make_organisation

pytestmark = pytest.mark.django_db

HEADER = "name,places,address,website,languages,shown\n"


def read(response, status=200):
    assert response.status_code == status
    return html.unescape(response.content.decode())


def latest_change() -> DirectoryChange:
    return DirectoryChange.objects.all()[0]


def organisation_form(client, pk, **changed):
    page = read(client.get(f"/desk/organizations/{pk}/"))
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    one = Organisation.objects.get(pk=pk)
    said = {
        "name": one.name,
        "places": ", ".join(map(str, one.places)),
        "address": one.address.replace("\n", "\r\n"),
        "website": one.website,
        "languages": one.languages,
        "is_shown": "on",
        "seen": seen,
    }
    return said | changed


def test_an_organisation_is_added_changed_and_taken_off_and_all_of_it_undone(editor_client):
    data = {"name": "Clinic", "places": "Ohio; KY", "website": "clinic.example", "is_shown": "on"}
    assert editor_client.post("/desk/organizations/new/", data).status_code == 302
    clinic = Organisation.objects.get()
    assert (clinic.codes, clinic.website) == (["US-KY", "US-OH"], "https://clinic.example")
    changed = organisation_form(editor_client, clinic.pk, name="Centre", languages=["es"])
    assert editor_client.post(f"/desk/organizations/{clinic.pk}/", changed).status_code == 302
    page = read(editor_client.get(f"/desk/organizations/{clinic.pk}/"))
    assert "<del>Clinic</del>" in page
    assert "<ins>Centre</ins>" in page
    answer = editor_client.post(f"/desk/organizations/{clinic.pk}/remove/", follow=True)
    assert "“Centre” is off the list." in read(answer)
    for _step in range(2):
        entry = DirectoryChange.objects.filter(undone_by=None).exclude(action="undone")[0]
        answer = editor_client.post(f"/desk/organizations/undo/{entry.pk}/", follow=True)
        assert "Undone." in read(answer)
    assert Organisation.objects.get().name == "Clinic"
    again = editor_client.post(f"/desk/organizations/undo/{entry.pk}/", follow=True)
    assert "has been undone already" in read(again)


def test_saving_without_a_change_leaves_no_entry(editor_client):
    clinic = make_organisation(languages=["en", "es"])
    data = organisation_form(editor_client, clinic.pk)
    assert editor_client.post(f"/desk/organizations/{clinic.pk}/", data).status_code == 302
    assert DirectoryChange.objects.count() == 1


def test_what_is_wrong_with_an_entry_is_said_at_its_field(editor_client):
    make_organisation("Clinic")
    data = {"name": "CLINIC", "places": "Narnia", "website": "no site", "languages": ["xx"]}
    page = read(editor_client.post("/desk/organizations/new/", data), 422)
    for said in ("We do not know this state or country: Narnia.", "Enter a valid URL."):
        assert said in page
    page = read(editor_client.post("/desk/organizations/new/", {"name": "X", "places": "OH"}), 422)
    assert "Please write an address or a website, or both." in page
    data = {"name": "clinic", "places": "OH", "address": "x"}
    page = read(editor_client.post("/desk/organizations/new/", data), 422)
    assert "An organization of this name is in the list already." in page


def test_an_entry_that_somebody_changed_meanwhile_is_not_overwritten_unseen(editor_client):
    clinic = make_organisation("Clinic")
    mine = organisation_form(editor_client, clinic.pk, name="Mine")
    theirs = organisation_form(editor_client, clinic.pk, name="Theirs")
    editor_client.post(f"/desk/organizations/{clinic.pk}/", theirs)
    page = read(editor_client.post(f"/desk/organizations/{clinic.pk}/", mine), 422)
    assert "Somebody has changed this entry meanwhile." in page
    assert "Name: Theirs" in page
    (seen,) = re.findall(r'name="seen" value="(\w+)"', page)
    again = mine | {"seen": seen}
    assert editor_client.post(f"/desk/organizations/{clinic.pk}/", again).status_code == 302
    assert Organisation.objects.get().name == "Mine"


def upload(client, text, name="list.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post("/desk/organizations/import/", {"file": SimpleUploadedFile(name, data)})


def hidden(page):
    return {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    }


def test_an_import_shows_what_it_would_do_then_does_it_and_can_be_undone(editor_client):
    make_organisation("Clinic")
    text = HEADER + 'clinic,"OH, KY",Box 1,,es,yes\nNew,MX,"Calle ""1""\nCiudad",,,no\n'
    answer = upload(editor_client, text)
    page = read(answer)
    assert "To add: 1. To change: 1. Already so: 0. With a problem: 0." in page
    assert "<ins>Kentucky, Ohio</ins>" in page
    assert Organisation.objects.count() == 1
    fields = hidden(answer.content.decode())
    done = read(editor_client.post("/desk/organizations/import/", fields, follow=True))
    assert "Imported: 1 added, 1 changed." in done
    new = Organisation.objects.get(name="New")
    assert (new.address, new.is_shown) == ('Calle "1"\nCiudad', False)
    entry = latest_change()
    editor_client.post(f"/desk/organizations/undo/{entry.pk}/")
    assert [one.name for one in Organisation.objects.all()] == ["Clinic"]


def test_one_wrong_row_stops_all_of_it_and_is_told_beside_it(editor_client):
    answer = upload(editor_client, HEADER + "Good,OH,x,,,\nBad,Narnia,x,,,\n")
    page = read(answer, 422)
    assert "Nothing has been imported" in page
    row = page.partition("<td>3</td>")[2].partition("</tr>")[0]
    assert "We do not know this state or country: Narnia." in row
    assert "digest" not in hidden(answer.content.decode())
    assert not Organisation.objects.exists()


def test_a_list_that_changed_between_looking_and_doing_is_looked_at_again(editor_client):
    fields = hidden(upload(editor_client, HEADER + "Clinic,OH,x,,,\n").content.decode())
    make_organisation("Clinic")
    answer = editor_client.post("/desk/organizations/import/", fields)
    page = read(answer, 409)
    assert "The list has changed since you looked at this." in page
    assert "To change: 1" in page
    fields = hidden(answer.content.decode())
    assert editor_client.post("/desk/organizations/import/", fields).status_code == 302
    assert Organisation.objects.get().address == "x"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04", "This is a workbook."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This is not a text file."),
        (b"name;places\n" + b"x" * spreadsheet.MAX_BYTES, "larger than one megabyte"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(editor_client, data, said):
    assert said in read(upload(editor_client, data), 422)


def test_no_file_and_a_made_up_text_are_refused_in_words(editor_client):
    page = read(editor_client.post("/desk/organizations/import/", {}), 422)
    assert "Please choose a file." in page
    for fields in ({"text": ""}, {"text": HEADER + "A,OH,x,,,\n", "digest": "x"}):
        answer = editor_client.post("/desk/organizations/import/", fields, follow=True)
        assert answer.status_code in {200, 409}
    assert not Organisation.objects.exists()


def test_an_export_is_a_file_that_comes_back_the_same(editor_client):
    make_organisation('=HYPERLINK("x")', languages=["en", "ht"])
    answer = editor_client.get("/desk/organizations/export/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="organizations.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbfnumber,name,places")
    assert "Already so: 1." in read(upload(editor_client, answer.content))


def test_who_may_write_may_look_and_not_change(writer_client):
    clinic = make_organisation()
    assert "New organization" not in read(writer_client.get("/desk/organizations/"))
    assert writer_client.get("/desk/organizations/export/").status_code == 200
    for address in (
        f"/desk/organizations/{clinic.pk}/",
        f"/desk/organizations/{clinic.pk}/remove/",
        "/desk/organizations/new/",
        "/desk/organizations/import/",
        f"/desk/organizations/undo/{latest_change().pk}/",
    ):
        assert writer_client.post(address).status_code == 403, address


@pytest.mark.parametrize("number", [1, 25])
def test_the_desk_asks_a_fixed_number_of_questions(
    editor_client, number, django_assert_num_queries
):
    for one in range(number):
        make_organisation(f"Clinic {one}", places=["US-OH", "US-KY"])
    for address in ("/desk/organizations/", "/desk/organizations/history/"):
        with django_assert_num_queries(8):
            editor_client.get(address)
