"""The real server: what gunicorn, its workers and their signals add."""

import re
import resource
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from support.services import wait_until, workers


def test_every_id_has_an_address(service, ids):
    """Ids with slashes, percent signs and more come back, with / escaped or plain."""
    for article_id in ids:
        for address in {quote(article_id, safe=""), quote(article_id, safe="/")}:
            answer = service.get(f"/api/v1/articles/{address}")
            assert answer.json["id"] == article_id, address


def test_addresses_may_hold_raw_utf8(service):
    """A query typed after curl needs no escapes, nor does an id."""
    assert service.get("/api/v1/search?q=新旧动能&source=来源0").json["total"] == 3
    assert service.get("/api/v1/articles/尾/").json["id"] == "尾/"


def test_the_server_does_not_name_what_it_is_made_of(service):
    """Answers of the application and of the server itself carry the neutral name."""
    answers = [service.get("/healthz"), service.send(b"nonsense\r\n\r\n")]
    assert [answer.headers["server"] for answer in answers] == ["wxsearch"] * 2


REFUSED = [
    (b"GET /api/v1/search?size=-1 HTTP/1.1", 400, "invalid_request"),
    (b"GET /api/v1/search?from=2021-99-01 HTTP/1.1", 400, "invalid_request"),
    (b"GET /api/v1/search?unknown=1 HTTP/1.1", 400, "unknown_parameter"),
    (b"GET /api/v1/search?q=100% HTTP/1.1", 400, "invalid_request"),
    (b"GET /api/v1/search?q=%ED%A0%80 HTTP/1.1", 400, "invalid_request"),
    (b"GET /api/v1/search?q=\xff HTTP/1.1", 400, "invalid_request"),
    (b"GET /api/v1/articles/%ff HTTP/1.1", 400, "invalid_request"),
    (b"GET /api/v1/articles/%00 HTTP/1.1", 404, "not_found"),
    (b"GET /api/v1/search?q=" + b"a" * 8000 + b" HTTP/1.1", 400, "limit_exceeded"),
    (b"GET /api/v1/search?q=" + b"a" * 8300 + b" HTTP/1.1", 414, "limit_exceeded"),
    (b"GET /api/v1/search?q=" + b"%E6%96%B0" * 100_000 + b" HTTP/1.1", 414, "limit_exceeded"),
    (b"BREW /api/v1/search HTTP/1.1", 405, "method_not_allowed"),
    (b"OPTIONS * HTTP/1.1", 404, "not_found"),
    (b"CONNECT localhost:80 HTTP/1.1", 404, "not_found"),
    (b"GET /healthz HTTP/1.1\r\nContent-Length: 70000", 413, "too_large"),
    (b"GET /healthz HTTP/1.1\r\nTransfer-Encoding: chunked", 411, "invalid_request"),
    (b"GET /healthz HTTP/1.1\r\nTransfer-Encoding: magic", 501, "invalid_request"),
    (b"GET /healthz HTTP/1.1\r\nContent-Length: ten", 400, "invalid_request"),
    (b"GET /healthz HTTP/1.1\r\nX: " + b"a" * 9000, 431, "limit_exceeded"),
    (b"GET /healthz HTTP/1.1\r\nExpect: wonders", 417, "invalid_request"),
    (b"GET /healthz HTTP/9.9", 400, "invalid_request"),
    (b"GET /healthz HTTP/1.1\r\nbad header: 1", 400, "invalid_request"),
    (b"GET /healthz HTTP/1.1\r\nX: \0", 400, "invalid_request"),
    (b"get /healthz HTTP/1.1", 400, "invalid_request"),
    (b"nonsense", 400, "invalid_request"),
    (b"\x16\x03\x01\x02\x00\x01", 400, "invalid_request"),
]


@pytest.mark.parametrize(("head", "status", "code"), REFUSED, ids=lambda value: str(value)[:60])
def test_all_refusals_have_one_shape(service, head, status, code):
    """What the application refuses and what never reaches it look the same, and tell no story."""
    answer = service.send(head + b"\r\nConnection: close\r\n\r\n")
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    assert list(answer.json)[:6] == ["type", "title", "status", "detail", "code", "request_id"]
    assert answer.json["status"] == status
    assert answer.json["request_id"] == answer.headers["x-request-id"]
    assert not re.search(rb"Traceback|gunicorn|falcon|\.py", answer.body, re.IGNORECASE)


