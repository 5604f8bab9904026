"""The comment form: what it refuses, what it says then, and what it only takes note of."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from crispy_forms.utils import render_crispy_form
from django.http import QueryDict
from django.utils import timezone

from comments import forms
from comments.forms import CommentForm
from comments.models import Status
from tests.builders import make_article, make_comment

pytestmark = pytest.mark.django_db
REQUIRED = ["This field is required."]


def _form(article=None, **fields):
    filled = {"name": "Marguerite D.", "email": "m@example.org", "body": "Watched it twice."}
    data = QueryDict(mutable=True)
    data.update(filled | fields)
    return CommentForm(data, article=article or make_article())


@pytest.mark.parametrize("empty", ["", "  \r\n\t", "\x00\x07", "\u200b\u200d"])
def test_each_empty_field_says_so_itself(empty):
    form = _form(name=empty, email=empty, body=empty)
    assert not form.is_valid()
    assert form.errors == {"name": REQUIRED, "email": REQUIRED, "body": REQUIRED}


def test_fields_that_are_not_sent_at_all_are_empty_fields():
    form = CommentForm(QueryDict(), article=make_article())
    assert form.errors == {"name": REQUIRED, "email": REQUIRED, "body": REQUIRED}


def test_the_limits_are_said_before_they_are_hit():
    page = render_crispy_form(CommentForm(article=make_article()))
    assert f"Up to {forms.MAX_BODY:,} characters" in page
    assert f"Up to {forms.MAX_NAME} characters" in page
    assert "maxlength" not in page  # a browser would cut the text without a word


def test_length_is_counted_as_the_text_will_be_stored():
    assert _form(body="é" * forms.MAX_BODY).is_valid()
    assert _form(body="e\u0301" * forms.MAX_BODY).is_valid()
    assert _form(body="a\r\n" * 2500).is_valid()
    assert _form(body="🙂" * forms.MAX_BODY).is_valid()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("body", "a" * 5001, "Please shorten your comment to 5,000 characters. It has 5,001 now."),
        (
            "body",
            "🙂" * 10_000,
            "to 5,000 characters. It has 10,000 now.",
        ),
        ("body", "a" * 400_000, "It has 400,000 now."),
        ("name", "a" * 81, "Please shorten your name to 80 characters. It has 81 now."),
        ("email", "not an address", "Please enter a whole e-mail address"),
        ("email", "someone@" + "a" * 3000 + ".org", "Please enter a whole e-mail address"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(field, text, said):
    form = _form(**{field: text})
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert said in form.errors[field][0]
    page = render_crispy_form(form)
    assert f'id="id_{field}_error"' in page
    assert 'aria-invalid="true"' in page


def test_text_is_cleaned_before_it_is_stored():
    form = _form(name=" Marguerite\x00\n D. ", email=" m@example.org\x00", body="one\r\n\x07two")
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Marguerite D."
    assert form.cleaned_data["email"] == "m@example.org"
    assert form.cleaned_data["body"] == "one\ntwo"


def test_a_reply_finds_the_comment_it_answers():
    parent = make_comment()
    form = _form(parent.article, parent=str(parent.pk))
    assert form.is_valid()
    assert form.cleaned_data["parent"] == parent


@pytest.mark.parametrize(
    "odd", ["999999999", "-1", "1.5", "x", "²", "\x00", "9" * 30, "9" * 5000, "1 2"]
)
def test_a_parent_that_cannot_be_is_refused_and_the_text_kept(odd):
    form = _form(parent=odd)
    assert not form.is_valid()
    assert form.errors == {"parent": [forms.PARENT_IS_GONE]}
    assert form["body"].value() == "Watched it twice."


@pytest.mark.parametrize("which", ["elsewhere", "waiting", "removed"])
def test_a_parent_that_readers_do_not_see_here_is_refused(which):
    article = make_article()
    parent = {
        "elsewhere": make_comment(),
        "waiting": make_comment(article, status=Status.WAITING),
        "removed": make_comment(article, status=Status.REMOVED),
    }[which]
    form = _form(article, parent=str(parent.pk))
    assert form.errors == {"parent": [forms.PARENT_IS_GONE]}


def test_after_that_the_same_text_can_be_sent_as_a_comment_of_its_own():
    form = _form(parent="999999999")
    assert not form.is_valid()
    assert form["parent"].value() == ""
    assert form.answers is None


def test_the_honeypot_is_there_for_machines_only():
    page = render_crispy_form(CommentForm(article=make_article()))
    trap = page[page.index('class="trap"') :]
    for part in ('aria-hidden="true"', "Leave this empty", 'tabindex="-1"', 'autocomplete="off"'):
        assert part in trap


def test_browsers_may_fill_in_name_and_address():
    page = render_crispy_form(CommentForm(article=make_article()))
    assert 'autocomplete="name"' in page
    assert 'autocomplete="email"' in page


@pytest.mark.parametrize(
    "odd",
    [
        {"website": "https://example.org/"},
        {"website": "\x00"},
        {"started": "forged:signature"},
        {"started": "\x00"},
        {"key": "not a key"},
        {"key": "\x00" * 300},
    ],
)
def test_what_only_a_machine_would_send_is_a_signal_and_never_a_refusal(odd):
    assert _form(**odd).is_valid()


def test_circumstances_are_told_apart():
    form = _form(website="https://example.org/", key="x")
    assert form.is_valid()
    circumstances = {name: form.cleaned_data[name] for name in sorted(form.cleaned_data)}
    assert circumstances == {
        "body": "Watched it twice.",
        "email": "m@example.org",
        "honeypot_filled": True,
        "key": "",
        "name": "Marguerite D.",
        "parent": None,
        "seconds_to_write": None,
        "start_time_missing": True,
        "tell_me": False,
    }


def test_the_start_time_comes_back_as_seconds():
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        fresh = CommentForm(article=make_article())
    hidden = {name: str(fresh[name].value()) for name in ("key", "started")}
    with time_machine.travel(now + timedelta(seconds=42), tick=False):
        form = _form(**hidden)
        assert form.is_valid()
    assert form.cleaned_data["seconds_to_write"] == pytest.approx(42, abs=0.01)
    assert not form.cleaned_data["start_time_missing"]
    assert form.cleaned_data["key"]


@pytest.mark.parametrize(
    ("age", "known"), [(-5, 0.0), (0, 0.0), (172_000, 172_000), (172_900, None)]
)
def test_an_old_start_time_proves_nothing_and_one_ahead_is_now(age, known):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        started = forms.start_time()
    with time_machine.travel(now + timedelta(seconds=age), tick=False):
        seconds = forms.seconds_since(started)
    assert seconds == (None if known is None else pytest.approx(known, abs=1))


def test_every_form_has_a_key_of_its_own():
    article = make_article()
    keys = {str(CommentForm(article=article)["key"].value()) for _number in range(3)}
    assert len(keys) == 3


def test_a_refilled_form_asks_the_database_nothing(django_assert_num_queries):
    key = str(uuid4())
    data = QueryDict(mutable=True)
    data.update({"name": "M", "email": "bad", "body": "Kept <b>text</b>", "key": key})
    with django_assert_num_queries(0):
        page = render_crispy_form(CommentForm.refilled(data))
    assert "Kept &lt;b&gt;text&lt;/b&gt;" in page
    assert key in page
    assert "error" not in page
