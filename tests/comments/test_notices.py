"""Letters to authors: what they say, what they never say, and what happens when mail fails."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import elsewhere, moderation, notices
from comments.models import Notice, Reason, Status
from comments.screening import FindingType
from tests.builders import make_article, make_comment, make_finding

pytestmark = pytest.mark.django_db

PLANTED = [
    "Persimmon",
    "lantern-festival",
    "555-0147",
    "Marguerite",
    "Thaddeus",
    "thaddeus@example.org",
    "A private remark",
]
"""Words that stand in the comment, in its parent, in its author's name and in the note."""


@pytest.fixture
def comment():
    parent = make_comment(
        make_article(headline="The first tape", slug="the-first-tape"),
        name="Thaddeus",
        email="thaddeus@example.org",
        body="We met at the lantern-festival.",
    )
    comment = make_comment(
        parent=parent,
        status=Status.WAITING,
        queue="pii",
        name="Marguerite",
        email="author@example.org",
        body="Persimmon, call 555-0147 & <b>soon</b>.",
    )
    make_finding(comment, "555-0147")
    return comment


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    def run(decide, *args, **values):
        with django_capture_on_commit_callbacks(execute=True):
            return decide(*args, **values)

    return run


DECISIONS = {
    "approve": lambda comment, by: moderation.approve(comment, by=by),
    "approve_redacted": lambda comment, by: moderation.approve_redacted(comment, by=by),
    "remove": lambda comment, by: moderation.remove(
        comment, by=by, reason="harassment", note="A private remark"
    ),
}


@pytest.mark.parametrize(
    ("action", "subject", "says"),
    [
        ("approve", "Your comment is on our site", ["everybody can read it now"]),
        (
            "approve_redacted",
            "without personal details",
            ["- phone number\n", "/comment-policy/", "Your other words stand", "within 24 hours"],
        ),
        (
            "remove",
            "Your comment is not on our site",
            [Reason.HARASSMENT.public_wording, "/comment-policy/", "ask for a second look"],
        ),
    ],
)
def test_each_decision_has_its_letter(
    comment, moderator, committed, settings, action, subject, says
):
    settings.SITE_URL = "https://comments.example.org"
    committed(DECISIONS[action], comment, moderator)
    [letter] = mail.outbox
    assert letter.to == ["author@example.org"]
    assert subject in letter.subject
    assert "“The first tape”" in letter.body
    for words in says:
        assert words in letter.body
    if action != "remove":
        assert (
            f"https://comments.example.org/news/the-first-tape/comments/{comment.pk}/"
            in letter.body
        )
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert Notice.objects.get().sent_at
    assert Notice.objects.get().attempts == 1


@pytest.mark.parametrize("action", DECISIONS)
def test_no_letter_repeats_what_a_visitor_wrote(comment, moderator, committed, action):
    decision = committed(DECISIONS[action], comment, moderator)
    committed(moderation.undo, decision, by=moderator)
    removed = committed(moderation.remove, comment, by=moderator, reason="other")
    committed(moderation.restore, removed.comment, by=moderator)
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        whole = letter.message().as_string() + letter.body + letter.subject
        for words in PLANTED:
            assert words not in whole
        assert "moderator" not in letter.to
        assert not letter.cc + letter.bcc


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_told_in_its_public_wording(comment, moderator, reason, committed):
    committed(moderation.remove, comment, by=moderator, reason=reason)
    assert reason.public_wording in mail.outbox[0].body


def test_a_case_enquiry_is_told_how_to_reach_us_by_post(comment, moderator, committed, settings):
    settings.SITE_URL = "https://comments.example.org"
    settings.SITE_POSTAL_ADDRESS = ["Innocence", "1 Example Street", "Springfield"]
    committed(moderation.remove, comment, by=moderator, reason="case_enquiry")
    body = mail.outbox[0].body
    assert "https://comments.example.org/how-we-consider-cases/" in body
    assert "Innocence\n1 Example Street\nSpringfield\n" in body


def test_letters_are_plain_text_with_calm_spacing(comment, moderator, committed):
    committed(moderation.approve_redacted, comment, by=moderator)
    letter = mail.outbox[0]
    assert letter.content_subtype == "plain"
    assert "&#x27;" not in letter.body
    assert "\n\n\n" not in letter.body
    assert letter.body == letter.body.strip() + "\n"


