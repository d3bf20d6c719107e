import tomllib

import msgspec
import pytest

from wxsearch.errors import InvalidSettings
from wxsearch.settings import default_file, load_settings


def test_defaults_are_the_file(root):
    """config/default.toml is what an empty environment gives, key for key."""
    tree = tomllib.loads((root / "config" / "default.toml").read_text(encoding="utf-8"))
    assert msgspec.to_builtins(load_settings({})) == tree
    assert default_file().samefile(root / "config" / "default.toml")


def test_every_setting_has_a_comment(root):
    """Each line of config/default.toml that sets a key says what it is for."""
    lines = (root / "config" / "default.toml").read_text(encoding="utf-8").splitlines()
    assert all("#" in line for line in lines if "=" in line and not line.startswith("#"))


def test_later_sources_win(tmp_path):
    """The user's file wins over the defaults, the environment over both, key by key."""
    own = tmp_path / "own.toml"
    own.write_text('[site]\nname = "新闻"\n[service]\nworkers = 5\n', encoding="utf-8")
    settings = load_settings({"WXSEARCH_CONFIG": str(own), "WXSEARCH_SERVICE_WORKERS": "7"})
    assert (settings.site.name, settings.service.workers, settings.service.threads) == ("新闻", 7, 4)


def test_variables_take_the_type_of_their_setting():
    """Text of the environment becomes numbers, truths and lists."""
    settings = load_settings(
        {
            "WXSEARCH_RANKING_B": "0.4",
            "WXSEARCH_SERVICE_ACCESS_LOG": "false",
            "WXSEARCH_SERVICE_ALLOWED_ORIGINS": "https://a.example, https://b.example",
        }
    )
    assert settings.ranking.b == 0.4
    assert settings.service.access_log is False
    assert settings.service.allowed_origins == ["https://a.example", "https://b.example"]


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"WXSEARCH_SERVICE_WORKRES": "2"}, "WXSEARCH_SERVICE_WORKRES"),
        ({"WXSEARCH_SERVICE_WORKERS": "many"}, "WXSEARCH_SERVICE_WORKERS"),
        ({"WXSEARCH_SERVICE_WORKERS": "0"}, "WXSEARCH_SERVICE_WORKERS"),
        ({"WXSEARCH_SERVICE_WORKERS": "257"}, "WXSEARCH_SERVICE_WORKERS"),
        ({"WXSEARCH_SERVICE_THREADS": "257"}, "WXSEARCH_SERVICE_THREADS"),
        ({"WXSEARCH_SERVICE_TIMEOUT_SECONDS": "86401"}, "WXSEARCH_SERVICE_TIMEOUT_SECONDS"),
        ({"WXSEARCH_SERVICE_GRACEFUL_SECONDS": "86401"}, "WXSEARCH_SERVICE_GRACEFUL_SECONDS"),
        ({"WXSEARCH_SERVICE_CLIENT_SECONDS": "0"}, "WXSEARCH_SERVICE_CLIENT_SECONDS"),
        ({"WXSEARCH_RANKING_B": "1.5"}, "WXSEARCH_RANKING_B"),
        ({"WXSEARCH_RANKING_K1": "inf"}, "ranking.k1"),
        ({"WXSEARCH_RANKING_TITLE_WEIGHT": "nan"}, "(?i)ranking.title_weight"),
        ({"WXSEARCH_INDEX_REFRESH_SECONDS": "Infinity"}, "index.refresh_seconds: must be"),
        ({"WXSEARCH_LIMITS_PAGE_SIZE": "0"}, "limits.page_size"),
        ({"WXSEARCH_CONFIG": "/nowhere/own.toml"}, "/nowhere/own.toml"),
    ],
)
def test_wrong_variables_are_named(environment, named):
    """A variable that is unknown or cannot be is refused by its name."""
    with pytest.raises(InvalidSettings, match=named):
        load_settings(environment)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[servise]\nworkers = 2", "servise"),
        ("[service]\nworkres = 2", "service.workres"),
        ("service = 3", "service"),
        ('[service]\nworkers = "2"', "service.workers"),
        ("[service", "TOML"),
        ("[ranking]\nk1 = inf", "ranking.k1"),
        ("[ranking]\nb = nan", "ranking.b"),
        ("[ranking]\ntitle_weight = 1e999", "ranking.title_weight"),
        ("[index]\nrefresh_seconds = inf", "index.refresh_seconds: must be"),
    ],
)
def test_wrong_files_are_named(tmp_path, text, named):
    """A file with an unknown or impossible key is refused with the key's name."""
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidSettings, match=named):
        load_settings({"WXSEARCH_CONFIG": str(own)})


def test_variables_that_are_no_settings_are_let_be():
    """WXSEARCH_CORPORA names data for tests and is not refused."""
    load_settings({"WXSEARCH_CORPORA": "/data", "HOME": "/root"})


@pytest.mark.parametrize(
    "origin", ["*", "null", "https://a.example", "http://localhost:3000", "http://[::1]:80", "app-x://b_c"]
)
def test_an_origin_is_what_browsers_send(origin):
    """Scheme, host and port are an origin, and so are all of them."""
    assert load_settings({"WXSEARCH_SERVICE_ALLOWED_ORIGINS": origin}).service.allowed_origins == [origin]


@pytest.mark.parametrize(
    "origin",
    [
        '["*"]',
        '"https://a.example"',
        "https://a.example/",
        "https://a.example/x",
        "a.example",
        "https://",
        "https://A.example",
        "https://*.a.example",
        "https://a.example:x",
        "https://新闻.example",
    ],
)
def test_an_origin_that_no_browser_sends_is_refused(origin):
    """What would never be equal to a header Origin is no site that was let in."""
    with pytest.raises(InvalidSettings, match=r"service\.allowed_origins"):
        load_settings({"WXSEARCH_SERVICE_ALLOWED_ORIGINS": origin})


@pytest.mark.parametrize("prefix", ["", "/a", "/新闻/search", "/.well-known/..x", "/a.b/..."])
def test_a_path_prefix_is_segments(prefix):
    """A prefix is empty or a path that begins with a slash and does not end with one."""
    assert load_settings({"WXSEARCH_SERVICE_PATH_PREFIX": prefix}).service.path_prefix == prefix


@pytest.mark.parametrize(
    "prefix",
    [
        "a",
        "/",
        "/a/",
        "//a",
        "/a\n",
        "/a\nb",
        "/\0",
        "/\x7f",
        "/a?",
        "/a#",
        "/a b",
        "/a\\b",
        "/..",
        "/../x",
        "/x/.",
        "/x/../y",
    ],
)
def test_a_path_prefix_that_browsers_would_change_is_refused(prefix):
    """Dots alone, control characters and what ends a path are no part of a prefix."""
    with pytest.raises(InvalidSettings, match="PATH_PREFIX"):
        load_settings({"WXSEARCH_SERVICE_PATH_PREFIX": prefix})
