import pytest

from support.reading import read_html
from wxsearch.ingest import html
from wxsearch.ingest.body.certainty import DOUBTFUL, HOPELESS, confidence
from wxsearch.ingest.body.finding import Body

TEXT = "潮水退去之后，滩上留下一层细沙。孩子们提着桶从堤上跑下来，要赶在天黑以前捡满。"
SURE = Body([TEXT], range(1), "page", 1.0, 0.0, 0.0, is_titled=True, is_dated=True)


def test_a_clear_page_is_certain():
    """Text that is nearly all of its page, below its title, has the full confidence."""
    assert confidence(SURE, TEXT) == 1.0


@pytest.mark.parametrize(
    "changed",
    [
        {"share": 0.1},
        {"rival": 0.9},
        {"linked": 0.8},
        {"is_titled": False},
        {"is_dated": False},
        {"origin": "hidden"},
        {"origin": "carried"},
    ],
)
def test_each_sign_of_doubt_counts(changed):
    """Whatever makes the choice less clear makes the confidence smaller."""
    assert confidence(SURE._replace(**changed), TEXT) < 1.0


@pytest.mark.parametrize("text", ["短。", "没有一句完整的话只有一行字的页面" * 3, f"{TEXT}…展开全文"])
def test_odd_texts_are_less_certain(text):
    """Very short texts, those without a sentence and clipped ones are doubted."""
    assert confidence(SURE, text) < 1.0


def test_no_text_is_no_confidence():
    """Nothing is certain about nothing."""
    assert confidence(SURE, "") == 0.0 < HOPELESS < DOUBTFUL


def test_a_doubtful_body_is_noted(source):
    """A page whose text is hardly more than what stands around it is read, with a note."""
    other = "".join(f"<div class=b{n}><p>{TEXT}</p></div>" for n in range(12))
    made = source(f"<title>灯塔</title><h1>灯塔</h1><p>夜里的灯塔，亮着。</p>{other}".encode())
    (article,) = html.read(made)
    assert article.body
    assert "confidence" in made.notes[0].text
    clear = source(f"<title>灯塔今夜复明</title><h1>灯塔今夜复明</h1><p>{TEXT}</p>".encode())
    assert list(html.read(clear))
    assert clear.notes == []


def test_a_hopeless_body_is_refused(source):
    """Below the lower bound a page is no article."""
    from wxsearch.errors import NotAnArticle

    other = "".join(f"<div class=b{n}>短句子一个，{n}。</div>" for n in range(30))
    with pytest.raises(NotAnArticle):
        list(html.read(source(f"<title>页</title>{other}".encode())))


def test_what_a_site_says_of_itself_below_a_short_article_is_doubted():
    """Paragraphs right below a short text may be the rest of it, so both are read, and a note says so."""
    short = "<p>龙门吊重新亮起了灯，停了半个月的夜间作业就此恢复。</p><p>调度员说，货物一周内可以清完。</p>"
    about = "<p>本站由盐镇报社主办，设有新闻、视频、论坛等三十多个频道，服务全镇居民的生活。</p>" * 3
    heard = []
    page = (
        f"<title>夜间作业恢复了_盐镇网</title><h1>夜间作业恢复了</h1><div>2022-03-05 10:20 来源：盐镇报</div>"
        f"<div class=content>{short}</div><div class=ab>{about}</div>"
    )
    body = read_html(page, note=heard.append)["body"]
    assert body.startswith("龙门吊")
    assert "confidence" in heard[0]
