"""Reading something large once for a process, whatever becomes of those who wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Generic, TypeVar

from ..sealed import DataError

Loaded = TypeVar("Loaded")

LOADING_TIME = 1.5
"""Seconds that a comment waits for it; less than the deadline of a detector."""


class Loader(Generic[Loaded]):
    """``read`` for each folder once, in a thread that nobody ends.

    A detector that is late is stopped. A stop in the middle of an import or of a read would leave
    half of it behind for all comments that follow, so a detector only waits here: the comment that
    came too early is held with a fault, and the next finds everything in place. Comments that come
    at the same time wait for the same read. After a failure the next comment tries anew.
    """

    def __init__(self, read: Callable[[Path], Loaded]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._found: dict[Path, Future[Loaded]] = {}

    def __call__(self, folder: Path, *, seconds: float = LOADING_TIME) -> Loaded:
        """What ``read`` made of the folder; raises what it raised.

        Raises :class:`~..sealed.DataError` when it is not there after so many seconds.
        """
        try:
            return self._begun(folder).result(timeout=seconds)
        except TimeoutError as error:
            raise DataError("the network is still being read") from error

    def forget(self) -> None:
        """Read anew when somebody asks next."""
        with self._lock:
            self._found.clear()

    def is_loaded(self, folder: Path) -> bool:
        found = self._found.get(folder)
        return found is not None and found.done() and found.exception() is None

    def _begun(self, folder: Path) -> Future[Loaded]:
        with self._lock:
            found = self._found.get(folder)
            if found is None or (found.done() and found.exception() is not None):
                found = self._found[folder] = Future()
                threading.Thread(target=self._run, args=(folder, found), daemon=True).start()
            return found

    def _run(self, folder: Path, found: Future[Loaded]) -> None:
        try:
            found.set_result(self._read(folder))
        except BaseException as error:  # handed to those who wait, and raised there
            found.set_exception(error)
