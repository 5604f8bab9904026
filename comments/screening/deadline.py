"""Work that may hang or break in any way, done elsewhere, so that a visitor gets an answer."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

Result = TypeVar("Result")


class BrokenOffError(RuntimeError):
    """The work tried to end the whole program."""


class Worker(threading.Thread):
    """A thread for work that may hang, and can then be told to stop."""

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._ending = threading.Lock()
        self._can_be_stopped = True

    def run(self) -> None:
        with suppress(SystemExit):  # what :meth:`stop` raises here
            try:
                self._work()
            finally:
                with self._ending:
                    self._can_be_stopped = False

    def stop(self) -> None:
        """End hanging work at its next Python instruction, so that it burns no processor.

        The number of a thread that has ended soon belongs to another one. This one cannot end
        before it has had the lock, so as long as we hold it the number is still its own.
        """
        with self._ending:
            if self._can_be_stopped and self.ident is not None:
                self._can_be_stopped = False
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(self.ident), ctypes.py_object(SystemExit)
                )


def start(work: Callable[[], object]) -> Worker:
    worker = Worker(work)
    worker.start()
    return worker


def within(seconds: float, work: Callable[[], Result]) -> Result:
    """The result of ``work``, which is done in a thread of its own.

    Raises whatever it raised, :class:`BrokenOffError` for what only ends programs, and
    :class:`TimeoutError` when it takes longer; then it is told to stop.
    """
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except Exception as error:
            outcome.set_exception(error)
        except BaseException as error:
            outcome.set_exception(BrokenOffError(type(error).__name__))

    worker = start(run)
    try:
        return outcome.result(timeout=seconds)
    except TimeoutError:
        worker.stop()
        raise
