"""The README's commands, as someone types them."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from guides import ROOT


def make(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_help_lists_every_command_that_the_readme_names() -> None:
    listed = set(re.findall(r"^make (\w+)", make("help").stdout, re.M))
    named = set(re.findall(r"\bmake (\w+)", (ROOT / "README.md").read_text("utf-8")))
    assert {"serve", "test", "check", "build"} <= named <= listed


def test_check_is_green() -> None:
    assert make("check", GITHUB_ACTIONS="").returncode == 0
    done = make("check", GITHUB_ACTIONS="true")
    assert done.returncode == 0
    assert "::error" not in done.stdout


def test_setting_up_again_does_nothing() -> None:
    assert "is up to date" in make(".venv/test.done").stdout


def test_missing_python_is_one_clear_line() -> None:
    done = make("-B", ".venv/bin/python", "PYTHON=")
    assert done.returncode != 0
    assert "make: Python 3.11 or newer is needed" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_answers_on_the_port_given() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        ["make", "serve", f"PORT={port}"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        page = _fetch(f"http://127.0.0.1:{port}/mindsets/m05-trust-first/", seconds=60)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=10)
    assert "<h1>We must trust each other before this can work</h1>" in page


def _fetch(address: str, seconds: int) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.read().decode("utf-8")
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"{address} did not answer within {seconds} seconds")
