"""A running demo: the real server with the real settings over a folder that goes away."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Demo:
    """The address of a running demo, and the environment that its commands need."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        ).stdout


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DJANGO_DEBUG"}
    } | {
        "VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PLAIN_HTTP": "1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SITE_NAME": "Northlight Innocence Center",
        "SITE_POSTAL_ADDRESS": "Northlight Innocence Center|P.O. Box 0000|Anytown, NY 00000",
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
    }
    running = Demo(f"http://127.0.0.1:{port}", environment)
    running.manage("migrate", "--verbosity", "0")
    running.manage("demo")
    running.manage("collectstatic", "--noinput", "--verbosity", "0")
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "innocence.wsgi"),
                *("--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4"),
                *("--control-socket", str(folder / "gunicorn.ctl"), "--log-level", "warning"),
            ],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(f"{running.url}/healthz", server)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        assert server.poll() is None, "the server stopped at its start"
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not answer within half a minute")