def test_a_refusal_reaches_those_who_are_still_sending(service):
    """Six megabytes of address are answered, not cut off in the middle of sending."""
    answer = service.send(b"GET /?q=" + b"a" * 6_000_000 + b" HTTP/1.1\r\n\r\n")
    assert (answer.status, answer.json["code"]) == (414, "limit_exceeded")


@pytest.mark.limit("url_bytes")
@pytest.mark.parametrize(("more", "status"), [(0, 400), (1, 414)])
def test_a_request_line_may_be_as_long_as_url_bytes(service, limits, more, status):
    """limits.url_bytes are read (and this query is too long for another limit), one more is 414."""
    start, end = b"GET /api/v1/search?q=", b" HTTP/1.1"
    line = start + b"a" * (limits.url_bytes + more - len(start) - len(end)) + end
    assert service.send(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n").status == status


def test_no_header_changes_the_path(service):
    """SCRIPT_NAME and PATH_INFO, which gunicorn takes from proxies, are nobody's to send."""
    answer = service.get("/healthz", SCRIPT__NAME="/healthz", SCRIPT_NAME="/x", PATH_INFO="/x")
    assert answer.status == 200
    raw = b"GET /healthz HTTP/1.1\r\nHost: x\r\nSCRIPT_NAME: /x\r\nConnection: close\r\n\r\n"
    assert service.send(raw).status == 200


def test_a_connection_serves_several_requests(service):
    """Requests on one connection are answered in turn, an error among them."""
    with service.connect() as connection:
        for target, status in (("/healthz", 200), ("/api/v1/search?size=x", 400), ("/readyz", 200)):
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert service.read(connection).status == status


def test_requests_at_once_get_their_own_answers(service, ids):
    """300 requests from 12 threads: each is answered with what was asked for."""

    def ask(number):
        article_id = ids[number % len(ids)]
        if number % 2:
            return service.get(f"/api/v1/articles/{quote(article_id, safe='')}").json["id"] == article_id
        source = f"来源{number % 3}"
        hits = service.get(f"/api/v1/search?q=动能&source={quote(source)}").json["hits"]
        return {hit["source"] for hit in hits} == {source}

    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(ask, range(300)))


def test_metrics_are_summed_over_the_workers(serve):
    """Every scrape counts the requests of all workers, whichever of them answers it."""
    service = serve(workers="2", threads="1")
    wait_until(lambda: len(workers(service)) == 2)
    folder = next(service.output.parent.glob("wxsearch-metrics-*"))
    asked = 0
    with ThreadPoolExecutor(8) as pool:
        while not {f"counter_{pid}.db" for pid in workers(service)} <= {
            path.name for path in folder.iterdir()
        }:
            list(pool.map(lambda _: service.get("/api/v1/search?q=没有这个词语"), range(20)))
            asked += 20
            assert asked < 2000, "one worker took them all, or none counts"
    # An exchange is counted when its last byte is out, which is a moment after it is in.
    wait_until(lambda: f"without_hits_total {asked}.0" in service.get("/metrics").body.decode())
    for _ in range(8):
        text = service.get("/metrics").body.decode()
        count = f'wxsearch_requests_total{{method="GET",route="/api/v1/search",status="200"}} {asked}.0'
        assert count in text
        assert f"wxsearch_searches_without_hits_total {asked}.0" in text
        assert "wxsearch_index_articles 9.0" in text
    assert service.stop() == 0
    assert not folder.exists()


