"""What is asked of every format that can be read; a new row of the table is held to it too."""

import base64
import io
import tarfile
import zipfile

import msgspec
import pytest

from wxsearch.errors import IngestProblem
from wxsearch.ingest.formats import FORMATS, format_of
from wxsearch.ingest.members import read_source
from wxsearch.ingest.source import Source
from wxsearch.models import Article, Link, Rejection
from wxsearch.settings import load_settings

LIMITS = load_settings({}).limits

ARTICLE = {
    "title": "渡口的末班船",
    "published": "2020-11-12T18:30:00+08:00",
    "precision": "minute",
    "source": "江滩时报",
    "breadcrumb": ["首页", "城事", "水上"],
}
BODY = [
    "老船工收起缆绳，最后一班渡船离了岸，码头上的灯一盏盏灭。",
    "桥通了以后，坐船的人少了，一天只开四班。",
]

# How each format writes the article above; a new format adds its way here.
WRITTEN = {
    "jsonl": msgspec.json.encode({**ARTICLE, "body": "\n".join(BODY), "previous": "早潮"}).decode(),
    "text": "当前位置：首页 > 城事 > 水上 > 正文\n渡口的末班船\n2020-11-12 18:30 来源：江滩时报\n"
    + "\n".join(BODY)
    + "\n上一篇：早潮\n下一篇：没有了",
    "html": "<html><body><p>当前位置：首页 &gt; 城事 &gt; 水上 &gt; 正文</p><h1>渡口的末班船</h1>"
    "<div>2020-11-12 18:30 来源：江滩时报</div><div>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    + "</div><div>上一篇：早潮</div><div>下一篇：没有了</div></body></html>",
    "feed": '<?xml version="1.0"?><rss version="2.0"><channel><title>江滩</title><item>'
    "<title>渡口的末班船</title><pubDate>2020-11-12 18:30</pubDate><source>江滩时报</source>"
    "<category>首页 &gt; 城事 &gt; 水上</category><description><![CDATA["
    + "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    + "]]></description></item></channel></rss>",
    "csv": "标题,时间,来源,栏目,正文,上一篇\n"
    + ",".join(
        ["渡口的末班船", "2020-11-12 18:30", "江滩时报", "首页>城事>水上", f'"{BODY[0]}\n{BODY[1]}"', "早潮"]
    )
    + "\n",
    "xls": "<html><body><table border=1><tr><th>标题</th><th>时间</th><th>来源</th><th>栏目</th><th>正文</th>"
    "<th>上一篇</th></tr><tr><td>渡口的末班船</td><td>2020-11-12 18:30</td><td>江滩时报</td>"
    f"<td>首页&gt;城事&gt;水上</td><td>{BODY[0]}<br>{BODY[1]}</td><td>早潮</td></tr></table></body></html>",
}
# A feed does not say what stood beside an article.
WITHOUT_NEIGHBOURS = ("feed",)


def zipped(data):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("城事/page.html", data)
    return stream.getvalue()


def tarred(data):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        member = tarfile.TarInfo("城事/page.html")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def saved(data):
    return (
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x-7"\r\n\r\n'
        b"\r\n--x-7\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n"
        b"--x-7\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(data)
        + b"\r\n--x-7--\r\n"
    )


# These hold a page in a format of its own.
PACKED = {"zip": zipped, "tar": tarred, "mhtml": saved}

pytestmark = pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)


def written(row, codec="utf-8", change=lambda text: text):
    """The article as a file of the format."""
    text = WRITTEN["html" if row.name in PACKED else row.name]
    return PACKED.get(row.name, bytes)(change(text).encode(codec))


def read(row, data, limits=LIMITS, chunk=1 << 16):
    stream = io.BytesIO(data)
    return list(read_source(Source("page", iter(lambda: stream.read(chunk), b""), limits), row))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("chunk", [7, 1 << 16])
def test_the_same_article_in_every_format(row, codec, chunk):
    """Whatever the format, the encoding and the pieces in which bytes arrive, one article."""
    (article,) = read(row, written(row, codec), chunk=chunk)
    assert isinstance(article, Article)
    assert {
        key: list(value) if isinstance(value := getattr(article, key), tuple) else value for key in ARTICLE
    } == ARTICLE
    assert article.body == "\n".join(BODY)
    previous = None if row.name in WITHOUT_NEIGHBOURS else Link("早潮")
    assert (article.previous, article.next) == (previous, None)


def test_the_id_is_stable(row):
    """The same article has the same id in every run, and the same in every format."""
    (article,) = read(row, written(row))
    assert article.id == "e1cf6cdfbdd796f898f7"


def test_no_bytes_make_it_crash(row):
    """Nothing, noise and a cut-off file end in a typed problem, a rejection or an article."""
    whole = written(row)
    for data in (
        b"",
        b"\0" * 100,
        bytes(range(256)),
        b"\xff" * 100,
        *(whole[:end] for end in range(0, len(whole), 13)),
    ):
        try:
            assert all(isinstance(item, Article | Rejection) for item in read(row, data))
        except IngestProblem as problem:
            assert problem.detail  # noqa: PT017 (a typed problem is one of the right ends)


def test_a_large_input_is_refused(row):
    """What is above limits.article_bytes is too_large, raised or yielded."""
    small = msgspec.structs.replace(LIMITS, article_bytes=100)
    try:
        item, *_ = read(row, written(row), small)
        code = item.code
    except IngestProblem as problem:
        code = problem.code
    assert code == "too_large"


def test_nul_is_replaced(row):
    """A NUL in a long text never reaches an article."""
    nul = "\\u0000" if row.name == "jsonl" else "\0"
    (article,) = read(row, written(row, change=lambda text: text.replace("老船工", f"老船工{nul}")))
    assert article.body.startswith("老船工\ufffd收起")


def test_the_endings_belong_to_one_format(row):
    """Every ending leads to its own row, in any letter case."""
    for suffix in row.suffixes:
        assert format_of("a" + suffix.upper()) is row
