"""Work in a thread of its own: its result, its errors, and its end."""

from __future__ import annotations

import threading
import time

import pytest

from comments.screening.deadline import BrokenOffError, start, within


def spin() -> None:
    while True:
        pass


def leave() -> None:
    raise SystemExit


def run_out_of_time() -> None:
    raise TimeoutError("of its own")


def test_what_work_returns_or_raises_arrives():
    assert within(5, lambda: "done") == "done"
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 / 0)
    with pytest.raises(BrokenOffError, match="SystemExit"):
        within(5, leave)
    with pytest.raises(TimeoutError, match="of its own"):
        within(5, run_out_of_time)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_that_hangs_is_stopped():
    began = threading.Event()

    def hang() -> None:
        began.set()
        spin()

    worker = start(hang)
    assert began.wait(5)
    worker.stop()
    worker.join(5)
    assert not worker.is_alive()
    with pytest.raises(TimeoutError):
        within(0.05, spin)


def test_nobody_else_is_stopped_in_the_place_of_work_that_has_ended(monkeypatch):
    """The number of a thread that ended is given to the next one; here it is already ours."""
    worker = start(lambda: None)
    worker.join(5)
    monkeypatch.setattr(worker, "is_alive", lambda: True)
    monkeypatch.setattr(worker, "_ident", threading.get_ident())
    assert worker.ident == threading.get_ident()
    worker.stop()
    time.sleep(0.01)  # enough Python for an exception to strike


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_work_cannot_end_while_it_is_being_stopped():
    may_end = threading.Event()
    worker = start(may_end.wait)
    with worker._ending:
        may_end.set()
        worker.join(0.05)
        assert worker.is_alive()
    worker.join(5)
    assert not worker.is_alive()
