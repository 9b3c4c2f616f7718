"""The built site behind nginx with the project's own configuration."""

import http.client
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page

from guide.files import serving
from guide.files.serving import ANSWERS, HEADERS, POLICY
from guide.links.permalinks import redirects
from guides import change
from real import ENTRY, SITE
from servers import Quiet, answering, nginx

ASSET, INDEX = "/assets/guide.1a2b3c4d.css", "/search/0123456789abcdef/words/co.json"
NOT_FINGERPRINTED = ("/assets/guide.css", "/assets/defaced.css", "/assets/a.1a2b3c4.css")
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that every user of the machine may read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    """Another host, which takes what it is asked for and sends no headers of ours."""
    with answering(partial(Quiet, directory=HERE / "elsewhere")) as address:
        yield address


@pytest.fixture(scope="module")
def site(built: Path, folder: Path, other: str) -> Path:
    """The built site with fingerprinted files, all that servers read, and a trial.

    That asks for things which are not ours, and has a script that notes what became of it.
    """
    site = shutil.copytree(built, folder / "site")
    for path in (ASSET, INDEX, *NOT_FINGERPRINTED[1:], "/.well-known/security.txt", "/.git/config"):
        file = site / path[1:]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}\n", "utf-8")
    trial = shutil.copytree(HERE / "trial", site / "trial")
    change(trial / "own.js", "OTHER", other)
    page = (trial / "page.html").read_text("utf-8").replace("OTHER", other)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{serving.POLICY_IN_PAGE}">'
    for name, head in (("header.html", ""), ("meta.html", meta)):
        (trial / name).write_text(page.replace("META", head), "utf-8")
    serving.write_server_files(site, redirects(SITE))
    subprocess.run(["gzip", "-kn9", site / ENTRY[1:] / "index.html"], check=True)
    return site


@pytest.fixture(scope="module")
def server(site: Path, folder: Path) -> Iterator[str]:
    work = folder / "nginx"
    work.mkdir()
    with nginx(site, work) as address:
        yield address


@pytest.fixture(scope="module")
def bare(site: Path) -> Iterator[str]:
    """The same site from a host that takes no headers from us."""
    with answering(partial(Quiet, directory=site)) as address:
        yield address


