"""The case reply on the desk: which letter is offered, what is shown, and what a button does."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse

from comments import moderation, notices, replies
from comments.models import CaseReply, CaseReplyVersion, Comment, Decision, Notice, Status
from tests.builders import make_case_reply, make_comment, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def english():
    CaseReplyVersion.objects.all()._raw_delete(CaseReplyVersion.objects.db)
    CaseReply.objects.all().delete()
    return make_case_reply(title="In English")


@pytest.fixture
def spanish(english):
    return make_case_reply(title="En español", language="es", text="Hola {name}:\n\nEscríbanos.")


@pytest.fixture
def enquiry():
    return make_comment(
        status=Status.WAITING,
        queue="cases",
        name="Ruth",
        email="ruth@example.org",
        body="Please help my brother, he is innocent.",
    )


@pytest.fixture
def directory(db):
    make_organisation("Ohio Example Project")


def show(comment: Comment) -> str:
    return reverse("comments:show", args=[comment.pk])


def post(client, comment, page="decide", **values):
    data = {"decision": "answer", "version": comment.version} | values
    return client.post(reverse(f"comments:{page}", args=[comment.pk]), data)


def text_of(response) -> str:
    return unescape(response.content.decode())


def offered(response) -> list[str]:
    return re.findall(r'<option[^>]* lang="\w+"[^>]*>([^<]*)</option>', text_of(response))


# What is offered ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("Please help my brother, he is innocent.", "In English"),
        ("Por favor, ayuden a mi hermano, es inocente.", "En español"),
    ],
)
def test_the_letter_is_offered_in_the_language_of_the_comment(
    moderator_client, spanish, enquiry, body, first
):
    Comment.objects.filter(pk=enquiry.pk).update(body=body)
    for path in (show(enquiry), "/moderation/cases/", "/moderation/all/"):
        page = moderator_client.get(path)
        assert offered(page)[0] == first
        assert len(offered(page)) == 2
        assert ("Hola Ruth:" in text_of(page)) == (first == "En español")
        assert 'name="decision" value="answer"' in text_of(page)


def test_the_letter_that_is_shown_is_the_letter_that_is_sent(
    moderator_client, english, enquiry, django_capture_on_commit_callbacks
):
    letter = notices.case_reply(english.text, language="en", name="Ruth")
    page = text_of(moderator_client.get(show(enquiry)))
    shown = re.sub(r"<[^>]+>", "\n", page.split('class="letter__text">')[1].split("</div>")[0])
    assert shown.split() == letter.body.split()
    assert letter.subject in page
    with django_capture_on_commit_callbacks(execute=True):
        assert post(moderator_client, enquiry, case_reply=english.pk).status_code == 302
    sent = re.sub(r"http\S+/receipt/\S+", str(notices.HIDDEN_LINK), str(mail.outbox[0].body))
    assert sent == letter.body


def test_elsewhere_it_is_offered_on_the_page_of_a_comment_only(moderator_client, english):
    comment = make_comment(status=Status.WAITING, queue="general")
    assert offered(moderator_client.get(show(comment)))
    assert not offered(moderator_client.get("/moderation/general/"))


@pytest.mark.parametrize(
    "values", [{"email": ""}, {"status": Status.REMOVED}, {"status": Status.ANSWERED}]
)
def test_where_no_letter_can_go_none_is_offered(moderator_client, english, values):
    comment = make_comment(queue="cases", **values)
    assert "Case reply…" not in text_of(moderator_client.get(show(comment)))


def test_without_a_saved_reply_the_page_says_so(moderator_client, lead_client, english, enquiry):
    replies.archive(english.reply, by=User.objects.get(username="lead"))
    page = text_of(moderator_client.get(show(enquiry)))
    assert "There is no reply that a moderator could send." in page
    assert "/case-replies/new/" not in page
    assert "/case-replies/new/" in text_of(lead_client.get(show(enquiry)))


def test_a_list_does_not_show_the_address_that_the_letter_goes_to(
    moderator_client, english, enquiry
):
    assert "It goes to ruth@example.org." in text_of(moderator_client.get(show(enquiry)))
    assert "ruth@example.org" not in text_of(moderator_client.get("/moderation/cases/"))


def test_another_letter_is_shown_before_anything_is_decided(moderator_client, spanish, enquiry):
    values = {"case_reply": spanish.pk, "note": "Half a note"}
    page = post(moderator_client, enquiry, "letter", **values)
    assert page.status_code == 200
    assert "Hola Ruth:" in text_of(page)
    assert "Half a note" in text_of(page)
    assert re.search(r"<details class=\"case-reply\"[^>]* open>", text_of(page))
    part = moderator_client.post(
        reverse("comments:letter", args=[enquiry.pk]), values, headers={"X-Part": "letter"}
    )
    assert part.status_code == 200
    assert "Hola Ruth:" in text_of(part)
    assert "<html" not in text_of(part)
    assert "Please help my brother" not in text_of(part)
    assert not Decision.objects.exists()
    assert moderator_client.get(reverse("comments:letter", args=[enquiry.pk])).status_code == 405


@pytest.mark.usefixtures("directory")
def test_the_chosen_state_stands_in_the_letter(
    moderator_client, english, enquiry, django_capture_on_commit_callbacks
):
    version = make_case_reply(text="Write to:\n{who_helps_there}")
    page = post(moderator_client, enquiry, "letter", case_reply=version.pk, state="US-OH")
    assert '<option value="US-OH" selected>' in text_of(page)
    assert "Ohio Example Project" in text_of(page)
    with django_capture_on_commit_callbacks(execute=True):
        post(moderator_client, enquiry, case_reply=version.pk, state="US-OH")
    assert "Ohio Example Project" in mail.outbox[0].body


@pytest.mark.usefixtures("directory")
def test_a_state_that_is_not_in_the_list_is_none(moderator_client, english, enquiry):
    post(moderator_client, enquiry, case_reply=english.pk, state="My brother")
    assert Notice.objects.get().state == ""


# What a button does -----------------------------------------------------------------------


def test_answering_goes_on_to_the_next_enquiry_and_names_what_was_sent(
    moderator_client, english, enquiry
):
    following = make_comment(status=Status.WAITING, queue="cases")
    answer = post(moderator_client, enquiry, case_reply=english.pk, next="cases")
    assert answer.status_code == 302
    assert answer["Location"].startswith(show(following))
    page = text_of(moderator_client.get(answer["Location"]))
    assert "Answered by letter (“In English”, version 1)" in page
    page = text_of(moderator_client.get(show(enquiry)))
    assert "Answered by letter" in page
    assert 'value="remove"' not in page


def test_approving_is_still_one_button(moderator_client, english, enquiry):
    page = text_of(moderator_client.get(show(enquiry)))
    assert 'name="decision" value="approve"' in page
    assert post(moderator_client, enquiry, decision="approve").status_code == 302


@pytest.mark.parametrize("case_reply", ["", "0", "x", "²", "9" * 30, "987654"])
def test_a_letter_that_is_not_there_is_not_sent(moderator_client, english, enquiry, case_reply):
    answer = post(moderator_client, enquiry, case_reply=case_reply)
    assert answer.status_code == 422
    assert "Choose the letter to send." in text_of(answer)
    assert f'href="#case_reply-{enquiry.pk}"' in text_of(answer)
    assert not Decision.objects.exists()


def test_a_letter_that_was_changed_meanwhile_is_shown_anew_instead_of_sent(
    moderator_client, moderator, english, enquiry
):
    replies.save(
        english.reply, by=moderator, number=1, title="New", language="en", text="Newer words."
    )
    answer = post(moderator_client, enquiry, case_reply=english.pk)
    assert answer.status_code == 422
    assert "Newer words." in text_of(answer)


def test_somebody_who_decided_first_is_named(moderator_client, other_moderator, english, enquiry):
    moderation.approve(Comment.objects.get(pk=enquiry.pk), by=other_moderator)
    answer = post(moderator_client, enquiry, case_reply=english.pk)
    assert answer.status_code == 409
    assert "by other-moderator" in text_of(answer)


def test_strangers_and_editors_answer_nothing(client, editor_client, english, enquiry):
    for page in ("decide", "letter"):
        assert post(client, enquiry, page, case_reply=english.pk).status_code in (302, 403)
        assert post(editor_client, enquiry, page, case_reply=english.pk).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("is_sent", "said"),
    [(True, "had gone out already"), (False, "had not gone out. It stays here.")],
)
def test_undo_says_whether_the_letter_had_gone_out(
    moderator_client, english, enquiry, is_sent, said, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=is_sent):
        post(moderator_client, enquiry, case_reply=english.pk)
    enquiry.refresh_from_db()
    answer = post(moderator_client, enquiry, decision="undo")
    page = text_of(moderator_client.get(answer["Location"]))
    assert "so it waits again" in page
    assert said in page


def test_a_page_of_enquiries_asks_the_database_the_same_whatever_there_is(
    moderator_client, moderator, english, django_assert_max_num_queries
):
    for _number in range(10):
        make_comment(status=Status.WAITING, queue="cases")
        moderation.answer(make_comment(queue="cases"), by=moderator, reply=english)
    for path in ("/moderation/cases/", "/moderation/all/", "/moderation/"):
        with django_assert_max_num_queries(12):
            moderator_client.get(path)
