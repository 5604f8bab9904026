"""The figures of case enquiries: what is counted, what is not, and that they tell nobody apart."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from comments import case_warnings, figures, moderation
from comments.models import CaseWarnings, Comment, Status
from tests.builders import make_article, make_case_reply, make_comment

from . import screeners
from .browsing import form_on, step, write

pytestmark = pytest.mark.django_db

CASE = "Please help my brother. He is innocent and has been in prison for nine years in Ohio."
NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _sees_cases(settings):
    settings.SCREENER = f"{screeners.__name__}.finds_a_case"


@pytest.fixture(autouse=True)
def _march():
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def article(db):
    return make_article(published_at=NOW - timedelta(days=2))


def answered_after(hours: float, *, moderator, reply, written: datetime = NOW) -> Comment:
    comment = make_comment(status=Status.WAITING, queue="cases", created_at=written)
    with time_machine.travel(written + timedelta(hours=hours), tick=False):
        moderation.answer(comment, by=moderator, reply=reply)
    return comment


# Warnings -------------------------------------------------------------------------------


def test_who_reads_the_warning_and_leaves_was_met(client, article):
    answer = write(client, article, body=CASE)
    assert answer["X-Comment-Step"] == "warning"
    [row] = CaseWarnings.objects.all()
    assert (row.month, row.shown, row.sent, row.met) == (MARCH, 1, 0, 1)


def test_who_sends_it_all_the_same_was_not_met(client, article):
    answer = write(client, article, body=CASE)
    assert step(client, answer, choice="as_is").status_code == 302
    assert Comment.objects.get().queue == "cases"
    assert CaseWarnings.objects.get().met == 0


def test_sending_it_twice_is_subtracted_once(client, article):
    write(Client(), article, body=CASE)
    answer = write(client, article, body=CASE)
    for _time in range(2):
        assert step(client, answer, choice="as_is").status_code == 302
    assert CaseWarnings.objects.get().met == 1


def test_who_edits_and_is_warned_again_is_counted_once(client, article):
    answer = write(client, article, body=CASE)
    form = step(client, answer, choice="edit")
    again = client.post(
        f"/news/{article.slug}/comment/", form_on(form) | {"body": CASE + " Please."}
    )
    assert again["X-Comment-Step"] == "warning"
    assert CaseWarnings.objects.get().shown == 1
    assert step(client, again, choice="as_is").status_code == 302
    assert CaseWarnings.objects.get().met == 0


def test_who_goes_back_in_the_browser_and_sends_the_form_anew_is_counted_once(client, article):
    form = form_on(client.get(article.get_absolute_url()))
    for words in (CASE, CASE + " Please."):
        filled = form | {"name": "Ruth", "email": "ruth@example.org", "body": words}
        client.post(f"/news/{article.slug}/comment/", filled)
    assert CaseWarnings.objects.get().shown == 1


def test_who_writes_a_shorter_comment_without_the_case_was_met(client, article):
    answer = write(client, article, body=CASE)
    form = form_on(step(client, answer, choice="edit"))
    shorter = form | {"body": "The silence on the tapes stays with you."}
    assert client.post(f"/news/{article.slug}/comment/", shorter).status_code == 302
    assert CaseWarnings.objects.get().met == 1


def test_who_never_saw_the_warning_is_not_counted(client, article):
    assert write(client, article, body=CASE, choice="as_is").status_code == 302
    assert write(client, article, body="A fine piece.").status_code == 302
    assert not CaseWarnings.objects.exists()


def test_a_machine_that_fills_in_the_trap_is_not_counted(client, article):
    write(client, article, body=CASE, website="x")
    assert not CaseWarnings.objects.exists()


def test_what_is_sent_in_april_after_a_warning_in_march_is_taken_from_march(client, article):
    answer = write(client, article, body=CASE)
    with time_machine.travel(NOW + timedelta(days=20), tick=False):
        assert step(client, answer, choice="as_is").status_code == 302
    assert [(row.month, row.met) for row in CaseWarnings.objects.all()] == [(MARCH, 0)]


@pytest.mark.parametrize("token", ["", "forged:signature", "\x00", "a.2026-03:x", "x" * 5000])
def test_a_forged_token_counts_nothing_down(token):
    CaseWarnings.objects.create(month=MARCH, shown=3)
    case_warnings.count_sent("a", token)
    assert CaseWarnings.objects.get().met == 3


def test_a_token_belongs_to_its_form():
    token = case_warnings.count_shown("a", "")
    case_warnings.count_sent("b", token)
    assert CaseWarnings.objects.get().met == 1


def test_the_number_never_falls_below_nothing():
    token = case_warnings.count_shown("a", "")
    for _time in range(3):
        case_warnings.count_sent("a", token)
    assert CaseWarnings.objects.get().met == 0


def test_a_cache_that_is_away_stops_nobody(client, article, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_a, **_k: 1 / 0)
    assert write(client, article, body=CASE)["X-Comment-Step"] == "warning"
    assert CaseWarnings.objects.get().shown == 1


def test_the_row_of_a_month_holds_three_numbers_and_nothing_else():
    assert [field.name for field in CaseWarnings._meta.get_fields()] == [
        "id",
        "month",
        "shown",
        "sent",
    ]


# Figures --------------------------------------------------------------------------------


def test_a_month_says_how_many_came_and_how_fast_they_were_answered(moderator):
    reply = make_case_reply()
    for hours in (1, 2, 3, 4, 5, 6, 7, 8, 9, 100):
        answered_after(hours, moderator=moderator, reply=reply)
    make_comment(status=Status.WAITING, queue="cases", created_at=NOW)
    make_comment(status=Status.WAITING, queue="pii", created_at=NOW)
    [month] = figures.by_month()
    assert (month.month, month.came, month.answered) == (MARCH, 11, 10)
    assert (month.median, month.nine_in_ten) == (5.5, 9)


def test_an_answer_that_was_taken_back_is_no_answer(moderator):
    comment = answered_after(2, moderator=moderator, reply=make_case_reply())
    moderation.undo(comment.decisions.get(), by=moderator)
    [month] = figures.by_month()
    assert (month.came, month.answered, month.median) == (1, 0, None)
    moderation.answer(comment, by=moderator, reply=make_case_reply())
    assert figures.by_month()[0].answered == 1


def test_an_enquiry_counts_in_the_month_in_which_it_was_written_on_our_clock(moderator, settings):
    settings.TIME_ZONE = "America/New_York"
    written = datetime(2026, 1, 1, 2, tzinfo=UTC)  # still December in New York
    answered_after(24 * 40, moderator=moderator, reply=make_case_reply(), written=written)
    months = figures.by_month()
    assert [month.month for month in months] == [
        MARCH,
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 12, 1),
    ]
    assert [month.came for month in months] == [0, 0, 0, 1]
    assert months[3].median == 24 * 40


def test_what_was_found_elsewhere_and_answered_is_an_enquiry_too(moderator):
    comment = make_comment(status=Status.WAITING, queue="general", created_at=NOW)
    moderation.answer(comment, by=moderator, reply=make_case_reply())
    assert figures.by_month()[0].came == 1


def test_the_page_and_the_file_say_the_same(moderator_client, moderator):
    answered_after(2.25, moderator=moderator, reply=make_case_reply())
    CaseWarnings.objects.create(month=MARCH, shown=7, sent=3)
    page = moderator_client.get("/moderation/cases/figures/").content.decode()
    for words in ("March 2026", "<td>4</td>", "2.3 h", "figures.csv", "counts again"):
        assert words in page
    file = moderator_client.get("/moderation/cases/figures.csv")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in file["Cache-Control"]
    assert list(csv.DictReader(file.content.decode().splitlines())) == [
        {
            "month": "2026-03",
            "came": "1",
            "met_before_posting": "4",
            "answered": "1",
            "median_hours": "2.2",
            "nine_in_ten_within_hours": "2.2",
        }
    ]


def test_without_any_enquiry_there_is_this_month_and_noughts(moderator_client):
    page = moderator_client.get("/moderation/cases/figures/").content.decode()
    assert page.count("<td>0</td>") == 3


def test_the_page_shows_a_year_and_the_file_everything(moderator_client):
    written = NOW - timedelta(days=3 * 366)
    make_comment(status=Status.WAITING, queue="cases", created_at=written)
    page = moderator_client.get("/moderation/cases/figures/").content.decode()
    assert page.count('<th scope="row">') == 12
    file = moderator_client.get("/moderation/cases/figures.csv").content.decode()
    assert len(file.splitlines()) == 1 + 37


def test_only_moderators_see_the_figures(client, editor_client):
    for address in ("/moderation/cases/figures/", "/moderation/cases/figures.csv"):
        assert client.get(address).status_code == 302
        assert editor_client.get(address).status_code == 403


def test_the_figures_take_a_fixed_number_of_queries(moderator, django_assert_num_queries):
    reply = make_case_reply()
    for hours in range(1, 8):
        answered_after(hours, moderator=moderator, reply=reply)
    with django_assert_num_queries(3):
        figures.by_month()
