"""The pages of the saved replies: who may write them, and that nothing that was saved is lost."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Permission

from comments import replies
from comments.models import CaseReply, CaseReplyVersion
from tests.builders import make_case_reply

pytestmark = pytest.mark.django_db

NEW = {"title": "By post", "language": "en", "text": "Hello {name},\n\nplease write by post."}


@pytest.fixture
def reply():
    return make_case_reply(title="First title").reply


def page_of(response) -> str:
    return str(response.content.decode())


def test_moderators_read_the_saved_replies_and_only_those_who_may_change_them(
    moderator_client, lead_client, reply
):
    for path in ("/moderation/case-replies/", f"/moderation/case-replies/{reply.pk}/"):
        answer = moderator_client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
        assert "First title" in page_of(answer)
        assert "/write/" not in page_of(answer)
        assert "/new/" not in page_of(answer)
    for path in ("new/", f"{reply.pk}/write/", f"{reply.pk}/archive/", f"{reply.pk}/restore/"):
        for method in ("get", "post"):
            answer = getattr(moderator_client, method)(f"/moderation/case-replies/{path}")
            assert answer.status_code == 403
    assert "/new/" in page_of(lead_client.get("/moderation/case-replies/"))
    assert "/write/" in page_of(lead_client.get(f"/moderation/case-replies/{reply.pk}/"))


def test_who_may_write_replies_but_not_moderate_does_not_get_in(client, lead, reply):
    lead.groups.clear()
    lead.user_permissions.add(Permission.objects.get(codename="edit_case_replies"))
    client.force_login(lead)
    for path in ("", "new/", f"{reply.pk}/write/"):
        assert client.get(f"/moderation/case-replies/{path}").status_code == 403


def test_a_new_reply_is_saved_with_its_first_version(lead_client, lead):
    answer = lead_client.post("/moderation/case-replies/new/", NEW | {"action": "save"})
    reply = CaseReply.objects.get(title="By post")
    assert answer["Location"] == f"/moderation/case-replies/{reply.pk}/"
    assert [(one.number, one.by) for one in reply.versions.all()] == [(1, lead)]


def test_a_change_is_the_next_version_and_the_older_one_can_be_restored(lead_client, reply):
    address = f"/moderation/case-replies/{reply.pk}/"
    assert lead_client.post(f"{address}write/", NEW | {"number": 1}).status_code == 302
    page = page_of(lead_client.get(address))
    assert "please write by post" in page
    assert "First title" in page
    assert "Restore version 1" in page
    assert "Restore version 2" not in page
    assert lead_client.post(f"{address}restore/", {"number": 1}).status_code == 302
    reply.refresh_from_db()
    assert (reply.title, reply.number) == ("First title", 3)


@pytest.mark.parametrize("number", ["", "0", "7", "x", "²", "9" * 30])
def test_a_version_that_is_not_there_is_not_restored(lead_client, reply, number):
    answer = lead_client.post(f"/moderation/case-replies/{reply.pk}/restore/", {"number": number})
    assert answer.status_code == 404
    assert reply.versions.count() == 1


def test_a_reply_goes_into_the_archive_and_comes_back(lead_client, reply):
    address = f"/moderation/case-replies/{reply.pk}/"
    lead_client.post(f"{address}archive/", {"action": "archive"})
    assert "In the archive" in page_of(lead_client.get(address))
    overview = page_of(lead_client.get("/moderation/case-replies/"))
    assert overview.index("First title") > overview.index('id="archive"')
    lead_client.post(f"{address}archive/", {"action": "bring_back"})
    assert "In the archive" not in page_of(lead_client.get(address))


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"text": "Write to {adress}."}, "text", "{adress} is no placeholder of ours."),
        ({"text": "Write to {our_address."}, "text", "{ is no placeholder of ours."),
        ({"text": ""}, "text", "This field is required."),
        ({"title": " "}, "title", "This field is required."),
        ({"language": "fr"}, "language", "fr"),
        ({"title": "x" * 81}, "title", "Please shorten it to 80 characters."),
        ({"text": "x" * 4001}, "text", "It has 4,001 now."),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_field(lead_client, values, field, said):
    for action in ("save", "preview"):
        answer = lead_client.post(
            "/moderation/case-replies/new/", NEW | values | {"action": action}
        )
        assert answer.status_code == 422
        [beside] = re.findall(rf'id="id_{field}_error">(.*?)</div>', page_of(answer), re.S)
        assert said in beside
    assert not CaseReply.objects.filter(title="By post").exists()


def test_an_unknown_placeholder_is_named_together_with_those_that_are_known(lead_client):
    answer = lead_client.post("/moderation/case-replies/new/", NEW | {"text": "{adress}"})
    for name in ("{name}", "{our_address}", "{how_we_consider_cases}", "{who_helps_there}"):
        assert name in page_of(answer)


def test_a_preview_shows_the_letter_and_saves_nothing(lead_client, reply, settings):
    settings.SITE_POSTAL_ADDRESS = ["Northlight", "P.O. Box 0000"]
    data = NEW | {"text": "Hello {name},\n\n{our_address}\n\n<b>", "number": 1, "action": "preview"}
    answer = lead_client.post(f"/moderation/case-replies/{reply.pk}/write/", data)
    assert answer.status_code == 200
    assert "Hello Ruth," in page_of(answer)
    assert "Northlight<br>P.O. Box 0000" in page_of(answer)
    assert "<b>" not in page_of(answer)
    assert "Hello {name}," in page_of(answer)
    assert reply.versions.count() == 1


def test_two_people_who_write_at_once_do_not_overwrite_each_other(lead_client, lead, reply):
    address = f"/moderation/case-replies/{reply.pk}/write/"
    replies.save(reply, by=lead, number=1, **NEW | {"title": "Theirs"})
    mine = NEW | {"title": "Mine", "number": 1}
    answer = lead_client.post(address, mine)
    assert answer.status_code == 409
    assert "Somebody has saved a newer text meanwhile" in page_of(answer)
    assert 'value="Mine"' in page_of(answer)
    [number] = re.findall(r'name="number" value="(\d+)"', page_of(answer))
    assert lead_client.post(address, mine | {"number": number}).status_code == 302
    titles = CaseReplyVersion.objects.filter(reply=reply).values_list("title", flat=True)
    assert list(titles) == ["Mine", "Theirs", "First title"]


def test_the_overview_asks_the_database_the_same_whatever_there_is(
    moderator_client, django_assert_num_queries
):
    for number in range(12):
        make_case_reply(title=f"Reply {number}")
    with django_assert_num_queries(7):
        moderator_client.get("/moderation/case-replies/")
