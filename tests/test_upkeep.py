"""What the weekly run asks: are the links to elsewhere alive, is an exception explained?"""

import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from guides import ROOT, Case, make_guide
from outside_links import main, what_is_wrong


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """A host that answers with the status that its path names."""

    class Status(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path.strip("/")))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Status)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("status", [200, 401, 403, 405, 429])
def test_host_that_answers_is_there(elsewhere: str, status: int) -> None:
    assert what_is_wrong(f"{elsewhere}/{status}") == ""


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_page_that_is_gone_is_told(elsewhere: str, status: int) -> None:
    assert what_is_wrong(f"{elsewhere}/{status}") == f"answers {status}"


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://127.0.0.1:port/", "http://"])
def test_address_without_a_host_behind_it_is_told(address: str) -> None:
    assert what_is_wrong(address) != ""


def test_broken_link_is_told_with_every_place(
    elsewhere: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_guide(Case("", (), ""), tmp_path)
    assert main(root) == 0
    for name in ("index", "references"):
        with (root / f"docs/{name}.md").open("a", encoding="utf-8") as page:
            page.write(f"\n[gone]({elsewhere}/404#there) [here]({elsewhere}/200)\n")
    with (root / "bibliography.bib").open("a", encoding="utf-8") as works:
        works.write(f"\n@misc{{more,\n  title = {{More}},\n  url = {{{elsewhere}/404}},\n}}\n")
    capsys.readouterr()
    assert main(root) == 1
    told = capsys.readouterr()
    assert re.fullmatch(
        rf"- `{elsewhere}/404` answers 404: "
        r"`docs/index.md:\d+`, `docs/references.md:\d+`, `bibliography.bib:\d+`\n",
        told.out,
    )
    assert "1 of 2 links" in told.err


def test_exception_to_the_audit_is_explained() -> None:
    lines = (ROOT / "requirements/audit-exceptions.txt").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    for line in lines:
        assert re.match(r"# |(GHSA|CVE|PYSEC)-\S+ \S+ \S+ \S+", line), line
