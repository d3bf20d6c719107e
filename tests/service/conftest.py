"""A small index, the application over it, and real servers."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import falcon.testing
import msgspec
import pytest

from support.html import PAGE
from wxsearch.engines.embedded import EmbeddedEngine
from wxsearch.models import Link
from wxsearch.service.app import create_app

IDS = ("plain", "a/b", "100%", "a%2Fb", "a b+c", "尾/", "//x//y", "https://例子.cn/新闻?id=1#p", "..")

# Seconds that only bound a wait: a busy machine is slow, and no fault of the service.
PATIENCE = 60


class Answer(NamedTuple):
    """What came back over a socket; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict:
        """The body as JSON."""
        return json.loads(self.body)


class Service:
    """`wxsearch serve` in a process of its own."""

    def __init__(self, process: subprocess.Popen, port: int, output: Path, errors: Path) -> None:
        self.process = process
        self.port = port
        self.output = output
        self.errors = errors

    def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """One request on a connection of its own, the target as it is."""
        head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return self.send(
            f"{method} {target} HTTP/1.1\r\nHost: localhost\r\n{head}Connection: close\r\n\r\n".encode()
        )

    def send(self, request: bytes) -> Answer:
        """The answer to bytes, which need not be HTTP."""
        with self.connect() as connection:
            connection.sendall(request)
            return self.read(connection)

    def read(self, connection: socket.socket) -> Answer:
        """One answer, to its end."""
        response = http.client.HTTPResponse(connection)
        response.begin()
        headers = {name.lower(): value for name, value in response.getheaders()}
        assert len(headers) == len(response.getheaders()), "a header is there twice"
        return Answer(response.status, headers, response.read())

    def connect(self) -> socket.socket:
        """A connection that gives up after PATIENCE."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """Ends the service; its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(PATIENCE)

    def lines(self) -> list[dict]:
        """The access log so far."""
        return [json.loads(line) for line in self.output.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="session")
def ids() -> tuple[str, ...]:
    """The ids of all articles of the index."""
    return IDS


@pytest.fixture(scope="session")
def index(settings, make_article, tmp_path_factory) -> Path:
    """An index of articles with awkward ids, for reading only."""
    directory = tmp_path_factory.mktemp("service") / "index"
    articles = [
        make_article(
            article_id,
            title=f"新闻{number}",
            body="惠山加速打造新旧动能转换标杆",
            published=f"2021-10-{number + 1:02}",
            source=f"来源{number % 3}",
            breadcrumb=("首页", "物流资讯", f"栏目{number % 2}"),
        )
        for number, article_id in enumerate(IDS)
    ]
    EmbeddedEngine(directory, settings).index(articles)
    return directory


@pytest.fixture(scope="session")
def engine(index, settings) -> EmbeddedEngine:
    """The engine over the index."""
    return EmbeddedEngine(index, settings)


@pytest.fixture(scope="session")
def make_client(engine, settings) -> Callable[..., falcon.testing.TestClient]:
    """Builds a client of the application; keywords change settings of the service."""

    def build(over: EmbeddedEngine = engine, **changes: object) -> falcon.testing.TestClient:
        service = msgspec.structs.replace(settings.service, **changes)
        return falcon.testing.TestClient(create_app(over, msgspec.structs.replace(settings, service=service)))

    return build


@pytest.fixture(scope="session")
def client(make_client) -> falcon.testing.TestClient:
    """A client of the application with its default settings."""
    return make_client()


@pytest.fixture(scope="session")
def serve(index, root, tmp_path_factory) -> Iterator[Callable[..., Service]]:
    """Starts services on free ports; keywords are settings of the service, `variables` any others."""
    started: list[Service] = []

    def start(*command: str | Path, variables: Mapping[str, str] | None = None, **settings: str) -> Service:
        folder = tmp_path_factory.mktemp("serve")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WXSEARCH_")}
        environment |= {f"WXSEARCH_SERVICE_{name.upper()}": value for name, value in settings.items()}
        environment |= variables or {}
        environment |= {"TMPDIR": str(folder), "PYTHONPATH": str(root / "src")}
        command = command or ("-m", "wxsearch", "serve", "--bind", "127.0.0.1:0", "--index", index)
        output, errors = folder / "stdout", folder / "stderr"
        with output.open("wb") as out, errors.open("wb") as err:
            process = subprocess.Popen(
                [sys.executable, *map(str, command)], stdout=out, stderr=err, env=environment, cwd=root
            )
        started.append(Service(process, _announced_port(process, errors), output, errors))
        return started[-1]

    yield start
    for service in started:
        if service.process.poll() is None:
            service.stop()


def _announced_port(process: subprocess.Popen, errors: Path) -> int:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"listens at http://127\.0\.0\.1:(\d+)", errors.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.02)
    raise AssertionError(f"the service did not start: {errors.read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def service(serve) -> Service:
    """A real service with its default settings: gunicorn, two workers."""
    return serve()


@pytest.fixture(scope="module")
def shelf(settings, make_article, tmp_path_factory):
    """An engine over 25 articles of three sources and two categories, and one of its own kind."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("pages") / "index", settings)
    articles = [
        make_article(
            f"n/{number}",
            title=f"港口新闻第{number}篇",
            body="货轮靠港。\n　　第二段写海铁联运。",
            url=f"https://news.example/{number}" if number % 2 else None,
            published=f"2021-{number % 12 + 1:02}-19T13:13:28+08:00",
            source=f"来源{number % 3}",
            breadcrumb=("首页", "物流资讯", f"栏目{number % 2}"),
        )
        for number in range(25)
    ]
    articles.append(
        make_article(
            "own",
            title="独一篇",
            body="别处没有的字",
            author="记者甲",
            keywords=("港口",),
            previous=Link("港口新闻第1篇", "https://news.example/1"),
            next=Link("不在这里", "https://elsewhere.example/x"),
        )
    )
    engine.index(articles)
    return engine


@pytest.fixture(scope="module")
def visit(shelf, settings):
    """Opens a page; keywords change the settings of the site."""

    def open_page(target, *, over=shelf, prefix="", headers=None, **look):
        changed = msgspec.structs.replace(
            settings,
            site=msgspec.structs.replace(settings.site, **look),
            service=msgspec.structs.replace(settings.service, path_prefix=prefix),
        )
        path, _, query = target.partition("?")
        client = falcon.testing.TestClient(create_app(over, changed))
        query = quote(query, safe="=&%+")
        return client.simulate_get(prefix + path, query_string=query, headers=PAGE | (headers or {}))

    return open_page
