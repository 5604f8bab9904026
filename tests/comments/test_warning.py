"""Before a comment is stored its writer is told what was seen in it, and chooses how to go on."""

from __future__ import annotations

import html

import pytest

from comments import intake, wording
from comments.models import Comment, Finding
from tests.builders import make_article, make_comment, make_organisation
from tests.comments import screeners
from tests.comments.browsing import form_on, step, write

pytestmark = pytest.mark.django_db

BODY = "I liked the second part.\n\nMy number is 212-555-0142 & I answer after six."
PLEA = "My brother is innocent and sits in prison for life. Please help us with his case."


@pytest.fixture(autouse=True)
def _anybody_may_write(settings):
    settings.COMMENT_MODE = "flagged"


def text_of(response):
    return html.unescape(response.content.decode())


def address_of(article):
    return f"/news/{article.slug}/comment/"


def test_a_phone_number_is_shown_to_its_writer_before_anything_is_stored(client):
    response = write(client, make_article(), body=BODY)
    page = text_of(response)
    assert (response.status_code, response["X-Comment-Step"]) == (200, "warning")
    assert not Comment.objects.exists()
    assert "phone number: <q>212-555-0142</q>" in page.replace("</strong>", "")
    assert '<mark class="mark mark--personal_information"' in page
    assert [f'value="{choice}"' in page for choice in ("redact", "edit", "as_is")] == [True] * 3


def test_every_field_is_carried_to_the_next_step(client):
    article = make_article()
    parent = make_comment(article)
    form = form_on(client.get(f"{address_of(article)}?parent={parent.pk}"))
    sent = form | {"name": "Ana & Luis", "email": "ana@example.org", "body": BODY}
    response = client.post(address_of(article), sent)
    step(client, response, choice="as_is")
    comment = Comment.objects.latest("pk")
    assert (comment.name, comment.email, comment.body) == ("Ana & Luis", "ana@example.org", BODY)
    assert comment.parent == parent


def test_what_is_removed_for_the_writer_is_never_stored(client):
    article = make_article()
    step(client, write(client, article, body=BODY), choice="redact")
    comment = Comment.objects.get()
    assert comment.body == BODY.replace("212-555-0142", "[phone number removed]")
    assert comment.is_published
    assert not Finding.objects.filter(type="PHONE").exists()
    page = client.get(article.get_absolute_url()).content.decode()
    assert '<bdi class="cut" dir="ltr">[phone number removed]</bdi>' in page
    assert "555-0142" not in page


def test_a_number_in_the_name_is_seen_and_cut_too(client):
    article = make_article()
    response = write(client, article, name="Jo 212-555-0142", body="I saw it.")
    assert "(in your name)" in text_of(response)
    step(client, response, choice="redact")
    assert Comment.objects.get().name == "Jo [phone number removed]"


def test_who_wants_to_edit_gets_the_form_back_with_the_text(client):
    article = make_article()
    response = step(client, write(client, article, body=BODY), choice="edit")
    assert response.status_code == 200
    assert form_on(response)["body"].replace("\r\n", "\n") == BODY
    assert not Comment.objects.exists()


def test_what_is_sent_as_it_is_waits_for_a_moderator(client):
    step(client, write(client, make_article(), body=BODY), choice="as_is")
    comment = Comment.objects.get()
    assert (comment.status, comment.queue, comment.body) == ("waiting", "pii", BODY)


@pytest.mark.parametrize("choice", ["as_is", "redact"])
def test_a_choice_that_comes_with_the_first_form_skips_the_page(client, choice):
    assert write(client, make_article(), body=BODY, choice=choice).status_code == 302
    assert Comment.objects.count() == 1


def test_a_family_is_told_how_to_write_before_anything_is_stored(client, settings):
    settings.SITE_POSTAL_ADDRESS = ["Intake", "1 Main Street"]
    response = write(client, make_article(), body=PLEA)
    page = text_of(response)
    assert response["X-Comment-Step"] == "warning"
    assert "Are you asking us to look at a case?" in page
    assert "/how-we-consider-cases/" in page
    assert "Intake<br>1 Main Street" in page
    assert 'value="redact"' not in page
    assert not Comment.objects.exists()


def test_who_writes_in_spanish_is_told_in_spanish(client):
    plea = "Mi hermano es inocente y está en la cárcel. Por favor, ayúdennos con su caso."
    article = make_article()
    warning = write(client, article, body=plea)
    page = text_of(warning)
    assert warning["X-Comment-Step"] == "warning"
    assert '<html lang="es"' in page
    assert 'href="/como-consideramos-casos/"' in page
    assert '<html lang="es"' in text_of(step(client, warning, choice="letter"))
    assert "/como-consideramos-casos/" in text_of(looked_at(client, article, body=plea))
    assert '<html lang="en' in text_of(write(client, article, body="Call me on 202-555-0147."))


def test_the_same_choice_sent_twice_is_one_comment(client):
    response = write(client, make_article(), body=BODY)
    for _time in range(2):
        step(client, response, choice="redact")
    assert Comment.objects.count() == 1


