"""The desk of how we consider cases: part by part, published, brought back."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest

from articles.cases import guide
from articles.models import GuideRevision

pytestmark = pytest.mark.django_db


def read(response, status=200):
    assert response.status_code == status
    return html.unescape(response.content.decode())


def newest() -> GuideRevision:
    found = guide.newest()
    assert found is not None
    return found


def form_of(part, **changed):
    """The fields of a part's page as a browser sends them back."""
    base = newest()
    said = guide.content(base, part)
    points = said.pop("points", None)
    data: dict[str, Any] = {"base": base.pk, **{name: value or "" for name, value in said.items()}}
    if points is not None:
        data |= {"form-TOTAL_FORMS": len(points) + 2, "form-INITIAL_FORMS": len(points)}
        for number in range(len(points) + 2):
            point = points[number] if number < len(points) else {"lines": 3}
            data |= {f"form-{number}-{name}": value for name, value in point.items()}
            data[f"form-{number}-ORDER"] = number + 1 if number < len(points) else ""
    return data | changed


def titles():
    return [point["title_en"] for point in guide.content(newest(), "can")["points"]]


@pytest.mark.parametrize("part", guide.Part.values)
def test_saving_a_part_as_it_stands_changes_nothing(editor_client, part):
    address = f"/desk/cases/{part}/"
    assert editor_client.get(address).status_code == 200
    answer = editor_client.post(address, form_of(part), follow=True)
    assert "There was nothing to change." in read(answer)
    assert GuideRevision.objects.count() == 1


def test_a_point_is_changed_added_moved_and_taken_out(editor_client, editor, client):
    _first, second, _third, fourth = titles()
    data = form_of("can") | {
        "form-0-title_en": "Zither",
        "form-1-ORDER": "9",
        "form-2-DELETE": "on",
        "form-4-title_en": "Marimba",
        "form-4-text_en": "A new sentence.",
        "form-4-ORDER": "2",
    }
    answer = editor_client.post("/desk/cases/can/", data, follow=True)
    page = read(answer)
    assert titles() == ["Zither", "Marimba", fourth, second]
    assert "Readers do not see it before you publish." in page
    assert "There are changes that readers do not see yet." in page
    assert "not published yet" in page
    assert "a translation is missing" in page
    assert newest().saved_by == editor
    assert "Zither" not in client.get("/how-we-consider-cases/").content.decode()

    page = read(editor_client.post(f"/desk/cases/{newest().pk}/publish/", follow=True))
    assert "Published." in page
    assert "Zither" in client.get("/how-we-consider-cases/").content.decode()


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(editor_client):
    data = form_of("can") | {"form-0-title_en": "", "form-1-title_es": "", "form-4-text_en": "Half"}
    page = read(editor_client.post("/desk/cases/can/", data), 422)
    for name in ("form-0-title_en", "form-1-title_es", "form-4-title_en"):
        assert f'id="id_{name}_error"' in page
    assert "Half" in page
    assert GuideRevision.objects.count() == 1


def test_somebody_who_saved_the_same_part_first_is_not_overwritten_unseen(editor_client, editor):
    stale = form_of("can") | {"form-0-title_en": "Mine"}
    other = form_of("can") | {"form-0-title_en": "Theirs"}
    editor_client.post("/desk/cases/can/", other)
    page = read(editor_client.post("/desk/cases/can/", stale), 409)
    assert "Somebody has saved a newer text meanwhile" in page
    assert "Mine" in page
    assert titles()[0] == "Theirs"
    (base,) = re.findall(r'name="base" value="(\d+)"', page)
    assert editor_client.post("/desk/cases/can/", stale | {"base": base}).status_code == 302
    assert titles()[0] == "Mine"


def test_places_are_written_in_words(editor_client):
    page = read(editor_client.post("/desk/cases/places/", form_of("places", places="Narnia")), 422)
    assert "We do not know this state or country: Narnia." in page
    assert "Narnia" in page
    editor_client.post("/desk/cases/places/", form_of("places", places="Ohio\nNJ, México"))
    assert newest().places == ["MX", "US-NJ", "US-OH"]
    assert "New Jersey, Ohio, Mexico" in read(editor_client.get("/desk/cases/places/"))


