"""The site's own rules where comments come in, and the trial of one before it is saved."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from auditlog import verification
from comments import authors, intake, moderation, site_rules
from comments.models import Reason, SiteRule, SiteRuleVersion, Status
from comments.screening import FindingType, Queue
from tests.builders import make_article, make_comment, make_finding, make_site_rule
from tests.comments import screeners

pytestmark = pytest.mark.django_db

HELD_BY_A_RULE = "A rule of this site asks that somebody reads it."


@pytest.fixture(autouse=True)
def _nothing_else_is_found(settings):
    settings.SCREENER = "tests.comments.screeners.finds_nothing"
    settings.COMMENT_MODE = "flagged"


def receive(body, **values):
    sent = {"article": make_article(), "name": "Ines", "email": "ines@example.org", "body": body}
    return intake.receive(**sent | values)


def decided(moderator, body, *, removed=False, **values):
    comment = make_comment(body=body, status=Status.WAITING, **values)
    if removed:
        moderation.remove(comment, by=moderator, reason=Reason.ADVERTISING)
    else:
        moderation.approve(comment, by=moderator)
    return comment


# Where comments come in -----------------------------------------------------------------


def test_a_rule_holds_a_comment_and_is_shown_as_a_finding_with_its_place():
    rule = make_site_rule(lines="miracle pardon")
    comment = receive("Buy a Miracle Pardon today.")
    assert (comment.status, comment.queue) == (Status.WAITING, Queue.GENERAL)
    assert comment.held_because == HELD_BY_A_RULE
    finding = comment.findings.get()
    assert (finding.type, finding.words) == (FindingType.SITE_RULE, "Miracle Pardon")
    assert finding.because == f"Rule no. {rule.pk} of this site asks for it, in its version 1."


def test_a_rule_reads_the_name_too():
    make_site_rule(kind="host", lines="shop.example")
    finding = receive("A calm text.", name="www.shop.example").findings.get()
    assert (finding.field, finding.words) == ("name", "www.shop.example")


def test_a_rule_that_is_switched_off_holds_nothing():
    make_site_rule(lines="pardon", is_on=False)
    assert receive("A pardon came.").is_published


def test_a_rule_holds_even_where_the_screener_broke_and_nothing_seen_is_lost(settings):
    settings.SCREENER = "tests.comments.screeners.there_is_none"
    make_site_rule(lines="pardon")
    comment = receive("A pardon came.")
    assert comment.is_waiting
    assert {f.type for f in comment.findings.all()} == {"FAULT", "SITE_RULE"}


def test_rules_that_cannot_be_asked_hold_the_comment_and_lose_nothing(monkeypatch, caplog):
    def breaks(_rules):
        raise DatabaseError("a pardon")

    monkeypatch.setattr(type(SiteRule.objects.all()), "for_screening", breaks)
    monkeypatch.setattr(type(SiteRule.objects), "for_screening", breaks)
    with caplog.at_level(logging.ERROR):
        comment = receive("A pardon came.")
    assert (comment.status, comment.queue) == (Status.WAITING, Queue.GENERAL)
    assert comment.held_because == "Screening could not finish."
    assert comment.findings.get().because == "The rules of this site stopped with DatabaseError."
    assert "pardon" not in caplog.text
    assert intake.faults() == ["The rules of this site stopped with DatabaseError."]


def test_what_the_screener_saw_outlives_rules_that_break(settings, monkeypatch):
    settings.SCREENER = f"tests.comments.screeners.{screeners.finds_a_phone_number.__name__}"
    monkeypatch.setattr(
        "comments.screening.rules.apply", lambda *_: (_ for _ in ()).throw(ValueError)
    )
    comment = receive("Call 020 7946 0958.")
    assert comment.queue == Queue.PII
    assert {f.type for f in comment.findings.all()} == {"PHONE", "FAULT"}


def test_the_look_ahead_of_a_visitor_does_not_tell_of_rules():
    make_site_rule(lines="pardon")
    looked = intake.preview(article=make_article(), name="Ines", body="A pardon came.")
    assert looked.findings == []
    assert looked.screening.verdict.holds


def test_an_edited_comment_is_held_by_a_rule():
    make_site_rule(lines="pardon")
    comment = receive("A calm text.")
    looked = intake.preview_edit(comment, "A pardon came.")
    authors.edit(comment, version=comment.version, looked=looked)
    comment.refresh_from_db()
    assert (comment.is_waiting, comment.held_because) == (True, HELD_BY_A_RULE)


def test_screening_again_asks_the_rules_of_today():
    comment = make_comment(body="A pardon came.", status=Status.WAITING)
    rule = make_site_rule(lines="pardon")
    call_command("rescreen", "--all-waiting")
    assert comment.findings.get().type == FindingType.SITE_RULE
    rule.is_on = False
    rule.save()
    call_command("rescreen", "--all-waiting")
    assert not comment.findings.exists()
    comment.refresh_from_db()
    assert comment.is_waiting


# Its history ----------------------------------------------------------------------------


def test_every_change_is_a_version_in_the_log(lead):
    rule = make_site_rule(by=lead, lines="pardon")
    content: dict[str, Any] = {
        "kind": "words",
        "lines": "pardon",
        "note": "Sold again.",
        "is_on": False,
    }
    site_rules.save(rule, by=lead, number=1, **content)
    assert [(v.number, v.is_on, v.by) for v in rule.versions.all()] == [
        (2, False, lead),
        (1, True, lead),
    ]
    with pytest.raises(TypeError):
        rule.versions.latest("number").save()
    assert list(verification.faults()) == []


def test_saving_what_stands_already_makes_no_version(lead):
    rule = make_site_rule(lines="pardon")
    content: dict[str, Any] = {"kind": "words", "lines": "pardon", "note": rule.note, "is_on": True}
    assert site_rules.save(rule, by=lead, number=1, **content).number == 1
    assert SiteRuleVersion.objects.count() == 1


def test_nobody_overwrites_a_version_that_they_have_not_seen(lead):
    rule = make_site_rule(lines="pardon")
    content: dict[str, Any] = {"kind": "words", "note": "Why.", "is_on": True}
    site_rules.save(rule, by=lead, number=1, lines="one", **content)
    with pytest.raises(site_rules.Outdated):
        site_rules.save(rule, by=lead, number=1, lines="two", **content)
    rule.refresh_from_db()
    assert rule.lines == "one"


# The trial ------------------------------------------------------------------------------


def test_a_trial_tells_what_the_rule_would_have_held_and_what_of_it_needlessly(moderator):
    published = decided(moderator, "His pardon came.")
    removed = decided(moderator, "Buy a pardon.", removed=True)
    decided(moderator, "A calm text.")
    make_comment(body="A pardon that nobody decided on.")
    make_comment(body="A pardon that waits.", status=Status.WAITING)
    trial = site_rules.tried("words", "pardon")
    assert (trial.looked_at, trial.published) == (3, 2)
    assert (trial.held, trial.held_needlessly, trial.held_rightly) == (2, 1, 1)
    assert [example.comment for example in trial.needless] == [published]
    assert [example.comment for example in trial.others] == [removed]
    [example] = trial.needless
    assert (example.before, example.words, example.after) == ("His ", "pardon", " came.")


def test_an_example_shows_a_little_of_a_long_comment(moderator):
    decided(moderator, f"{'b' * 100} pardon {'a' * 100}")
    [example] = site_rules.tried("words", "pardon").needless
    assert (example.before, example.after) == (f"…{'b' * 79} ", f" {'a' * 79}…")


def test_a_trial_looks_at_the_last_that_were_decided(moderator, monkeypatch):
    monkeypatch.setattr(site_rules, "TRIED_ON", 2)
    for text in ("A pardon.", "Calm.", "Calm too."):
        decided(moderator, text)
    trial = site_rules.tried("words", "pardon")
    assert (trial.looked_at, trial.held) == (2, 0)


def test_a_trial_gives_five_examples_and_counts_them_all(moderator):
    for _number in range(6):
        decided(moderator, "His pardon came.")
    trial = site_rules.tried("words", "pardon")
    assert (trial.held_needlessly, len(trial.needless)) == (6, 5)


@pytest.mark.parametrize(("calm", "too_many"), [(9, False), (8, True)])
def test_more_than_a_tenth_of_the_published_is_too_many(moderator, calm, too_many):
    decided(moderator, "His pardon came.")
    for _number in range(calm):
        decided(moderator, "A calm text.")
    assert site_rules.tried("words", "pardon").holds_too_many is too_many


def test_a_trial_ends_in_time_and_says_how_far_it_came(moderator, monkeypatch):
    decided(moderator, "His pardon came.")
    monkeypatch.setattr(site_rules, "SECONDS", -1.0)
    assert site_rules.tried("words", "pardon").looked_at == 0


def test_a_guarded_number_is_not_found_out_by_trying(moderator):
    comment = make_comment(body="My card 4111 is mine.", status=Status.WAITING)
    make_finding(comment, "4111", type=FindingType.CREDIT_CARD)
    moderation.approve(comment, by=moderator)
    assert site_rules.tried("words", "4111").held == 0
    [example] = site_rules.tried("words", "card").needless
    assert "4111" not in example.before + example.words + example.after


def test_a_trial_asks_the_database_the_same_whatever_there_is(moderator, django_assert_num_queries):
    for number in range(12):
        comment = make_comment(body=f"Pardon {number}.", status=Status.WAITING)
        make_finding(comment, "Pardon")
        moderation.approve(comment, by=moderator)
    with django_assert_num_queries(3):
        assert site_rules.tried("words", "pardon").held == 12


def test_what_its_author_withdrew_is_nobodys_decision(moderator):
    comment = decided(moderator, "His pardon came.", created_at=timezone.now() - timedelta(days=1))
    comment.refresh_from_db()
    moderation.withdraw(comment)
    assert site_rules.tried("words", "pardon").looked_at == 0
