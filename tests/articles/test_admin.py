"""The admin shows what staff wrote and changes topics and works only."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.builders import make_article, make_topic, make_user, make_work

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_page():
    client = Client()
    client.force_login(make_user("admin", is_staff=True, is_superuser=True))
    return lambda method, name, *args: getattr(client, method)(reverse(f"admin:{name}", args=args))


@pytest.mark.parametrize(
    "model",
    [
        "article", "revision", "publication", "picture",
        "guiderevision", "organisation", "directorychange",
    ],
)  # fmt: skip
def test_what_staff_wrote_is_read_only(admin_page, model):
    article = make_article(topic=make_topic())
    assert admin_page("get", f"articles_{model}_changelist").status_code == 200
    assert admin_page("get", f"articles_{model}_add").status_code == 403
    if model in {"article", "revision"}:
        thing = article if model == "article" else article.revisions.get()
        html = admin_page("get", f"articles_{model}_change", thing.pk).content.decode()
        assert 'name="_save"' not in html
        assert admin_page("post", f"articles_{model}_change", thing.pk).status_code == 403
        assert admin_page("post", f"articles_{model}_delete", thing.pk).status_code == 403


@pytest.mark.parametrize(("model", "make"), [("topic", make_topic), ("work", make_work)])
def test_topics_and_works_can_be_edited(admin_page, model, make):
    thing = make()
    assert admin_page("get", f"articles_{model}_add").status_code == 200
    html = admin_page("get", f"articles_{model}_change", thing.pk).content.decode()
    assert 'name="_save"' in html