def test_metrics_have_few_series(service):
    """Neither ids nor made-up methods and addresses become labels."""
    for target in ("/healthz", "/api/v1/articles/plain", "/api/v1/articles/a/b", "/nope/1", "/nope/2"):
        service.get(target)
    for method in ("BREW", "STEEP"):
        service.get("/healthz", method)
    service.send(b"nonsense\r\n\r\n")
    expected = {"/api/v1/articles/{article_id:path}", "/healthz", "other"}
    wait_until(lambda: expected <= set(re.findall(r'route="(.*?)"', service.get("/metrics").body.decode())))
    text = service.get("/metrics").body.decode()
    routes = set(re.findall(r'route="(.*?)"', text))
    assert not [route for route in routes if "plain" in route or "nope" in route]
    assert not re.search("BREW|STEEP", text)


def test_each_request_is_a_line_of_json(serve):
    """The access log names method, path, status, size and time, but no query and no header."""
    service = serve()
    answer = service.get(
        "/api/v1/search?q=geheim", X_Request_ID="id-1", Authorization="geheim", Cookie="geheim"
    )
    service.get("/api/v1/articles/%0A%22新")
    size = len(answer.body)
    service.send(b"geheim\r\n\r\n")
    wait_until(lambda: len(service.lines()) == 3)
    # Two workers write it, so that the order may be another.
    first, third, second = sorted(service.lines(), key=lambda line: line["status"])
    assert list(first) == ["time", "id", "method", "path", "status", "ms", "bytes", "remote"]
    assert (first["id"], first["path"], first["status"]) == ("id-1", "/api/v1/search", 200)
    assert first["bytes"] == size
    assert 0 < first["ms"] < 10_000
    assert second["path"] == '/api/v1/articles/\n"新'
    assert third["status"] == 400
    assert "geheim" not in service.output.read_text(encoding="utf-8") + service.errors.read_text(
        encoding="utf-8"
    )


def test_the_access_log_can_be_turned_off(serve):
    """With access_log = false nothing is printed on standard output."""
    service = serve(access_log="false")
    service.get("/healthz")
    service.send(b"nonsense\r\n\r\n")
    assert service.stop() == 0
    assert service.output.read_bytes() == b""


def test_the_prefix_is_announced_and_served(serve):
    """The printed address holds the prefix, and both ways of asking work."""
    service = serve(path_prefix="/suche")
    announced = service.errors.read_text(encoding="utf-8").splitlines()
    assert announced[0] == f"wxsearch listens at http://127.0.0.1:{service.port}/suche/"
    assert f"http://127.0.0.1:{service.port}/suche/api/v1/search?q=" in announced[1]
    assert service.get("/suche/healthz").status == service.get("/healthz").status == 200


@pytest.mark.parametrize(
    ("bind", "code", "message"),
    [
        ("{taken}", "port_in_use", "PORT="),
        ("nowhere", "start_problem", "HOST:PORT"),
        ("192.0.2.1:80", "start_problem", "--bind"),
    ],
)
def test_a_bad_address_ends_in_a_sentence(wxsearch, service, index, bind, code, message):
    """Nothing is started; the message says what to do, without a stack trace."""
    done = wxsearch("serve", "--index", index, "--bind", bind.format(taken=f"127.0.0.1:{service.port}"))
    assert done.returncode == (1 if code == "port_in_use" else 2)
    assert done.stdout == b""
    assert code in done.stderr.decode()
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_no_room_for_temporary_files_ends_in_a_sentence(wxsearch, index):
    """Where no folder takes the files that workers count in, that is said, and what to do."""

    def without_room():
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = wxsearch("serve", "--index", index, "--bind", "127.0.0.1:0", preexec_fn=without_room)
    assert done.returncode == 2
    assert "start_problem" in done.stderr.decode()
    assert "TMPDIR" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_missing_index_ends_in_a_sentence(wxsearch, tmp_path):
    """A service that has nothing to serve does not start."""
    done = wxsearch("serve", "--index", tmp_path / "none", "--bind", "127.0.0.1:0")
    assert done.returncode == 4
    assert "index_missing" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_an_address_limit_that_gunicorn_would_cut_is_refused(wxsearch, index):
    """A limit that could not be kept is an error, not a surprise."""
    address = ("--bind", "127.0.0.1:0")
    done = wxsearch("serve", "--index", index, *address, variables={"WXSEARCH_LIMITS_URL_BYTES": "8191"})
    assert done.returncode == 2
    assert "limits.url_bytes" in done.stderr.decode()