@pytest.mark.parametrize("action", DECISIONS)
def test_a_subject_names_the_site_and_can_be_read_where_letters_are_printed(
    comment, moderator, committed, settings, action
):
    settings.SITE_NAME = "Northlight"
    committed(DECISIONS[action], comment, moderator)
    [letter] = mail.outbox
    assert letter.subject.endswith(" (Northlight)")
    assert f"\nSubject: {letter.subject.split()[0]} " in letter.message().as_string()


def test_the_letter_answers_to_the_office(comment, moderator, committed, settings):
    settings.SITE_EMAIL = "office@example.org"
    committed(moderation.remove, comment, by=moderator, reason="other")
    assert mail.outbox[0].reply_to == ["office@example.org"]


def test_a_move_and_a_confirmation_send_no_letter(comment, moderator, committed):
    committed(moderation.move, comment, by=moderator, queue="general")
    public = make_comment()
    committed(moderation.approve, public, by=moderator)
    assert mail.outbox == []
    assert not Notice.objects.exists()


@pytest.mark.parametrize("action", DECISIONS)
def test_an_undo_is_told_when_the_letter_before_went_out(comment, moderator, committed, action):
    decision = committed(DECISIONS[action], comment, moderator)
    committed(moderation.undo, decision, by=moderator)
    assert "no longer stands" in mail.outbox[1].body
    assert "waits for a moderator, who will read it again" in mail.outbox[1].body


def test_undoing_a_removal_tells_that_the_comment_is_public(moderator, committed):
    comment = make_comment()
    decision = committed(moderation.remove, comment, by=moderator, reason="other")
    committed(moderation.undo, decision, by=moderator)
    assert "Everybody can read your comment" in mail.outbox[1].body


def test_an_undone_decision_whose_letter_never_left_is_not_told(comment, moderator, committed):
    decision = moderation.approve(comment, by=moderator)
    committed(moderation.undo, decision, by=moderator)
    call_command("send_notices", stdout=StringIO())
    assert mail.outbox == []
    assert Notice.objects.get().given_up_at


def test_a_later_decision_takes_the_place_of_a_letter_that_never_left(
    comment, moderator, committed
):
    moderation.approve(comment, by=moderator)
    committed(moderation.remove, comment, by=moderator, reason="other")
    call_command("send_notices", stdout=StringIO())
    assert ["not on our site" in letter.subject for letter in mail.outbox] == [True]


def test_nothing_is_sent_when_the_decision_is_rolled_back(comment, moderator):
    """Without a commit there is no letter: the callbacks are never run here."""
    moderation.approve(comment, by=moderator)
    assert mail.outbox == []
    assert Notice.objects.unsent().count() == 1


# When mail fails ------------------------------------------------------------------------


@pytest.fixture
def _mail_is_away(monkeypatch):
    def send(self, fail_silently=False):
        raise ConnectionRefusedError(f"for {self.to}")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)


@pytest.mark.usefixtures("_mail_is_away")
def test_a_letter_that_cannot_be_sent_is_kept_and_its_decision_stands(
    comment, moderator, committed, caplog
):
    decision = committed(moderation.approve, comment, by=moderator)
    comment.refresh_from_db()
    notice = Notice.objects.get()
    assert comment.is_published
    assert (notice.sent_at, notice.given_up_at, notice.claimed_at) == (None, None, None)
    assert notice.attempts == 1
    assert (
        f"Notice {notice.pk} on decision {decision.pk} could not be sent: ConnectionRefusedError"
        in caplog.text
    )
    assert "example.org" not in caplog.text


def test_what_is_unsent_goes_out_with_the_next_run_once(comment, moderator):
    moderation.approve(comment, by=moderator)
    out = StringIO()
    call_command("send_notices", stdout=out)
    call_command("send_notices", stdout=out)
    assert len(mail.outbox) == 1
    assert out.getvalue().splitlines()[0].startswith("1 sent")
    assert out.getvalue().splitlines()[1].startswith("0 sent")
    assert "example.org" not in out.getvalue()


@pytest.mark.usefixtures("_mail_is_away")
def test_a_run_stops_when_the_mail_server_is_away(moderator):
    for _number in range(7):
        moderation.remove(make_comment(), by=moderator, reason="other")
    with pytest.raises(CommandError, match="5 could not be sent"):
        call_command("send_notices", stdout=StringIO())
    assert list(Notice.objects.order_by("pk").values_list("attempts", flat=True)) == [
        *[1] * 5,
        *[0] * 2,
    ]


@pytest.mark.usefixtures("_mail_is_away")
def test_only_the_first_moderator_waits_for_a_mail_server_that_is_away(moderator, committed):
    for _number in range(3):
        committed(moderation.remove, make_comment(), by=moderator, reason="other")
    assert [notice.attempts for notice in Notice.objects.order_by("pk")] == [1, 0, 0]


