"""The list as a CSV file: any spreadsheet's file is read or refused in words."""

from __future__ import annotations

import csv
import io
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.cases import directory, spreadsheet
from articles.models import Organisation
from articles.models.directory import SPOKEN
from articles.places import every_place
from tests.builders import make_organisation

pytestmark = pytest.mark.django_db

HEADER = "name,places,address,website,languages,shown\n"
GOOD = "Clinic,Ohio; KY,P.O. Box 0000,https://clinic.example/,en; Spanish,yes\n"


def plan(text):
    return spreadsheet.plan(text)


def problems(row, header=HEADER):
    (read,) = plan(header + row).rows
    return list(read.problems)


def export():
    return spreadsheet.write(Organisation.objects.with_places())


def cells(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_becomes_an_organisation_by_codes_and_names():
    (row,) = plan(HEADER + GOOD).to_add
    assert row.content == {
        "name": "Clinic",
        "places": ["US-KY", "US-OH"],
        "address": "P.O. Box 0000",
        "website": "https://clinic.example/",
        "languages": ["en", "es"],
        "is_shown": True,
    }
    assert row.line == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-with-mark", "cp1252"]
)
def test_whatever_a_spreadsheet_saves_is_read(encoding, delimiter):
    file = io.StringIO()
    rows = [
        ["Name", "Places", "Address"],
        ["Clínica Peña", "México, US-OH", "Box 1"],
        ["", "", ""],
        ["X", "NY", "Box 2"],
    ]
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    text = file.getvalue()
    if encoding == "utf-16-le-with-mark":
        data = b"\xff\xfe" + text.encode("utf-16-le")
    else:
        data = text.encode(encoding)
    read, notes = spreadsheet.decode(data)
    first, second = plan(read).to_add
    assert first.content["name"] == "Clínica Peña"
    assert first.content["places"] == ["MX", "US-OH"]
    assert second.line == 4
    assert bool(notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\xd0\xcf\x11\xe0rest", "workbook"),
        (b"name,places\x00", "not a text file"),
        (b"\xff\xfea", "cannot read the letters"),
        (b"name\x81,places", "cannot read the letters"),
        (b"x" * 1_000_001, "larger than one megabyte"),
        (b"title,state\nClinic,OH", "name, places is not among them"),
        (b"name,places,name\nA,OH,B", "same title: name"),
        (b"name,places\n", "no organization below it"),
        (b'name,places\n"Clinic,OH\n', "cannot be read"),
        (b'name,places\n"Clinic"x,OH\n', "Line 2 cannot be read"),
        (b"name,places\n" + b"A,OH\n" * 2001, "more than 2000 rows"),
        (b'name,places\n"' + b"A" * 200_000 + b'",OH\n', "cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_why(data, said):
    with pytest.raises(spreadsheet.Unreadable, match=said):
        plan(spreadsheet.decode(data)[0])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Clinic,Narnia,x,,,", "We do not know this state or country: Narnia."),
        ("Clinic,,x,,,", "Please name at least one state or country"),
        (",OH,x,,,", "Name: This field cannot be blank."),
        ("Clinic,OH,,,,", "Please write an address or a website, or both."),
        ("Clinic,OH,x,not a site,,", "Website: Enter a valid URL."),
        ("Clinic,OH,x,javascript:alert(1),,", "Website: Enter a valid URL."),
        ("Clinic,OH,x,,Klingon,", "We do not know this language: klingon."),
        ("Clinic,OH,x,,,maybe", "please write yes or no"),
        (f"{'A' * 161},OH,x,,,", "Name: Ensure this value has at most 160 characters"),
        ("Clinic,OH,x,,,yes,more", "more cells than there are titles"),
    ],
)
def test_what_is_wrong_is_said_in_words_at_its_row(row, said):
    found = plan(HEADER + row)
    assert said in " ".join(found.wrong[0].problems)
    assert not found.can_be_done


def test_several_problems_of_a_row_are_all_said():
    assert len(problems("Clinic,Narnia,x,,Klingon,maybe")) == 3