def test_what_the_questions_ask_for_is_ticked(editor_client):
    data = form_of("check")
    data.pop("needs_appeal_over")
    editor_client.post("/desk/cases/check/", data | {"needs_prison": "on"})
    saved = newest()
    assert (saved.needs_appeal_over, saved.needs_prison) == (False, True)


def test_words_that_read_like_a_promise_are_pointed_out_and_not_forbidden(editor_client):
    data = form_of("can") | {"form-0-text_en": "You qualify, and we guarantee an answer."}
    page = read(editor_client.post("/desk/cases/can/", data, follow=True))
    assert page.count("These words read like a promise") == 2
    assert "“guarantee”" in page
    assert newest().part == "can"


def test_the_history_shows_who_and_when_and_brings_an_older_state_back(editor_client):
    editor_client.post("/desk/cases/can/", form_of("can") | {"form-0-title_en": "Zither"})
    page = read(editor_client.get("/desk/cases/history/"))
    assert "As it came with the installation" in page
    assert "editor" in page
    older, newer = GuideRevision.objects.order_by("pk")
    shown = read(editor_client.get(f"/desk/cases/{newer.pk}/"))
    assert re.search(r"<ins>Zither</ins>", shown)
    assert "La persona no lo hizo" in read(
        editor_client.get(f"/desk/cases/{newer.pk}/?language=es")
    )
    assert editor_client.get(f"/desk/cases/{newer.pk}/?language=fr").status_code == 404
    editor_client.post(f"/desk/cases/{older.pk}/bring-back/")
    assert titles()[0] == "The person did not do it"
    assert GuideRevision.objects.count() == 3


def test_publishing_what_is_not_the_newest_is_refused_in_words(editor_client, editor):
    editor_client.post("/desk/cases/can/", form_of("can") | {"form-0-title_en": "One"})
    first = newest()
    editor_client.post("/desk/cases/can/", form_of("can") | {"form-0-title_en": "Two"})
    page = read(editor_client.post(f"/desk/cases/{first.pk}/publish/", follow=True))
    assert "Please read it before you publish." in page
    assert not newest().is_published


def test_who_may_write_may_not_publish(writer_client):
    assert writer_client.get("/desk/cases/").status_code == 200
    assert writer_client.post("/desk/cases/can/", form_of("can")).status_code == 302
    address = f"/desk/cases/{newest().pk}/publish/"
    assert writer_client.post(address).status_code == 403


@pytest.mark.parametrize("base", ["", "x", "9" * 30, "-1", "999999"])
def test_an_odd_base_is_taken_for_the_newest(editor_client, base):
    data = form_of("can") | {"form-0-title_en": "Zither", "base": base}
    assert editor_client.post("/desk/cases/can/", data).status_code == 302
    assert titles()[0] == "Zither"


def test_a_part_that_is_none_is_not_found(editor_client):
    for part in ("x", "pii", "can-not"):
        assert editor_client.get(f"/desk/cases/{part}/").status_code == 404
    assert editor_client.get("/desk/cases/999999/").status_code == 404


@pytest.mark.parametrize("total", ["", "x", "-1", "1001", "99999999999"])
def test_a_broken_count_of_points_is_no_crash(editor_client, total):
    data = form_of("can") | {"form-TOTAL_FORMS": total}
    assert editor_client.post("/desk/cases/can/", data).status_code in {302, 422}


def test_a_site_without_a_guide_can_begin_one(editor_client):
    GuideRevision.objects.all().delete()
    assert "Nothing yet." in read(editor_client.get("/desk/cases/"))
    data = {
        "base": "", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-title_en": "Zither",
        "form-0-text_en": "A sentence.", "form-0-lines": "3",
    }  # fmt: skip
    assert editor_client.get("/desk/cases/can/").status_code == 200
    assert editor_client.post("/desk/cases/can/", data).status_code == 302
    assert titles() == ["Zither"]


@pytest.mark.parametrize("number", [1, 25])
def test_the_desk_asks_a_fixed_number_of_questions(
    editor_client, number, django_assert_num_queries
):
    for one in range(number):
        editor_client.post("/desk/cases/can/", form_of("can") | {"form-0-title_en": f"Z{one}"})
    for address, queries in [
        ("/desk/cases/", 10),
        ("/desk/cases/history/", 9),
    ]:
        with django_assert_num_queries(queries):
            editor_client.get(address)
