"""Addresses of articles: what a link may lead to, and when two addresses are one."""

import re
from urllib.parse import unquote

# A host has to follow, and control characters, which browsers drop, may hide nothing.
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f/\\?#][^\x00-\x1f\x7f]*", re.IGNORECASE)
_PARTS = re.compile(
    r"(?P<scheme>https?)://(?P<user>[^/?#\\]*@)?(?P<host>\[[^\]/?#]*\]|[^/?#:@\\]*)(?::(?P<port>\d*))?"
    r"(?P<path>/[^?#]*)?(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.IGNORECASE | re.DOTALL,
)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_ROOT_DOT = re.compile(r"(?<=[^.])\.$")
_INDEX_PAGE = re.compile(r"/index\.s?html?$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": "80", "https": "443"}

# Parameters that say who sent a reader, never what is read. Only names that no site uses
# for anything else: an address that loses a part that counts would swallow another article.
_TRACKING = frozenset(
    (
        *("spm", "scm", "spm_id_from", "isappinstalled", "nsukey", "chksm", "mpshare", "sharer_shareid"),
        *("sharer_sharetime", "sharer_shareinfo", "sharer_shareinfo_first", "share_token", "share_from"),
        *("share_source", "share_medium", "share_plat", "share_tag", "share_session_id", "share_times"),
        *("sharefrom", "sharetime", "shareuid", "vd_source", "unique_k", "wfr", "bd_vid", "qhclickid"),
        *("hmsr", "hmpl", "hmcu", "hmkw", "hmci", "tt_from", "adtag", "fbclid", "gclid", "gbraid", "wbraid"),
        *("msclkid", "yclid", "dclid", "igshid", "mc_cid", "mc_eid", "_ga", "_gl"),
    )
)
# Parameters that are that only with these values: from=2021 may well choose what is read.
_TRACKING_VALUES = {
    "from": frozenset(
        (
            *(
                "timeline",
                "groupmessage",
                "singlemessage",
                "message",
                "singlepostmessage",
                "share",
                "appshare",
            ),
            *("weixin", "wechat", "wx", "qq", "qzone", "weibo", "androidqq", "iphoneqq"),
        )
    ),
    "for": frozenset(("pc",)),
}


def is_web_address(text: str) -> bool:
    """Whether a link may lead there; javascript: and data: must never reach a page."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def canonical(address: str) -> str:
    """The one spelling of a web address; any other text is given back as it is.

    Http counts as https, scheme and host are in small letters; default port, fragment, tracking
    parameters and a last index.html are left out. A fragment that is a path (#/news/1, #!news) chooses
    what is read, and stays. Nothing is guessed: hosts for mobiles stay others.
    """
    if not is_web_address(address):
        return address
    match = _PARTS.fullmatch(address)
    if match is None:
        return address
    scheme, port = match["scheme"].lower(), match["port"]
    host = (match["user"] or "") + _ROOT_DOT.sub("", match["host"].lower())
    if port and port != _DEFAULT_PORTS[scheme]:
        host += f":{port}"
    path, query = match["path"] or "/", _without_tracking(match["query"] or "")
    fragment = match["fragment"] or ""
    if not query:
        path = _INDEX_PAGE.sub("/", path)
    rest = path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment.startswith(("/", "!")) else "")
    return f"https://{host}{_ESCAPE.sub(lambda escape: escape[0].upper(), rest)}"


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two addresses are spellings of one, or both are absent."""
    return one == other or (one is not None and other is not None and canonical(one) == canonical(other))


def _without_tracking(query: str) -> str:
    return "&".join(part for part in query.split("&") if part and not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    name, _, value = part.partition("=")
    name = unquote(name).lower()
    return (
        name.startswith("utm_")
        or name in _TRACKING
        or value.lower() in _TRACKING_VALUES.get(name, frozenset())
    )