def test_one_organisation_on_two_lines_is_said_at_the_second():
    found = plan(HEADER + GOOD + GOOD.replace("Clinic", "CLINIC"))
    assert [row.line for row in found.wrong] == [3]
    assert found.wrong[0].problems == ("This organization stands on line 2 as well.",)


def test_a_name_that_is_listed_is_changed_and_a_column_that_is_missing_leaves_what_is_there():
    clinic = make_organisation("Clinic")
    found = plan("name,places,shown\nclinic,OH; KY,no\n")
    (row,) = found.to_change
    assert row.number == clinic.pk
    assert row.content["website"] == clinic.website
    assert [(label, now, then) for label, now, then in row.changes] == [
        ("Name", "Clinic", "clinic"),
        ("States and countries", "Ohio", "Kentucky, Ohio"),
        ("Shown to readers", "yes", "no"),
    ]


def test_a_number_finds_its_organisation_under_a_new_name():
    clinic = make_organisation("Clinic")
    header = "number," + HEADER
    assert plan(f"{header}{clinic.pk},Centre,OH,x,,,\n").to_change[0].number == clinic.pk
    for number in ("999999", "x", "-1", "9" * 30, "٣"):
        assert "No organization here has the number" in problems(
            f"{number},Centre,OH,x,,,\n", header
        )[0]  # fmt: skip
    make_organisation("Other")
    assert problems(f"{clinic.pk},Other,OH,x,,,\n", header) == [
        "Another organization in the list has this name."
    ]


def test_unknown_columns_are_left_out_and_said():
    assert plan("name,places,address,telephone\nA,OH,x,5\n").notes == [
        "These columns are left out: telephone."
    ]


def test_an_address_without_its_scheme_is_one_of_https():
    assert plan(HEADER + "A,OH,,www.clinic.example,,").to_add[0].content["website"] == (
        "https://www.clinic.example"
    )


def test_an_export_comes_back_as_it_went_out():
    make_organisation("Canada", places=["CA"], address="", languages=["en", "fr"])
    make_organisation("Georgia", places=["GE", "US-GA", "001"], is_shown=False)
    make_organisation("Lines", address="One\nTwo, three\n\"Four\"")  # fmt: skip
    found = plan(export())
    assert len(found.same) == 3
    assert not found.can_be_done


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://e.example")', "＝1"]
)
def test_no_cell_of_an_export_is_a_formula(name):
    make_organisation(name, address=name)
    row = cells(export())[1]
    assert not any(cell.startswith(spreadsheet._RISKY) for cell in row)
    assert row[1] == f"'{name}"
    assert plan(export()).same


TEXT = st.text(st.sampled_from(string.printable + "'=+-@;, é\"ñ＝"), max_size=30)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=TEXT.map(lambda text: " ".join(text.split())).filter(bool),
    address=TEXT.map(lambda text: "\n".join(spreadsheet._lines_of(text))),
    codes=st.sets(st.sampled_from(sorted(every_place())), min_size=1, max_size=4),
    languages=st.lists(st.sampled_from(SPOKEN), unique=True, max_size=3),
    shown=st.booleans(),
)
def test_whatever_an_entry_says_survives_a_spreadsheet(name, address, codes, languages, shown):
    Organisation.objects.all().delete()
    content = {
        "name": name,
        "places": sorted(codes),
        "address": address,
        "website": "https://clinic.example/",
        "languages": languages,
        "is_shown": shown,
    }
    directory.add(content, by=None)
    text = export()
    assert plan(text).same
    assert not any(cell.startswith(spreadsheet._RISKY) for cell in cells(text)[1])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_file_at_all_breaks_the_reading(data):
    for content in (data, HEADER.encode() + data):
        try:
            plan(spreadsheet.decode(content)[0])
        except spreadsheet.Unreadable as why:
            assert str(why)  # noqa: PT017 - either answer is right


def test_a_plan_is_another_one_when_the_list_has_changed():
    first = plan(HEADER + GOOD).digest
    assert plan(HEADER + GOOD).digest == first
    make_organisation("Clinic")
    assert plan(HEADER + GOOD).digest != first