def ask(
    server: str, path: str, method: str = "GET", **given: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body, for a path that is sent as it stands here."""
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=10)
    connection.request(method, path, headers={k.replace("_", "-"): v for k, v in given.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


HTML, PLAIN = "text/html; charset=utf-8", "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/", 200, HTML),
        (ENTRY, 200, HTML),
        (ASSET, 200, "text/css; charset=utf-8"),
        ("/assets/guide.*.css", 200, "text/css; charset=utf-8"),
        ("/assets/guide.*.js", 200, r"(text|application)/javascript; charset=utf-8"),
        ("/llms.txt", 200, PLAIN),
        ("/permalinks.txt", 200, PLAIN),
        ("/.well-known/security.txt", 200, PLAIN),
        ("/sitemap.xml", 200, "text/xml; charset=utf-8"),
        ("/entries.json", 200, "application/json"),
        ("/m05/qr.svg", 200, r"image/svg\+xml"),
        ("/assets/fonts/figtree-latin-wght-normal.*.woff2", 200, "font/woff2"),
        ("/references.bib", 200, "application/x-bibtex; charset=utf-8"),
        ("/references/huxham1996.ris", 200, "application/x-research-info-systems; charset=utf-8"),
        (f"{ENTRY}index.html.md", 200, "text/markdown; charset=utf-8"),
        ("/m05/", 301, "text/html"),
        ("/no-such-page/", 404, HTML),
        ("/no-such.bib", 404, HTML),
    ],
)
def test_every_answer_has_its_type_and_the_headers(
    server: str, built: Path, path: str, status: int, kind: str
) -> None:
    if "*" in path:
        path = f"/{next(built.glob(path[1:])).relative_to(built).as_posix()}"
    found, answer, _ = ask(server, path)
    assert found == status
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert re.fullmatch(kind, answer["Content-Type"]), answer["Content-Type"]
    saved = "attachment" if "application/x-" in kind else None
    assert answer["Content-Disposition"] == saved


def test_only_fingerprinted_files_are_kept_for_long(server: str) -> None:
    for path in (ASSET, INDEX):
        assert ask(server, path)[1]["Cache-Control"] == ANSWERS["lasting"]
    for path in ("/", ENTRY, "/m05/", "/sw.js", *NOT_FINGERPRINTED):
        assert ask(server, path)[1]["Cache-Control"] == ANSWERS["fresh"], path
    status, answer, _ = ask(server, "/assets/gone.1a2b3c4d.css")
    assert (status, answer["Cache-Control"]) == (404, ANSWERS["fresh"])


@pytest.mark.parametrize("accepted", ["br", "gzip", "identity"])
def test_page_is_sent_again_only_when_it_changed(server: str, accepted: str) -> None:
    status, first, body = ask(server, ENTRY, Accept_Encoding=accepted)
    assert status == 200
    assert body
    status, again, body = ask(server, ENTRY, Accept_Encoding=accepted, If_None_Match=first["ETag"])
    assert (status, body) == (304, b"")
    assert again["Cache-Control"] == ANSWERS["fresh"]
    assert ask(server, ENTRY, Accept_Encoding=accepted, If_None_Match='"other"')[0] == 200


@pytest.mark.parametrize(
    ("accepted", "coding"), [("br", None), ("gzip", "gzip"), ("gzip, br", "gzip"), ("", None)]
)
def test_copy_is_chosen_by_what_the_browser_accepts(
    server: str, site: Path, accepted: str, coding: str | None
) -> None:
    _, answer, body = ask(server, ENTRY, Accept_Encoding=accepted)
    file = {"gzip": "index.html.gz", None: "index.html"}[coding]
    assert body == (site / ENTRY[1:] / file).read_bytes()
    assert answer["Content-Encoding"] == coding
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Content-Type"] == "text/html; charset=utf-8"


def test_every_short_link_is_a_true_redirect(server: str) -> None:
    links = redirects(SITE)
    assert len(links) > 200
    assert {
        path: (status, answer["Location"])
        for path in links
        for status, answer, _ in [ask(server, path)]
    } == {path: (301, target) for path, target in links.items()}


@pytest.mark.parametrize("typed", ["/m05", "/M05/", ENTRY.rstrip("/")])
def test_address_may_lack_its_slash_and_a_short_one_be_in_capitals(server: str, typed: str) -> None:
    path, hops = typed, 0
    while (found := ask(server, path))[0] in (301, 308):
        path, hops = found[1]["Location"], hops + 1
    assert (found[0], path) == (200, ENTRY)
    assert hops <= 2


@pytest.mark.parametrize(
    "path",
    [
        *("/no-such-page/", "/assets/", "/references/no-such.ris", "/_headers", "/_redirects"),
        *("/.serving/nginx-http.conf", "/.git/config", "/assets/../.git/config"),
        *("/%2egit/config", "//.git/config"),
    ],
)
def test_page_that_is_lost_or_hidden_is_the_404(server: str, site: Path, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert body == (site / "404.html").read_bytes()


@pytest.mark.parametrize("climb", ["/../", "/assets/../../", "/%2e%2e/", "/..%2f", "/%2e%2e%2f"])
def test_nothing_outside_the_site_is_served(server: str, site: Path, climb: str) -> None:
    (site.parent / "outside.txt").write_text("outside", "utf-8")
    status, _, body = ask(server, f"{climb}outside.txt")
    assert status in (400, 404)
    assert body != b"outside"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(server: str, method: str) -> None:
    for path in ("/", "/m05/", "/no-such-page/"):
        status, answer, _ = ask(server, path, method)
        assert (status, answer["Allow"]) == (405, "GET, HEAD"), path
        assert answer["Content-Security-Policy"] == POLICY


def test_head_is_answered_as_get_without_the_body(server: str) -> None:
    for path, wanted in ((ENTRY, 200), ("/m05/", 301), ("/no-such-page/", 404)):
        status, _, body = ask(server, path, "HEAD")
        assert (status, body) == (wanted, b"")


def test_browser_is_held_to_https_only_over_https(server: str) -> None:
    (name, value), *_ = ANSWERS["secure"].items()
    assert ask(server, "/")[1][name] is None
    assert ask(server, "/", X_Forwarded_Proto="http")[1][name] is None
    assert ask(server, "/", X_Forwarded_Proto="https")[1][name] == value


STYLED = "[getComputedStyle(styled).position, getComputedStyle(styled).clear]"
BLOCKED = {
    *("script-src", "script-src-attr", "script-src-elem", "style-src-attr", "style-src-elem"),
    *("img-src", "frame-src", "connect-src", "form-action", "base-uri"),
}


@pytest.mark.parametrize(("host", "page"), [("server", "header.html"), ("bare", "meta.html")])
def test_policy_in_the_header_or_the_page_blocks_what_is_not_ours(
    tab: Page, host: str, page: str, request: pytest.FixtureRequest
) -> None:
    """And what belongs to the site works."""
    tab.goto(f"{request.getfixturevalue(host)}/trial/{page}")
    assert tab.evaluate("fetched") == "own"
    assert tab.evaluate("getComputedStyle(document.body).color") == "rgb(1, 2, 3)"
    assert tab.evaluate("sent") is False
    assert tab.evaluate("[window.inline, window.handler, evaluated]") == [None, None, False]
    assert tab.evaluate(STYLED) == ["static", "none"]
    assert tab.evaluate("remote.naturalWidth") == 0
    tab.evaluate("out.submit()")
    tab.wait_for_function("count => blocked.size >= count", arg=len(BLOCKED))
    assert set(tab.evaluate("[...blocked]")) == BLOCKED
    tab.evaluate("home.submit()")
    tab.wait_for_url("**/trial/found.html?q=trust")


def test_without_the_policy_the_same_page_is_open(tab: Page, bare: str, other: str) -> None:
    tab.goto(f"{bare}/trial/header.html")
    assert tab.evaluate("[window.inline, window.handler, evaluated]") == [True, True, True]
    assert tab.evaluate("sent") is True
    assert tab.evaluate(STYLED) == ["fixed", "both"]
    assert tab.evaluate("remote.naturalWidth") == 9
    tab.evaluate("out.submit()")
    tab.wait_for_url(f"{other}/taken.html?q=secret")


FRAME = """address => new Promise((done) => {
  const frame = Object.assign(document.createElement("iframe"), {src: address, onload: done});
  document.body.append(frame);
}).then(() => null)"""


def test_site_cannot_be_framed_by_another(tab: Page, server: str, bare: str, other: str) -> None:
    for host, shown in ((server, False), (bare, True)):
        tab.goto(f"{other}/framed.html")
        tab.evaluate(FRAME, f"{host}/trial/found.html")
        assert (tab.frames[1].title() == "Found") is shown


def test_short_link_keeps_the_heading(tab: Page, server: str) -> None:
    tab.goto(f"{server}/m05/#try")
    tab.wait_for_url(f"{server}{ENTRY}#try")


def test_pictures_and_data_blocks_break_no_rule(tab: Page, server: str, site: Path) -> None:
    told: list[str] = []
    tab.on("console", lambda message: told.append(message.text))
    for path in ("m05/qr.svg", *sorted(SITE.diagrams), "trial/quiet.html"):
        assert (site / path).is_file()
        tab.goto(f"{server}/{path}")
    assert told == []


def test_hosts_that_read_headers_from_a_file_get_the_same() -> None:
    files = serving.server_files(
        {"/m05/": ENTRY}, [ASSET[1:], "assets/guide.css", "references/a.bib"]
    )
    rules = {rule.split("\n")[0]: rule for rule in re.split(r"\n(?=/)", files["_headers"])}
    assert set(rules) == {"/*", ASSET, "/references/*.bib"}
    assert all(f"  {n}: {v}" in rules["/*"] for n, v in (HEADERS | ANSWERS["secure"]).items())
    assert f"Cache-Control: {ANSWERS['lasting']}" in rules[ASSET]
    assert "Cache-Control" not in rules["/*"]  # Two rules for one path would join their values.
    assert files["_redirects"] == f"/m05/ {ENTRY} 301!\n"
