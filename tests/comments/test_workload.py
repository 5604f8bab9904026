"""The figures of the desk: what waited when, for how long, and which decisions did not stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from comments import moderation, workload
from comments.charts import HEIGHT, WIDTH, Chart
from comments.models import Status
from tests.builders import make_comment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def ago(**how_long):
    return NOW - timedelta(**how_long)


def waiting(queue="general", **how_long):
    return make_comment(status=Status.WAITING, queue=queue, created_at=ago(**how_long))


def decide(comment, how, *, by, at, **values):
    with time_machine.travel(at, tick=False):
        return getattr(moderation, how)(comment, by=by, **values)


def counts(queue):
    return [week.waiting[queue] for week in workload.last_weeks().weeks]


def kinds():
    return {
        (kind.action.value, kind.reason): (kind.count, kind.overturned, kind.taken_back)
        for kind in workload.last_weeks().kinds
    }


# Waiting -------------------------------------------------------------------------------


def test_the_last_week_ends_now_and_says_what_waits_and_since_when():
    waiting(hours=30)
    waiting(hours=6)
    waiting("hate", days=100)
    make_comment(created_at=ago(days=3))
    last = workload.last_weeks().weeks[-1]
    assert last.ends == timezone.now()
    assert (last.waiting["general"], last.oldest["general"]) == (2, 30)
    assert (last.waiting["hate"], last.oldest["hate"]) == (1, 2400)
    assert (last.waiting["spam"], last.oldest["spam"]) == (0, 0)


def test_a_comment_waited_from_its_writing_until_its_decision(moderator):
    comment = waiting(days=20)
    decide(comment, "approve", by=moderator, at=ago(days=8))
    assert counts("general") == [0] * 9 + [1, 0, 0]


def test_one_that_still_waits_after_twelve_weeks_waited_all_the_time():
    waiting(days=200)
    assert counts("general") == [1] * 12


def test_a_move_and_an_undo_are_followed_from_queue_to_queue(moderator):
    comment = waiting("spam", days=34)
    decide(comment, "move", by=moderator, at=ago(days=24), queue="general")
    decision = decide(comment, "remove", by=moderator, at=ago(days=17), reason="other")
    decide(decision, "undo", by=moderator, at=ago(days=10))
    assert counts("spam") == [0] * 7 + [1, 0, 0, 0, 0]
    assert counts("general") == [0] * 8 + [1, 0, 1, 1]


def test_what_was_published_at_once_never_waited(moderator):
    comment = make_comment(created_at=ago(days=20))
    decide(comment, "remove", by=moderator, at=ago(days=8), reason="other")
    assert all(week.waiting["general"] == 0 for week in workload.last_weeks().weeks)
    assert all(week.hours == [] for week in workload.last_weeks().weeks)


# Hours ---------------------------------------------------------------------------------


def test_the_hours_stand_in_the_week_of_the_decision(moderator):
    for hours in (1, 2, 3, 40):
        decide(waiting(days=9), "approve", by=moderator, at=ago(days=9) + timedelta(hours=hours))
    weeks = workload.last_weeks().weeks
    assert sorted(weeks[-2].hours) == [1, 2, 3, 40]
    assert (weeks[-2].median, weeks[-2].nine_in_ten) == (2.5, 40)
    assert (weeks[-1].median, weeks[-1].nine_in_ten) == (None, None)


def test_a_move_does_not_end_the_waiting_and_an_undo_begins_it_anew(moderator):
    comment = waiting(hours=50)
    decide(comment, "move", by=moderator, at=ago(hours=45), queue="spam")
    decision = decide(comment, "approve", by=moderator, at=ago(hours=40))
    decide(decision, "undo", by=moderator, at=ago(hours=30))
    decide(comment, "approve", by=moderator, at=ago(hours=27))
    assert workload.last_weeks().weeks[-1].hours == [10, 3]


# What did not stand --------------------------------------------------------------------


def test_decisions_are_counted_by_action_and_reason(moderator):
    for reason in ("other", "profanity", "other"):
        moderation.remove(make_comment(), by=moderator, reason=reason)
    moderation.approve(waiting(hours=1), by=moderator)
    moderation.move(waiting(hours=1), by=moderator, queue="spam")
    assert kinds() == {
        ("remove", "other"): (2, 0, 0),
        ("remove", "profanity"): (1, 0, 0),
        ("approve", ""): (1, 0, 0),
    }
    assert workload.last_weeks().kinds[0].label == "Other"


def test_an_undo_is_told_by_whose_it_was(moderator, other_moderator):
    mine, theirs = make_comment(), make_comment()
    for comment, by in ((mine, moderator), (theirs, other_moderator)):
        decision = moderation.remove(comment, by=moderator, reason="other")
        moderation.undo(decision, by=by)
    assert kinds() == {("remove", "other"): (2, 1, 1)}


def test_a_decision_to_the_contrary_overturns_and_another_cut_does_not(moderator, other_moderator):
    comment = waiting(hours=1)
    comment.body = "Call 555-0142."
    comment.save()
    cut = [{"field": "body", "start": 5, "end": 13, "type": "PHONE"}]
    moderation.approve(comment, by=moderator)
    moderation.approve_redacted(comment, by=other_moderator, by_hand=cut)
    assert kinds()["approve", ""] == (1, 0, 0)
    moderation.remove(comment, by=other_moderator, reason="other")
    assert kinds()["approve", ""] == (1, 1, 0)
    assert kinds()["approve_redacted", ""] == (1, 0, 1)


def test_a_decision_whose_contrary_was_undone_stands(moderator, other_moderator):
    comment = make_comment()
    moderation.remove(comment, by=moderator, reason="other")
    moderation.undo(moderation.restore(comment, by=other_moderator), by=other_moderator)
    assert kinds()["remove", "other"] == (1, 0, 0)


# The page ------------------------------------------------------------------------------


def test_the_highest_bar_is_as_high_as_the_chart_and_all_are_whole_numbers():
    chart = Chart("Waiting", [0, None, 2.5, 10])
    assert [(bar.y, bar.height) for bar in chart.bars] == [
        (HEIGHT, 0),
        (HEIGHT, 0),
        (HEIGHT * 3 // 4, HEIGHT // 4),
        (0, HEIGHT),
    ]
    assert all(0 <= bar.x < bar.x + bar.width <= WIDTH for bar in chart.bars)
    assert {bar.height for bar in Chart("Waiting", [0, 0]).bars} == {0}


def test_every_chart_has_its_table(moderator_client, moderator):
    decide(waiting(days=3), "approve", by=moderator, at=ago(days=2))
    waiting("hate", hours=36)
    html = moderator_client.get(reverse("comments:workload")).content.decode()
    page = " ".join(html.split())
    assert page.count("<table") == 3
    assert page.count('<svg viewBox="0 0 1200 240"') == 12
    assert "<td>1 (1.5)</td>" in page
    assert "<td>24.0 h</td>" in page
    assert '<th scope="row">Approved</th>' in page
    assert "style=" not in page


def test_a_new_desk_has_figures_too(moderator_client):
    page = moderator_client.get(reverse("comments:workload"))
    assert page.status_code == 200
    assert "No decisions yet." in page.content.decode()


def test_figures_take_a_fixed_number_of_queries(moderator, django_assert_num_queries):
    for days in (1, 5, 9):
        decide(waiting(days=days), "approve", by=moderator, at=ago(days=days - 1))
        waiting("spam", days=days)
    with django_assert_num_queries(2):
        workload.last_weeks()


def test_what_its_author_did_is_no_decision_of_ours_and_overturns_none(moderator):
    comment = waiting(hours=5)
    moderation.withdraw(comment)
    assert workload.last_weeks().weeks[-1].hours == []
    shown = waiting(hours=5)
    moderation.approve(shown, by=moderator)
    moderation.withdraw(shown)
    assert kinds() == {("approve", ""): (1, 0, 0)}
    assert counts("general")[-1] == 0