def test_letters_that_keep_failing_do_not_hold_up_the_others(moderator, monkeypatch):
    for number in range(7):
        comment = make_comment(email=f"{'full' if number < 5 else 'good'}{number}@example.org")
        moderation.remove(comment, by=moderator, reason="other")
    send = mail.EmailMessage.send

    def refuse_some(letter, fail_silently=False):
        if letter.to[0].startswith("full"):
            raise SMTPRecipientsRefused({letter.to[0]: (452, b"mailbox full")})
        return send(letter, fail_silently)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse_some)
    for _run in range(2):
        with pytest.raises(CommandError):
            call_command("send_notices", stdout=StringIO())
    assert [letter.to for letter in mail.outbox] == [["good5@example.org"], ["good6@example.org"]]
    assert Notice.objects.unsent().count() == 5


@pytest.fixture
def _console_only(settings):
    settings.EMAIL_BACKEND = notices.CONSOLE
    settings.PLAIN_HTTP = False


@pytest.mark.usefixtures("_console_only")
def test_without_a_mail_server_a_letter_stays_unsent_and_nothing_of_it_is_printed(
    comment, moderator, moderator_client, committed, capsys, caplog
):
    committed(moderation.approve, comment, by=moderator)
    with pytest.raises(CommandError, match=r"EMAIL_URL is not set.* 1 waiting"):
        call_command("send_notices")
    notice = Notice.objects.unsent().get()
    assert (notice.attempts, notice.claimed_at) == (0, None)
    assert capsys.readouterr().out == ""
    assert f"Notice {notice.pk} stays unsent: EMAIL_URL" in caplog.text
    assert "example.org" not in caplog.text
    assert "1 letter has not gone out yet" in moderator_client.get("/moderation/").content.decode()


@pytest.mark.usefixtures("_console_only")
@pytest.mark.parametrize("setting", ["PLAIN_HTTP", "DEBUG"])
def test_a_console_is_a_mail_server_for_a_demonstration(
    comment, moderator, committed, capsys, settings, setting
):
    setattr(settings, setting, True)
    committed(moderation.approve, comment, by=moderator)
    assert "author@example.org" in capsys.readouterr().out
    assert Notice.objects.get().sent_at


@pytest.mark.usefixtures("_console_only")
def test_what_waited_for_a_mail_server_goes_out_once_there_is_one(
    comment, moderator, committed, settings
):
    committed(moderation.approve, comment, by=moderator)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("send_notices", stdout=StringIO())
    assert [letter.to for letter in mail.outbox] == [["author@example.org"]]


def test_an_address_that_the_server_refuses_for_good_is_tried_once(
    comment, moderator, committed, monkeypatch, caplog
):
    def refuse(letter, fail_silently=False):
        raise SMTPRecipientsRefused({letter.to[0]: (550, b"no such user")})

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    committed(moderation.approve, comment, by=moderator)
    assert Notice.objects.get().given_up_at
    assert "example.org" not in caplog.text


def test_a_letter_that_somebody_is_sending_is_left_alone_until_they_seem_dead(comment, moderator):
    moderation.approve(comment, by=moderator)
    notice = Notice.objects.get()
    Notice.objects.update(claimed_at=timezone.now())
    assert notices.deliver(notice.pk) is notices.Outcome.TAKEN
    Notice.objects.update(claimed_at=timezone.now() - timedelta(minutes=11))
    assert notices.deliver(notice.pk) is notices.Outcome.SENT
    assert notices.deliver(notice.pk) is notices.Outcome.TAKEN
    assert len(mail.outbox) == 1


def test_without_an_address_the_letter_is_given_up(moderator, committed):
    comment = make_comment(email="")
    committed(moderation.remove, comment, by=moderator, reason="other")
    assert Notice.objects.get().given_up_at
    assert mail.outbox == []


def test_a_letter_names_each_kind_of_cut_once(moderator, committed):
    comment = make_comment(status=Status.WAITING, queue="pii", body="555-0147, 555-0148, a@b.c")
    make_finding(comment, "555-0147")
    make_finding(comment, "555-0148")
    make_finding(comment, "a@b.c", type=FindingType.EMAIL)
    committed(moderation.approve_redacted, comment, by=moderator)
    body = mail.outbox[0].body
    assert body.count("- phone number") == 1
    assert body.count("- e-mail address") == 1


