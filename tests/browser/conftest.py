"""Real Chromium before a real service; every page has to be quiet and stay with its host."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.models import Article

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one browser of all tests."""
    if not CHROMIUM.exists():
        # CI installs one: there, tests that skip would pass for tests that hold.
        absent = pytest.fail if os.environ.get("TESTS_NEED_BROWSER") else pytest.skip
        absent(f"Chromium is not at {CHROMIUM}")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM)
        yield running
        running.close()


@pytest.fixture(scope="session")
def articles(make_article) -> list[Article]:
    """Sixty articles: 2019 to 2023, three sources, two categories with two below each."""
    return [
        make_article(
            f"a/{number}",
            title=f"港口新闻第{number}篇：货轮靠港",
            body=f"第{number}号货轮靠港，装卸作业随即开始。\n码头工人说，今年比去年忙。" * 3,
            # Every third has no page of its own, so that its hit leads to the copy.
            url=None if number % 3 == 0 else f"https://news.example/{number}",
            published=f"{2019 + number % 5}-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00+08:00",
            source=("澜江日报", "货运周刊", "互联网")[number % 3],
            breadcrumb=("首页", ("物流资讯", "城市")[number % 2], ("港口", "铁路")[number // 2 % 2]),
        )
        for number in range(60)
    ]


@pytest.fixture(scope="session")
def serve(settings, root, tmp_path_factory) -> Iterator[Callable[[list[Article]], str]]:
    """Indexes articles and serves them; gives the address."""
    running: list[subprocess.Popen[bytes]] = []

    def start(shelf: list[Article]) -> str:
        folder = tmp_path_factory.mktemp("browser")
        EmbeddedEngine(folder / "index", settings).index(shelf)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WXSEARCH_")}
        environment |= {"PYTHONPATH": str(root / "src"), "WXSEARCH_SERVICE_WORKERS": "1"}
        command = [sys.executable, "-m", "wxsearch", "serve", "--bind", "127.0.0.1:0", "--index"]
        log = folder / "stderr"
        with log.open("wb") as errors:
            running.append(
                subprocess.Popen(
                    [*command, str(folder / "index")],
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    env=environment,
                    cwd=root,
                )
            )
        return _announced(running[-1], log)

    yield start
    for process in running:
        process.terminate()
        process.wait(60)


@pytest.fixture(scope="session")
def site(browser, serve, articles) -> str:
    """The address of a service over the articles."""
    return serve(articles)


@pytest.fixture
def open_page(browser, site) -> Iterator[Callable[..., Page]]:
    """Opens pages in a fresh profile; fails afterwards if one complained or left its host."""
    contexts = []
    complaints: list[str] = []

    def visit(
        target: str, *, at: str = site, width: int = 1280, quiet: bool = True, **options: object
    ) -> Page:
        options = {"viewport": {"width": width, "height": 844}, "locale": "zh-CN"} | options
        context = browser.new_context(**options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        if quiet:
            page.on("console", lambda message: _note(complaints, message.type, message.text))
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("request", lambda request: _stays(complaints, request.url, at))
        page.goto(at + target)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert complaints == []


def _note(complaints: list[str], kind: str, text: str) -> None:
    # A page that answers 400 or 404 is named by the browser too; that is no fault of the page.
    if kind in ("error", "warning") and not re.search(r"status of 40[04]", text):
        complaints.append(text)


def _stays(complaints: list[str], url: str, at: str) -> None:
    if urlsplit(url).netloc != urlsplit(at).netloc:
        complaints.append(f"a request to {url}")


def _announced(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text(encoding="utf-8")):
            return found[0]
        time.sleep(0.02)
    raise AssertionError(f"the service did not start: {log.read_text(encoding='utf-8')}")
