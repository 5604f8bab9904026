"""Measured screening: what moderators made of it, and what the labelled files say."""

from __future__ import annotations

import importlib
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from comments import erasure, live, moderation
from comments.models import Decision, Status
from comments.screening import Category, FindingType, model_version
from tests.builders import make_case_reply, make_comment, make_finding

pytestmark = pytest.mark.django_db

TEXT = "Call 555-0142 or write to jo@example.org."


def held(*found, **values):
    """A comment that waits because of these findings, given by type and words."""
    comment = make_comment(body=TEXT, status=Status.WAITING, queue="pii", **values)
    for kind, words in found:
        make_finding(comment, words, type=kind)
    return comment


PHONE, EMAIL = ("PHONE", "555-0142"), ("EMAIL", "jo@example.org")


def row(kind):
    [found] = [measured for measured in live.by_type() if measured.kind == kind]
    return found


def outcome(kind):
    counts = row(kind).live
    return {
        name: getattr(counts, name)
        for name in ("removed", "cut", "answered", "published", "otherwise")
        if getattr(counts, name)
    }


# What a decision keeps of the findings -------------------------------------------------


def test_a_decision_keeps_what_had_held_the_comment_and_what_of_it_was_cut(moderator):
    comment = held(PHONE, EMAIL)
    make_finding(comment, "Call", type="HATE", score=0.2)
    moderation.approve_redacted(comment, by=moderator, cuts=comment.findings.filter(type="PHONE"))
    assert Decision.objects.get().held_for == {"PHONE": True, "EMAIL": False}


def test_it_keeps_it_when_the_findings_are_destroyed_with_the_text(moderator):
    comment = held(PHONE)
    moderation.approve_redacted(comment, by=moderator)
    comment.refresh_from_db()
    erasure.destroy_original(comment)
    assert not comment.findings.exists()
    assert outcome("PHONE") == {"cut": 1}


def test_only_a_decision_that_ends_the_waiting_says_so(moderator):
    comment = make_comment(body=TEXT)
    make_finding(comment, "555-0142")
    assert moderation.remove(comment, by=moderator, reason="other").held_for == {}
    assert moderation.restore(comment, by=moderator).held_for == {}


def test_a_move_and_a_withdrawal_by_the_author_say_nothing(moderator):
    comment = held(PHONE)
    assert moderation.move(comment, by=moderator, queue="spam").held_for == {}
    assert moderation.withdraw(comment).held_for == {}


# What it says about screening ----------------------------------------------------------


def test_what_was_cut_is_right_and_what_was_left_is_wrong(moderator):
    comment = held(PHONE, EMAIL)
    moderation.approve_redacted(comment, by=moderator, cuts=comment.findings.filter(type="PHONE"))
    assert outcome("PHONE") == {"cut": 1}
    assert outcome("EMAIL") == {"published": 1}


@pytest.mark.parametrize(
    ("kind", "reason", "became"),
    [
        ("PHONE", "personal_information", "removed"),
        ("PHONE", "off_topic", "otherwise"),
        ("HATE", "hate_speech", "removed"),
        ("THREAT", "harassment", "removed"),
        ("HATE", "advertising", "otherwise"),
        ("SPAM", "advertising", "removed"),
        ("CASE_ENQUIRY", "case_enquiry", "removed"),
        ("DISTRESS", "threat", "otherwise"),
    ],
)
def test_a_removal_says_that_a_finding_was_right_only_by_its_reason(
    moderator, kind, reason, became
):
    moderation.remove(held((kind, "555-0142")), by=moderator, reason=reason)
    assert outcome(kind) == {became: 1}


def test_a_case_enquiry_that_was_answered_was_one(moderator):
    comment = held(("CASE_ENQUIRY", ""), PHONE)
    moderation.answer(comment, by=moderator, reply=make_case_reply())
    assert outcome("CASE_ENQUIRY") == {"answered": 1}
    assert outcome("PHONE") == {"otherwise": 1}