def test_nobody_is_told_that_a_comment_can_be_read_under_an_article_that_is_not_public(
    committed, moderator
):
    hidden = make_article(withdrawn_at=timezone.now())
    comment = make_comment(hidden, status=Status.WAITING, queue="general")
    committed(moderation.approve, comment, by=moderator)
    assert not Notice.objects.exists()
    committed(moderation.remove, comment, by=moderator, reason="other")
    assert [letter.subject.split(" (")[0] for letter in mail.outbox] == [
        "Your comment is not on our site"
    ]


# What the author knows, and what holds --------------------------------------------------


APPROVED = "Your comment is on our site"
REDACTED = "Your comment is on our site, without personal details"
REMOVED = "Your comment is not on our site"
RESTORED = "Your comment is on our site again"
CORRECTED = "A correction about your comment"


def take(comment, decision, by):
    """One decision by its name; ``remove`` for two reasons, ``cut`` and ``cut_more``."""
    comment.refresh_from_db()
    match decision:
        case "approve":
            return moderation.approve(comment, by=by)
        case "cut":
            return moderation.approve_redacted(comment, by=by, cuts=comment.findings.all()[:1])
        case "cut_more":
            return moderation.approve_redacted(comment, by=by)
        case "remove":
            return moderation.remove(comment, by=by, reason=Reason.HARASSMENT)
        case "remove_otherwise":
            return moderation.remove(comment, by=by, reason=Reason.OFF_TOPIC)
        case "restore":
            return moderation.restore(comment, by=by)
        case "undo":
            standing = moderation.standing_decision(comment)
            assert standing
            return moderation.undo(standing, by=by)


def subjects():
    return [letter.subject.partition(" (")[0] for letter in mail.outbox]


@pytest.mark.parametrize(
    ("status", "decisions", "letters"),
    [
        # Sent at once where a plus stands; mail was away where none does.
        ("waiting", "approve remove undo", [APPROVED]),
        ("waiting", "cut remove undo", [REDACTED]),
        ("waiting", "approve approve", [APPROVED]),
        ("waiting", "approve undo", []),
        ("waiting", "remove restore undo", [REMOVED]),
        ("waiting", "approve undo approve", [APPROVED]),
        ("waiting", "approve+ remove undo", [APPROVED]),
        ("waiting", "approve+ remove restore", [APPROVED]),
        ("waiting", "approve+ undo approve", [APPROVED]),
        ("waiting", "approve+ remove+ undo", [APPROVED, REMOVED, CORRECTED]),
        ("waiting", "remove+ undo remove", [REMOVED]),
        ("waiting", "remove+ undo remove_otherwise", [REMOVED, REMOVED]),
        ("waiting", "remove+ undo+ approve", [REMOVED, CORRECTED, APPROVED]),
        ("waiting", "remove+ undo+ approve remove undo", [REMOVED, CORRECTED, APPROVED]),
        ("waiting", "remove+ undo+ remove", [REMOVED, CORRECTED, REMOVED]),
        ("waiting", "remove+ restore remove_otherwise undo", [REMOVED, CORRECTED]),
        ("waiting", "remove+ restore+ undo", [REMOVED, RESTORED, CORRECTED]),
        ("published", "approve", []),
        ("published", "remove undo", []),
        ("published", "remove restore", []),
        ("published", "cut remove undo", [REDACTED]),
        ("published", "cut+ cut_more", [REDACTED]),
        ("published", "cut+ approve", [REDACTED, APPROVED]),
    ],
)
def test_the_last_letter_says_what_holds_and_none_says_it_twice(
    moderator, committed, status, decisions, letters
):
    body = "Call 555-0147 or 555-0148."
    comment = make_comment(status=status, queue="pii", body=body)
    for words in ("555-0147", "555-0148"):
        make_finding(comment, words)
    for decision in decisions.split():
        run = committed if decision.endswith("+") else lambda take, *args: take(*args)
        run(take, comment, decision.rstrip("+"), moderator)
    call_command("send_notices", stdout=StringIO())
    assert subjects() == letters
    assert not Notice.objects.unsent().exists()


def test_who_never_heard_of_a_decision_is_not_told_that_it_no_longer_stands(moderator, comment):
    for decision in ("approve", "remove", "undo"):
        take(comment, decision, moderator)
    call_command("send_notices", stdout=StringIO())
    [letter] = mail.outbox
    assert "everybody can read it now" in letter.body
    assert "We wrote to you" not in letter.body


def test_an_undo_that_leaves_a_comment_off_the_site_says_why_it_is(moderator, comment, committed):
    for decision in ("remove", "restore", "undo"):
        committed(take, comment, decision, moderator)
    assert "no longer stands" in mail.outbox[-1].body
    assert Reason.HARASSMENT.public_wording in mail.outbox[-1].body


