"""From a flat list to trees: what hangs where, and who sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from comments import threads
from comments.models import Comment, Reason, Status

ME = uuid4()


def _comment(pk, parent=None, status=Status.PUBLISHED, **values):
    """Never saved: trees are grown without a database."""
    written = datetime(2017, 9, 14, 4, 8, tzinfo=UTC)
    comment = Comment(
        pk=pk, parent_id=parent, status=status, created_at=written, name=f"Reader {pk}"
    )
    for name, value in values.items():
        setattr(comment, name, value)
    return comment


def _shape(nodes):
    return [(node.pk, _shape(node.replies)) if node.replies else node.pk for node in nodes]


def test_replies_hang_below_what_they_answer_in_their_order():
    grown = threads.grow([_comment(1), _comment(2), _comment(3, 1), _comment(4, 2), _comment(5, 1)])
    assert _shape(grown) == [(1, [3, 5]), (2, [4])]


def test_replies_indent_twice_and_then_say_whom_they_answer():
    grown = threads.grow(
        [_comment(1), _comment(2, 1), _comment(3, 2), _comment(4, 3), _comment(5, 4)]
    )
    assert _shape(grown) == [(1, [(2, [3, 4, 5])])]
    answered = {node.pk: node.in_reply_to and node.in_reply_to.pk for node in threads.walk(grown)}
    assert answered == {1: None, 2: None, 3: None, 4: 3, 5: 4}
    assert [node.depth for node in threads.walk(grown)] == [0, 1, 2, 2, 2]


def test_flattened_replies_stand_right_below_what_they_answer():
    flat = [_comment(1), _comment(2, 1), _comment(3, 2), _comment(4, 2), _comment(5, 3)]
    assert _shape(threads.grow(flat)) == [(1, [(2, [3, 5, 4])])]


def test_a_removed_comment_leaves_a_tombstone_only_above_something_visible():
    flat = [
        _comment(1, status=Status.REMOVED),
        _comment(2, 1),
        _comment(3, status=Status.REMOVED),
        _comment(4, 3, status=Status.REMOVED),
        _comment(5, 3, status=Status.WAITING),
    ]
    (tombstone,) = threads.grow(flat)
    assert (tombstone.pk, tombstone.is_gone, tombstone.is_removed) == (1, True, True)
    assert _shape([tombstone]) == [(1, [2])]


def test_nothing_of_a_comment_that_is_gone_reaches_the_page():
    removed = _comment(1, status=Status.REMOVED, body="Words that were removed.")
    waiting = _comment(2, status=Status.WAITING, body="Words that wait.")
    grown = threads.grow([removed, waiting, _comment(3, 1), _comment(4, 2)])
    gone = [node for node in threads.walk(grown) if node.is_gone]
    assert [(node.pk, node.comment) for node in gone] == [(1, None), (2, None)]
    assert [node.is_removed for node in gone] == [True, False]


def test_a_tombstone_gives_the_reason_unless_it_is_a_particular_one():
    flat = [
        _comment(1, status=Status.REMOVED, removal_reason="off_topic"),
        _comment(2, status=Status.REMOVED, removal_reason="other"),
        _comment(3, status=Status.WAITING, removal_reason="off_topic"),
        _comment(4, 1),
        _comment(5, 2),
        _comment(6, 3),
    ]
    assert [node.removed_for for node in threads.grow(flat)] == [Reason.OFF_TOPIC.label, "", ""]


def test_a_waiting_comment_is_there_for_its_author_alone():
    flat = [_comment(1), _comment(2, 1, status=Status.WAITING, visitor=ME)]
    assert _shape(threads.grow(flat)) == [1]
    assert _shape(threads.grow(flat, visitor=uuid4())) == [1]
    mine = threads.grow(flat, visitor=ME)
    assert _shape(mine) == [(1, [2])]
    assert mine[0].replies[0].is_waiting


def test_a_removed_comment_is_gone_for_its_author_too():
    assert threads.grow([_comment(1, status=Status.REMOVED, visitor=ME)], visitor=ME) == []


def test_waiting_comments_without_a_visitor_belong_to_nobody():
    assert threads.grow([_comment(1, status=Status.WAITING, visitor=None)], visitor=None) == []


def test_a_chain_of_a_thousand_replies_grows():
    chain = [_comment(1)] + [_comment(pk, pk - 1) for pk in range(2, 1001)]
    grown = threads.grow(chain)
    assert [node.pk for node in threads.walk(grown)] == list(range(1, 1001))
    assert max(node.depth for node in threads.walk(grown)) == threads.DEEPEST


def test_a_chain_that_is_gone_but_for_its_last_reply_stays():
    chain = [_comment(1, status=Status.REMOVED)]
    chain += [_comment(pk, pk - 1, status=Status.REMOVED) for pk in range(2, 1000)]
    grown = threads.grow([*chain, _comment(1000, 999)])
    assert sum(node.is_gone for node in threads.walk(grown)) == 999
    assert threads.grow(chain) == []