def test_shares_are_shown_from_twenty_on_and_one_under_its_bar_is_marked(moderator):
    for _number in range(19):
        moderation.approve(held(PHONE), by=moderator)
    assert (row("PHONE").precision, row("PHONE").overturned) == (None, None)
    assert not row("PHONE").is_under_its_bar
    moderation.approve_redacted(held(PHONE), by=moderator)
    assert row("PHONE").precision == 1 / 20
    assert row("PHONE").is_under_its_bar
    assert not row("EMAIL").is_under_its_bar


def test_an_overturned_decision_is_counted_for_every_type_that_held_the_comment(
    moderator, other_moderator
):
    decision = moderation.approve(held(PHONE, EMAIL), by=moderator)
    moderation.undo(decision, by=other_moderator)
    moderation.approve(held(PHONE), by=moderator)
    assert (row("PHONE").live.decided, row("PHONE").live.overturned) == (2, 1)
    assert (row("EMAIL").live.decided, row("EMAIL").live.overturned) == (1, 1)


def test_distress_has_no_bar_for_no_decision_tells(moderator):
    for _number in range(live.ENOUGH):
        moderation.approve(held(("DISTRESS", "")), by=moderator)
    measured = row("DISTRESS")
    assert measured.live.published == live.ENOUGH
    assert (measured.bar, measured.precision, measured.is_under_its_bar) == (None, None, False)


def test_it_takes_a_fixed_number_of_queries(moderator, django_assert_num_queries):
    for _number in range(3):
        moderation.approve(held(PHONE), by=moderator)
    with django_assert_num_queries(1):
        live.by_type()


# The labelled files --------------------------------------------------------------------


def test_the_figures_of_the_labelled_files_are_of_the_models_that_are_shipped():
    """Fails after new models until the benchmarks are run again with --record."""
    labelled = live._labelled()
    assert set(labelled) <= set(FindingType)
    assert set(labelled) >= {"HATE", "THREAT", "CASE_ENQUIRY", "DISTRESS", "SPAM", "PHONE", "EMAIL"}
    for figures in labelled.values():
        assert figures.models == model_version()
        assert figures.n > 0
        assert figures.on >= date(2026, 11, 24)
        for share in (figures.recall, figures.precision):
            assert share is None or 0 <= share <= 1


def test_figures_of_other_models_are_marked(monkeypatch, moderator_client):
    monkeypatch.setattr(live, "model_version", lambda: "other")
    page = moderator_client.get(reverse("comments:live")).content.decode()
    assert f"with models of another state ({live._labelled()['PHONE'].models})" in page


def test_a_labelled_figure_under_its_bar_is_marked_too():
    labelled = live.Labelled(50, 0.9, 0.4, date(2026, 1, 1), "one")
    assert live.Measured(FindingType.HATE, live.Live(), labelled).is_under_its_bar
    assert live.BARS[Category.HATE] < live.BARS[Category.SPAM]


def test_recording_keeps_what_is_there_of_other_types(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(Path(settings.BASE_DIR) / "benchmarks"), *sys.path])
    measure_screening = importlib.import_module("measure_screening")
    file = tmp_path / "measured.json"
    file.write_text('{"SPAM": {"n": 1}}')
    monkeypatch.setattr(measure_screening, "RECORD", file)
    measure_screening.record({"PHONE": measure_screening.figures(3, 2 / 3, None)})
    text = file.read_text()
    assert '"recall": 0.667' in text
    assert '"precision": null' in text
    assert '"SPAM"' in text
    assert f'"models": "{model_version()}"' in text


# The page ------------------------------------------------------------------------------


def test_the_page_has_a_row_for_every_type_by_what_looks_for_it(moderator_client, moderator):
    for _number in range(live.ENOUGH):
        moderation.approve(held(PHONE), by=moderator)
    page = " ".join(moderator_client.get(reverse("comments:live")).content.decode().split())
    assert page.count('<th scope="row">') == 2 * (len(FindingType) - 1)
    assert page.count("figures__group") == 2 * 6
    assert "phone number <strong" in page
    assert "Less often right than it should be:" in page
    assert model_version() in page


def test_old_decisions_are_left_out(moderator):
    long_ago = timedelta(weeks=live.WEEKS, days=1)
    comment = held(PHONE)
    moderation.approve(comment, by=moderator, at=comment.created_at - long_ago)
    assert row("PHONE").live.decided == 0
