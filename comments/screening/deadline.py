"""Work that may hang or break in any way, done elsewhere, so that a visitor gets an answer."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


class BrokenOffError(RuntimeError):
    """The work tried to end the whole program."""


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

    worker = threading.Thread(target=run, daemon=True)
    worker.start()
    try:
        return outcome.result(timeout=seconds)
    except TimeoutError:
        stop(worker)
        raise


def stop(worker: threading.Thread) -> None:
    """End a hanging worker at its next Python instruction, so that it burns no processor."""
    if worker.ident is not None and worker.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(worker.ident), ctypes.py_object(SystemExit)
        )