def test_nobody_is_stopped_for_what_is_only_a_hint_or_for_hate(client, settings):
    settings.SCREENER = "tests.comments.screeners.finds_hate_and_a_hint"
    assert write(client, make_article()).status_code == 302
    assert Comment.objects.get().queue == "hate"


def test_a_screener_that_fails_warns_nobody_and_holds_the_comment(client, settings):
    settings.SCREENER = "tests.comments.screeners.ends_the_program"
    assert write(client, make_article(), body=BODY).status_code == 302
    assert Comment.objects.get().status == "waiting"


def test_looking_again_and_again_is_limited_and_keeps_the_text(client, settings):
    settings.COMMENTS_PER_TEN_MINUTES = 1
    article = make_article()
    answers = [write(client, article, body=BODY) for _time in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "212-555-0142" in text_of(answers[-1])
    assert not Comment.objects.exists()


def test_the_marks_that_stand_for_what_was_cut_accuse_nobody():
    for mark in wording.marks():
        seen = intake.preview(
            article=make_article(),
            name=f"Jo {mark}",
            body=f"I read {mark} in the article, and it stays with me.",
        )
        assert seen.findings == [], mark


def test_a_preview_that_finds_nothing_stores_nothing(client):
    screeners.SEEN.clear()
    preview = intake.preview(article=make_article(), name="Ana", body="Watched it twice.")
    assert preview.findings == []
    assert not Comment.objects.exists()


def test_nothing_is_stored_uncut_when_the_program_that_cuts_is_not_working(client, settings):
    article = make_article()
    response = write(client, article, body=BODY)
    settings.SCREENER = "tests.comments.screeners.ends_the_program"
    answer = step(client, response, choice="redact")
    assert answer.status_code == 503
    assert form_on(answer)["body"].replace("\r\n", "\n") == BODY
    assert "nothing was removed and nothing was sent" in text_of(answer)
    assert not Comment.objects.exists()


def looked_at(client, article, **words: str):
    return client.post(f"/news/{article.slug}/comment/look/", words)


def test_the_form_is_told_while_it_is_written_and_nothing_is_stored(client):
    answer = looked_at(client, make_article(), name="Ana", body=BODY)
    assert (answer.status_code, answer["Cache-Control"].count("no-store")) == (200, 1)
    assert "phone number</strong>: <q>212-555-0142</q>" in text_of(answer)
    assert not Comment.objects.exists()
    assert not answer.cookies


def test_a_plea_for_help_is_met_while_it_is_written(client):
    answer = looked_at(client, make_article(), name="Ana", body=PLEA)
    assert "asking us to look at a case" in text_of(answer)
    assert 'href="/how-we-consider-cases/"' in text_of(answer)


def test_who_writes_of_ending_their_life_reads_of_help_and_of_nothing_else(client):
    words = "I want to kill myself. Please look at my case, I am at 212-555-0142."
    said = text_of(looked_at(client, make_article(), name="Ana", body=words))
    assert "988" in said
    assert "asking us to look at a case" not in said
    assert "212-555-0142" not in said


def test_a_name_that_holds_an_address_is_seen_while_it_is_written(client):
    answer = looked_at(client, make_article(), name="ana@example.org", body="Thank you.")
    assert "(in your name)" in text_of(answer)


@pytest.mark.parametrize("body", ["", "Thank you.", BODY * 200], ids=["empty", "fine", "too long"])
def test_where_there_is_nothing_to_say_the_form_hears_nothing(client, body):
    assert looked_at(client, make_article(), name="Ana", body=body).status_code == 204


def test_a_form_that_asks_without_end_hears_nothing_any_more(client, settings):
    settings.COMMENTS_PER_TEN_MINUTES = 1
    article = make_article()
    answers = [looked_at(client, article, name="Ana", body=BODY).status_code for _ in range(12)]
    assert answers == [200] * 10 + [204] * 2


def test_only_a_post_is_looked_at_and_only_under_a_public_article(client):
    article = make_article()
    assert client.get(f"/news/{article.slug}/comment/look/").status_code == 405
    assert client.post("/news/no-such-article/comment/look/", {"body": BODY}).status_code == 404


def test_an_article_that_takes_no_comments_looks_at_none(client):
    article = make_article(comments_open=False)
    assert looked_at(client, article, name="Ana", body=BODY).status_code == 204


def test_broken_screening_says_nothing_while_it_is_written(client, settings):
    settings.SCREENER = "tests.comments.screeners.raises"
    assert looked_at(client, make_article(), name="Ana", body=BODY).status_code == 204


def test_what_is_cut_is_stored_and_waits_while_another_detector_is_down(client, settings):
    settings.SCREENER = "tests.comments.screeners.cannot_find_hate"
    response = write(client, make_article(), body=BODY)
    assert 'value="redact"' in text_of(response)
    assert step(client, response, choice="redact").status_code == 302
    comment = Comment.objects.get()
    assert comment.body == BODY.replace("212-555-0142", "[phone number removed]")
    assert (comment.status, comment.queue) == ("waiting", "general")
    assert comment.held_because == "Screening could not finish."


@pytest.mark.parametrize(
    "screener", ["cannot_find_personal_information", "finds_a_phone_number_and_is_not_whole"]
)
def test_nothing_is_cut_where_something_may_have_been_missed(client, settings, screener):
    settings.SCREENER = f"tests.comments.screeners.{screener}"
    body = "Call 020 7946 0958 in the evening."
    answer = write(client, make_article(), body=body, choice="redact")
    assert answer.status_code == 503
    assert "nothing was removed and nothing was sent" in text_of(answer)
    assert form_on(answer)["body"] == body
    assert not Comment.objects.exists()


def test_to_cut_is_not_offered_where_something_may_have_been_missed(client, settings):
    settings.SCREENER = "tests.comments.screeners.finds_a_phone_number_and_is_not_whole"
    page = text_of(write(client, make_article(), body="Call 020 7946 0958 in the evening."))
    assert "phone number: <q>020 7946 0958</q>" in page.replace("</strong>", "")
    assert [f'value="{choice}"' in page for choice in ("redact", "edit", "as_is")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("screener", ["finds_nothing", "raises", "cannot_find_hate"])
def test_a_comment_is_looked_at_once_on_its_way_in(client, settings, screener):
    settings.SCREENER = f"tests.comments.screeners.{screener}"
    screeners.SEEN.clear()
    assert write(client, make_article()).status_code == 302
    assert len(screeners.SEEN) == 1
    assert screeners.SEEN[0].signals.newcomer


def test_nobody_waits_twice_for_a_detector_that_is_down_to_have_something_cut(client, settings):
    settings.SCREENER = "tests.comments.screeners.cannot_find_hate"
    screeners.SEEN.clear()
    body = "Call 212-555-0142 or 212-555-0143.\n\nI want to die. I cannot go on."
    write(client, make_article(), name="Jo 212-555-0144", body=body, choice="redact")
    comment = Comment.objects.get()
    assert len(screeners.SEEN) == 1
    assert comment.body.startswith("Call [phone number removed] or [phone number removed].")
    assert comment.name == "Jo [phone number removed]"
    assert (comment.queue, comment.is_urgent) == ("general", True)
    assert {finding.type for finding in comment.findings.all()} >= {"DISTRESS", "FAULT"}
    distress = comment.findings.get(type="DISTRESS")
    assert distress.words == "I want to die. I cannot go on."
    assert not comment.findings.filter(type="PHONE").exists()


def test_the_same_text_counts_as_repeated_when_its_phone_number_was_cut_each_time(client):
    article = make_article()
    for _time in range(2):
        write(client, article, body=BODY, choice="redact")
    findings = Comment.objects.latest("pk").findings
    assert findings.filter(because__contains="The same text came once before").exists()


def test_a_plea_can_be_taken_for_a_letter_and_nothing_is_stored(client, settings):
    settings.SITE_POSTAL_ADDRESS = ["Northlight", "P.O. Box 0000"]
    article = make_article()
    warned = write(client, article, body=PLEA)
    assert 'value="letter" formtarget="_blank"' in text_of(warned)
    letter = step(client, warned, choice="letter")
    page = text_of(letter)
    assert (letter.status_code, letter["Cache-Control"]) == (200, "no-store")
    assert page.index("P.O. Box 0000") < page.index(PLEA)
    assert not Comment.objects.exists()
    back = step(client, letter, choice="edit")
    assert form_on(back)["body"] == PLEA


def test_a_plea_hears_what_to_send_and_who_else_may_help(client):
    page = text_of(write(client, make_article(), body=PLEA))
    assert page.index("What to send") < page.index("Your comment")
    assert 'href="/how-we-consider-cases/#organizations"' in page
    assert "What to send" not in text_of(write(client, make_article(), body=BODY))


def test_only_a_plea_is_offered_as_a_letter(client):
    assert 'value="letter"' not in text_of(write(client, make_article(), body=BODY))


def test_whoever_writes_in_spanish_gets_the_form_back_in_spanish(client):
    body = "Mi hermano está preso y no lo hizo; por favor ayúdenme con su caso."
    warned = write(client, make_article(), body=body)
    form = step(client, warned, choice="edit")
    assert '<html lang="es"' in form.content.decode()
    assert form_on(form)["body"] == body


def test_who_helps_in_the_state_that_the_comment_names_is_named(client):
    make_organisation("Prairie Lantern", places=["US-NE"])
    body = "Please look at my son's case. He is innocent and in prison in Nebraska since 2011."
    page = text_of(write(client, make_article(), body=body))
    assert "Nebraska" in page
    assert "Prairie Lantern" in page
    two = text_of(write(client, make_article(), body=body + " They first held him in Iowa."))
    assert "Prairie Lantern" not in two
