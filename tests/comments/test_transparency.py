"""The transparency page: right numbers, none of them about one person, in few queries."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from comments import erasure, moderation, transparency
from comments.models import Reason, Status
from tests.builders import make_article, make_comment, make_finding

NOW = datetime(2026, 8, 20, 12, tzinfo=UTC)
MAY = datetime(2026, 5, 10, 12, tzinfo=UTC)
FATES = dict.fromkeys(transparency.FATES, 0)
REASONS = dict.fromkeys(Reason.values, 0)
OUTCOMES = dict.fromkeys(transparency.OUTCOMES, 0)


@pytest.fixture
def article(db):
    with time_machine.travel(NOW, tick=True):
        yield make_article(published_at=MAY - timedelta(days=30))


@pytest.fixture
def decided(article, moderator):
    """Makes comments of May, each decided some hours after it was written."""

    def make(count, decide=None, *, hours=2.0, written=MAY, **values):
        values = {"status": Status.WAITING, "queue": "general"} | values
        for _number in range(count):
            comment = make_comment(article, created_at=written, **values)
            if decide:
                with time_machine.travel(written + timedelta(hours=hours), tick=False):
                    decide(comment)

    return make


@pytest.fixture
def remove(moderator):
    return lambda comment: moderation.remove(comment, by=moderator, reason="off_topic")


@pytest.fixture
def approve(moderator):
    return lambda comment: moderation.approve(comment, by=moderator)


def spring():
    [quarter] = transparency._by_quarter()
    return quarter


def shown(fates, reasons=None, hours=(), outcomes=None):
    return transparency._for_everybody(
        MAY.date(),
        FATES | fates,
        REASONS | (reasons or {}),
        list(hours),
        OUTCOMES | (outcomes or {}),
    )


# What is counted -----------------------------------------------------------------------


def test_every_comment_of_a_quarter_is_counted_once_by_what_became_of_it(
    decided, approve, remove, moderator
):
    def redact(comment):
        make_finding(comment, "silence", type="PHONE")
        moderation.approve_redacted(comment, by=moderator)

    decided(7, approve, hours=1)
    decided(6, remove, hours=5)
    decided(5, redact, hours=9)
    decided(8)
    decided(9, status=Status.PUBLISHED, queue="")
    quarter = spring()
    assert (quarter.code, quarter.received) == ("2026-Q2", 35)
    assert quarter.fates == FATES | {
        "published_as_written": 16,
        "published_redacted": 5,
        "removed": 6,
        "waiting": 8,
    }
    assert quarter.reasons == REASONS | {"off_topic": 6}
    assert quarter.median_hours == 5


def test_a_redacted_comment_stays_one_when_its_original_is_destroyed(decided, moderator):
    def redact(comment):
        make_finding(comment, "silence", type="PHONE")
        moderation.approve_redacted(comment, by=moderator)
        erasure.destroy_original(comment)

    decided(5, redact)
    assert spring().fates["published_redacted"] == 5


def test_only_the_removal_that_stands_gives_the_reason(decided, moderator):
    def hesitate(comment):
        moderation.remove(comment, by=moderator, reason="advertising")
        moderation.restore(comment, by=moderator)
        moderation.remove(comment, by=moderator, reason="profanity")

    def put_back(comment):
        moderation.remove(comment, by=moderator, reason="advertising")
        moderation.restore(comment, by=moderator)

    decided(5, hesitate)
    decided(5, put_back)
    assert spring().reasons == REASONS | {"profanity": 5}


def test_the_time_runs_to_the_first_decision_and_a_move_is_none(decided, moderator):
    def twice(comment):
        moderation.move(comment, by=moderator, queue="spam")
        with time_machine.travel(MAY + timedelta(hours=3), tick=False):
            decision = moderation.approve(comment, by=moderator)
        with time_machine.travel(MAY + timedelta(hours=30), tick=False):
            moderation.undo(decision, by=moderator)
            moderation.approve(comment, by=moderator)

    decided(5, twice, hours=1)
    assert spring().median_hours == 3


def test_a_comment_that_its_author_withdrew_was_decided_by_no_moderator(decided):
    decided(6, lambda comment: moderation.withdraw(comment))
    quarter = spring()
    assert quarter.fates["withdrawn"] == 6
    assert quarter.median_hours is None


def test_the_running_quarter_is_not_shown_and_older_ones_only_as_far_as_there_were_comments(
    decided, approve
):
    decided(6, approve, written=NOW - timedelta(days=3))
    assert transparency._by_quarter() == []
    decided(6, approve, written=datetime(2025, 12, 31, 23, tzinfo=UTC))
    assert [quarter.code for quarter in transparency._by_quarter()] == [
        "2026-Q2",
        "2026-Q1",
        "2025-Q4",
    ]


def test_a_quarter_begins_on_the_sites_own_clock(decided, approve, settings):
    settings.TIME_ZONE = "America/New_York"
    midnight = datetime(2026, 7, 1, 3, 59, tzinfo=UTC)
    decided(6, approve, written=midnight)
    decided(7, approve, written=midnight + timedelta(minutes=2))
    assert spring().received == 6


def test_figures_take_a_fixed_number_of_queries_and_then_none_for_a_day(
    decided, remove, client, django_assert_num_queries
):
    decided(6, remove)
    with django_assert_num_queries(4):
        assert client.get("/transparency/").status_code == 200
    with django_assert_num_queries(0):
        assert client.get("/transparency/").status_code == 200
        assert client.get("/transparency/comments.csv").status_code == 200


def test_second_looks_are_counted_by_what_came_of_them(decided, moderator, other_moderator):
    def ask(comment):
        moderation.remove(comment, by=moderator, reason="off_topic")
        moderation.ask_second_look(comment)

    def answer(comment, *, changes):
        ask(comment)
        look = comment.second_looks.get()
        moderation.answer_second_look(
            look,
            by=other_moderator,
            changes=changes,
            answer="I have gone through it again.",
            version=look.comment.version,
        )

    decided(6, lambda comment: answer(comment, changes=False))
    decided(7, lambda comment: answer(comment, changes=True))
    decided(5, ask)
    quarter = spring()
    assert quarter.looks == 18
    assert quarter.outcomes == {"stands": 6, "changed": 7, "unanswered": 5}


# What is not shown ---------------------------------------------------------------------


def test_a_number_under_five_is_not_shown_and_zero_is():
    quarter = shown({"published_as_written": 40, "removed": 3, "answered": 6, "waiting": 0})
    assert quarter.fates["removed"] is None
    assert quarter.fates["waiting"] == 0
    assert set(quarter.reasons.values()) == {None}


def test_a_second_number_is_hidden_where_the_sum_would_tell_the_first():
    quarter = shown({"published_as_written": 40, "removed": 3, "answered": 6, "waiting": 20})
    assert quarter.received == 69
    assert quarter.fates == {
        "published_as_written": 40,
        "published_redacted": 0,
        "removed": None,
        "answered": None,
        "withdrawn": 0,
        "waiting": 20,
    }


def test_the_sum_is_hidden_where_no_second_number_could_be():
    quarter = shown({"published_as_written": 40, "removed": 3})
    assert quarter.received is None
    assert quarter.fates["published_as_written"] == 40


def test_what_anybody_can_count_on_the_site_hides_nothing():
    """40 published ones beside 3 removed: who counts the 40 must not be told 43."""
    quarter = shown({"published_as_written": 40, "published_redacted": 2, "removed": 3})
    assert quarter.received is None
    assert quarter.fates["published_redacted"] is None


def test_five_reasons_with_one_each_are_not_told_by_their_sum():
    quarter = shown(
        {"published_as_written": 50, "removed": 5, "waiting": 30, "answered": 40},
        dict.fromkeys(list(REASONS)[:5], 1),
    )
    assert quarter.fates["removed"] is None
    assert quarter.fates["waiting"] is None
    assert quarter.fates["answered"] == 40
    assert set(quarter.reasons.values()) == {None}


def test_a_quarter_with_fewer_than_five_comments_shows_nothing():
    quarter = shown({"published_as_written": 4}, hours=[1.0] * 4)
    assert quarter.received is None
    assert set(quarter.fates.values()) == {None}
    assert quarter.median_hours is None
    assert shown({"removed": 5}, {"other": 5}, [1.0] * 5).median_hours == 1.0


@given(outcomes=st.lists(st.integers(0, 9), min_size=3, max_size=3))
def test_no_hidden_outcome_of_a_second_look_can_be_worked_out(outcomes):
    outcomes = dict(zip(OUTCOMES, outcomes, strict=True))
    quarter = shown({"published_as_written": 50}, outcomes=outcomes)
    everything = [quarter.looks, *quarter.outcomes.values()]
    assert all(count is None or count == 0 or count >= 5 for count in everything)
    if quarter.looks is None:
        assert set(quarter.outcomes.values()) == {None}
    else:
        for possible in solutions(quarter.outcomes, quarter.looks).values():
            assert len(possible) > 1, (outcomes, quarter)


def solutions(parts, total):
    """What each hidden part may be, for somebody who knows the rule, the sum and the rest."""
    hidden = [name for name, count in parts.items() if count is None]
    rest = total - sum(count for count in parts.values() if count is not None)
    ways = [way for way in product(range(1, rest + 1), repeat=len(hidden)) if sum(way) == rest]
    return {name: {way[at] for way in ways} for at, name in enumerate(hidden)}


@given(
    fates=st.lists(st.integers(0, 9), min_size=len(FATES), max_size=len(FATES)),
    reasons=st.lists(st.integers(0, 7), min_size=4, max_size=4),
)
def test_no_hidden_number_can_be_worked_out_from_what_is_shown(fates, reasons):
    fates = dict(zip(FATES, fates, strict=True)) | {"removed": sum(reasons)}
    reasons = REASONS | dict(zip(REASONS, reasons, strict=False))
    quarter = shown(fates, reasons)
    everything = [quarter.received, *quarter.fates.values(), *quarter.reasons.values()]
    assert all(count is None or count == 0 or count >= 5 for count in everything)
    if quarter.received is not None:
        on_the_site = {"published_as_written", "published_redacted"}
        off_the_site = {name: quarter.fates[name] for name in set(FATES) - on_the_site}
        published = fates["published_as_written"] + fates["published_redacted"]
        for parts, total in (
            (quarter.fates, quarter.received),
            (off_the_site, quarter.received - published),
        ):
            for name, possible in solutions(parts, total).items():
                assert len(possible) > 1 or fates[name] >= 5, (name, fates, quarter)
    if quarter.fates["removed"] is not None:
        for possible in solutions(quarter.reasons, quarter.fates["removed"]).values():
            assert len(possible) > 1, (reasons, quarter)


# The page ------------------------------------------------------------------------------


def test_the_page_has_a_table_with_headings_and_the_footer_leads_to_it(client, decided, remove):
    decided(6, remove)
    html = client.get("/").content.decode()
    assert '<a href="/transparency/">' in html
    html = " ".join(client.get("/transparency/").content.decode().split())
    assert '<th scope="row">Q2 2026 </th>' in html
    assert '<th scope="col">Received</th>' in html
    assert '<th scope="row">Off topic</th>' in html
    assert html.count("<table") == 3


def test_a_site_without_a_finished_quarter_says_so(client, article):
    html = client.get("/transparency/").content.decode()
    assert "when the first quarter with comments is over" in html
    assert "<table" not in html


def test_the_file_has_the_same_numbers_under_names_that_no_language_changes(
    client, decided, remove, approve
):
    decided(6, remove, hours=4)
    decided(3, approve)
    lines = client.get("/transparency/comments.csv").content.decode().splitlines()
    [row] = csv.DictReader(lines)
    assert row["quarter"] == "2026-Q2"
    assert row["published_as_written"] == row["removed"] == "not shown"
    assert row["received"] == "9"
    assert row["median_hours_to_decision"] == "4.0"
    assert "removed_off_topic" in row
    assert (row["second_looks"], row["second_looks_changed"]) == ("0", "0")


def test_the_page_is_the_same_for_everybody_and_so_may_be_kept(client, moderator_client, article):
    mine, theirs = client.get("/transparency/"), moderator_client.get("/transparency/")
    assert mine.content == theirs.content
    assert "public" in mine["Cache-Control"]
    assert not mine.cookies
