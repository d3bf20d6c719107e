"""Pages that say nothing, or something wrong, of their encoding."""

import random

import pytest

from wxsearch.ingest import html
from wxsearch.ingest.encoding import decode

SIMPLIFIED = """渔港的早市从四点开始，卖鱼的人把筐摆成一排，买鱼的人打着手电挨个看过去。
镇里新修的码头比旧的长出一倍，风大的日子，小船也可以靠进来躲一躲。
工程师说，这座桥要再等两年才能通车，到那时去县城只需要半个小时。
去年全县的水产卖了三亿多元，比前年增长一成，其中出口占了四分之一。
老师把课堂搬到了沙滩上，学生用树枝写字，潮水一来，作业就都交了。
国家统计局公布的数据显示，今年前三个月，农村居民的收入比城里人增加得更快。
会议决定，从下个月起，对六十岁以上的老人免费开放市里所有的公园和博物馆。
他在信里写道，海上没有路，可是走的人多了，心里就有了路。""".splitlines()
TRADITIONAL = """漁港的早市從四點開始，賣魚的人把筐擺成一排，買魚的人打著手電挨個看過去。
鎮裡新修的碼頭比舊的長出一倍，風大的日子，小船也可以靠進來躲一躲。
工程師說，這座橋要再等兩年才能通車，到那時去縣城只需要半個小時。
去年全縣的水產賣了三億多元，比前年增長一成，其中出口占了四分之一。
老師把課堂搬到了沙灘上，學生用樹枝寫字，潮水一來，作業就都交了。
主計處公布的資料顯示，今年前三個月，農村居民的收入比城裡人增加得更快。
會議決定，從下個月起，對六十歲以上的老人免費開放市裡所有的公園和博物館。
他在信裡寫道，海上沒有路，可是走的人多了，心裡就有了路。""".splitlines()
TEXT = "".join(SIMPLIFIED)


def written(sentences, length, draw):
    """So many characters of the sentences in some order, from somewhere in the midst of them."""
    text = ""
    while len(text) < length + 40:
        text += draw.choice(sentences)
    start = draw.randrange(40)
    return text[start : start + length]


@pytest.mark.parametrize("length", [50, 200, 1_000, 5_000])
@pytest.mark.parametrize("declared", [None, "utf-8", "gb2312", "big5", "iso-8859-1"])
def test_gbk_and_big5_are_told_apart_by_their_characters(length, declared):
    """From fifty characters on, a text of either is read as what it is, whatever it declares."""
    draw = random.Random(length)
    texts = [(written(SIMPLIFIED, length, draw), "gb18030") for _ in range(40)]
    texts += [
        (written(TRADITIONAL, length, draw), codec) for codec in ("big5hkscs", "gb18030") for _ in range(40)
    ]
    wrong = sum(decode(text.encode(codec), declared) != text for text, codec in texts)
    assert wrong <= len(texts) // 100


def test_characters_of_hong_kong():
    """Big5 with the supplement of Hong Kong is read with or without a declaration."""
    text = "渡輪今日加開三班，乘客話佢哋等咗好耐，船長則說風浪已經過去，明日照常開出。"
    assert decode(text.encode("big5hkscs")) == decode(text.encode("big5hkscs"), "big5-hkscs") == text


@pytest.mark.parametrize(("main", "inner"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_piece_in_another_encoding(main, inner):
    """A fragment that a site includes in another encoding is read in its own."""
    pieces = [
        f"<div>{SIMPLIFIED[0]}</div>" * 30,
        f"<ul><li>{SIMPLIFIED[1]}</li></ul>",
        f"<p>{SIMPLIFIED[2]}</p>",
    ]
    data = b"".join(piece.encode(codec) for piece, codec in zip(pieces, (main, inner, main), strict=True))
    assert decode(data, "gb2312") == "".join(pieces)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_page_cut_within_a_character(codec):
    """The last, broken character is replaced and nothing else is."""
    text = decode(TEXT.encode(codec)[:-1])
    assert (text[: len(TEXT) - 1], len(text)) == (TEXT[:-1], len(TEXT))


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252", "gb18030"])
def test_text_that_was_encoded_twice(wrong):
    """UTF-8 that was read as something else and written again is put right, where it all fits."""
    even = "工程师说这座桥要再等两年才能通车到那时去县城只需要半个小"
    if wrong == "cp1252":
        scrambled = "".join(
            bytes([byte]).decode("latin-1" if byte in b"\x81\x8d\x8f\x90\x9d" else "cp1252")
            for byte in even.encode()
        )
    else:
        scrambled = even.encode().decode(wrong)
    assert scrambled != even
    assert decode(scrambled.encode()) == even


@pytest.mark.parametrize(
    "text",
    [
        "Il était une fois, dans une forêt éloignée, un élève très sérieux qui préférait l'été à l'hiver.",
        "Ã and Â and © stand in this English text, whose writer “liked” them — often; é è ê ë à â ä î ï ô ö.",
        "これは日本語の文章です。今日は天気がいいので、散歩に出かけました。",
        "鑫淼焱垚犇羴猋骉麤毳淼焱垚犇羴猋骉麤毳鑫",
    ],
)
def test_text_that_only_looks_scrambled(text):
    """Western letters, kana and rare characters that are valid UTF-8 stay as they are."""
    assert decode(text.encode()) == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(codec):
    """Markup shows the order of the bytes."""
    page = f"<html><head><title>盐田</title></head><body><p>{TEXT}</p></body></html>"
    assert decode(page.encode(codec)) == page


def test_western_pages():
    """A page in windows-1252 is not taken for Chinese."""
    text = "The “café” on the pier re-opened — its owner said so on Tuesday." * 5
    assert decode(text.encode("cp1252")) == text
    assert decode("Café, naïve".encode("cp1252")) == "Café, naïve"


def test_japanese_and_korean_pages():
    """What they declare is believed, and they are recognised without it."""
    japanese, korean = (
        "港の朝市は四時に始まる。魚を売る人がかごを並べている。" * 5,
        "항구의 아침 시장은 네 시에 시작한다. " * 8,
    )
    assert decode(japanese.encode("shift_jis"), "Shift_JIS") == japanese
    assert decode(japanese.encode("shift_jis")) == japanese
    assert decode(korean.encode("euc_kr"), "euc-kr") == korean


def test_entities_escaped_twice_and_of_windows(source):
    """&amp;nbsp; is a blank, &amp;ldquo; a quotation mark, and &#150; the dash of windows-1252."""
    body = f"{TEXT}&amp;nbsp;他说&amp;ldquo;好&amp;rdquo;，&#150;&#12290;&#x3002;"
    (article,) = html.read(
        source(f"<title>盐田旁边的渔港</title><h1>盐田旁边的渔港</h1><p>{body}</p>".encode())
    )
    assert article.body == f"{TEXT}\xa0他说“好”，–。。"


def test_the_encoding_of_an_xml_declaration(source):
    """XHTML may declare its encoding before all else."""
    page = f'<?xml version="1.0" encoding="Big5"?><html><h1>漁港早市</h1><p>{TRADITIONAL[0]}</p></html>'
    (article,) = html.read(source(page.encode("big5")))
    assert article.body == TRADITIONAL[0]