def test_what_was_cut_for_good_meanwhile_is_no_news(moderator, comment, committed):
    committed(take, comment, "cut", moderator)
    comment.refresh_from_db()
    comment.body, comment.redacted_body = comment.redacted_body, ""
    comment.original_destroyed_at = timezone.now()
    comment.save()
    committed(take, comment, "approve", moderator)
    assert subjects() == [REDACTED]


@pytest.fixture
def hanging(moderator, committed, comment):
    """The letter about a decision, while a mail server takes its time over it."""

    def decide(decision):
        take(comment, decision, moderator)
        notice = Notice.objects.get()
        Notice.objects.update(claimed_at=timezone.now(), attempts=1)
        return Notice.objects.filter(pk=notice.pk)

    return decide


@pytest.mark.parametrize(
    ("first", "then", "if_it_failed", "if_it_was_sent"),
    [
        ("remove", ["undo"], [], [CORRECTED]),
        ("approve", ["remove", "undo"], [APPROVED], []),
        ("approve", ["remove"], [REMOVED], [REMOVED]),
        ("remove", ["undo", "remove"], [REMOVED], []),
    ],
)
@pytest.mark.parametrize("is_sent", [False, True])
def test_while_a_letter_is_on_its_way_the_next_one_waits_to_see_what_becomes_of_it(
    hanging, moderator, committed, comment, first, then, if_it_failed, if_it_was_sent, is_sent
):
    notice = hanging(first)
    for decision in then:
        committed(take, comment, decision, moderator)
    call_command("send_notices", stdout=StringIO())
    assert mail.outbox == []
    notice.update(claimed_at=None, sent_at=timezone.now() if is_sent else None)
    call_command("send_notices", stdout=StringIO())
    assert subjects() == (if_it_was_sent if is_sent else if_it_failed)
    assert not Notice.objects.unsent().exists()


def test_a_sender_that_died_over_a_letter_is_taken_to_have_sent_it(
    hanging, moderator, committed, comment
):
    notice = hanging("remove")
    committed(take, comment, "undo", moderator)
    notice.update(claimed_at=timezone.now() - timedelta(minutes=11))
    call_command("send_notices", stdout=StringIO())
    assert subjects() == [CORRECTED]


def test_nobody_is_sent_to_a_page_that_went_off_the_site_meanwhile(moderator, committed, comment):
    moderation.approve(comment, by=moderator)
    comment.article.withdrawn_at = timezone.now()
    comment.article.save()
    assert notices.deliver(Notice.objects.get().pk) is notices.Outcome.GIVEN_UP
    assert mail.outbox == []


def test_who_never_heard_of_a_removal_is_not_told_that_we_looked_again(
    moderator, committed, comment
):
    moderation.remove(comment, by=moderator, reason=Reason.OTHER)
    committed(moderation.restore, comment, by=moderator)
    assert mail.outbox[0].subject.startswith("Your comment is on our site (")


def test_a_cache_that_is_away_keeps_no_letter_at_home(moderator, committed, comment, monkeypatch):
    def away(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(cache, "get", away)
    committed(moderation.approve, comment, by=moderator)
    assert len(mail.outbox) == 1


def test_a_cut_by_hand_is_named_and_explained_and_never_repeated(moderator, committed):
    comment = make_comment(
        body="Call 555-0147, says old Tilda.", status=Status.WAITING, queue="pii", name="Tilda B"
    )
    make_finding(comment, "555-0147")
    start = comment.body.index("Tilda")
    cut = {"field": "body", "start": start, "end": start + 5, "type": "PERSON_PRIVATE"}
    committed(
        moderation.approve_redacted,
        comment,
        by=moderator,
        cuts=comment.findings.all(),
        by_hand=[cut],
    )
    letter = mail.outbox[0].body
    assert "- phone number\n- name\n" in letter
    assert "because anyone can read comments" in letter
    for words in ("555-0147", "Tilda", "old"):
        assert words not in letter


def test_who_is_cut_because_of_another_comment_is_told_too(moderator, committed):
    comment = make_comment(body="Call 555-0147.")
    make_finding(comment, "555-0147")
    other = make_comment(body="Or 555 0147?", email="other@example.org")
    moderation.approve_redacted(comment, by=moderator)
    places = elsewhere.search(comment).places
    committed(elsewhere.cut, places, by=moderator)
    assert [letter.to for letter in mail.outbox] == [[other.email]]
    assert "- phone number" in mail.outbox[0].body
    assert "555" not in mail.outbox[0].body
