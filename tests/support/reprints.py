"""Made-up articles, and what other sites make of an article that they reprint."""

import random

_WORDS = [
    "港口",
    "货轮",
    "渔民",
    "码头",
    "仓库",
    "航线",
    "铁路",
    "桥梁",
    "隧道",
    "机场",
    "学校",
    "医院",
    "工厂",
    "农田",
    "果园",
    "茶山",
    "水库",
    "河堤",
    "森林",
    "草原",
    "商场",
    "车站",
    "市长",
    "工人",
    "教师",
    "医生",
    "学生",
    "司机",
    "记者",
    "专家",
    "居民",
    "游客",
    "志愿者",
    "工程师",
    "修建",
    "扩建",
    "维护",
    "检查",
    "运送",
    "种植",
    "收割",
    "培训",
    "参观",
    "讨论",
    "签约",
    "启用",
    "关闭",
    "恢复",
    "增加",
    "减少",
    "清晨",
    "傍晚",
    "春天",
    "秋季",
    "周末",
    "节日",
    "北部",
    "南部",
    "东岸",
    "西郊",
    "山区",
    "沿海",
]
_REPLACED = {"专家": "学者", "清晨": "早上", "记者": "本报记者"}


def paragraph(draw: random.Random, sentences: int = 4) -> str:
    """Sentences of made-up words, some with a number."""
    made = []
    for _ in range(sentences):
        clauses = ["".join(draw.choices(_WORDS, k=draw.randint(4, 7))) for _ in range(3)]
        if draw.random() < 0.5:
            clauses[1] += f"{draw.randint(2, 9_000)}人"
        made.append("，".join(clauses) + "。")
    return "".join(made)


def body(seed: int, paragraphs: int = 6) -> str:
    """The body of an article that no other seed gives."""
    draw = random.Random(seed)
    return "\n".join(paragraph(draw) for _ in range(paragraphs))


def bulletin(seed: int) -> str:
    """A report of a daily series: one frame, and numbers of its own in every sentence."""
    draw = random.Random(seed)
    frame = (
        "江城港务局今日通报，全港昨日进出货轮{}艘，其中外轮{}艘。装卸货物{}吨，比前一日增加{}吨。"
        "集装箱吞吐量{}标箱，码头仓库存放{}吨。航线正常开通{}条，停航{}条。请各单位按照规定做好登记工作。"
    )
    return frame.format(*(draw.randint(11, 9_999) for _ in range(frame.count("{}"))))


def half(text: str) -> str:
    """The first half, cut behind a sentence."""
    return text[: text.index("。", len(text) // 2) + 1]


def first_paragraphs(text: str) -> str:
    """The first two paragraphs."""
    return "\n".join(text.split("\n")[:2])


def with_source_line(text: str) -> str:
    """A line in front that says where it is from."""
    return f"来源：岭南晨报 作者：王小明\n{text}"


def with_tail(text: str) -> str:
    """What editors put behind."""
    return f"{text}\n（责任编辑：李四）\n声明：转载只为传播信息，版权归原作者所有。"


def reordered(text: str) -> str:
    """The paragraphs in another order."""
    first, *others = text.split("\n")
    return "\n".join((*reversed(others), first))


def dropped(text: str) -> str:
    """Without each third paragraph."""
    return "\n".join(each for place, each in enumerate(text.split("\n")) if place % 3 != 1)


def widened(text: str) -> str:
    """Full-width digits, other punctuation, other breaks."""
    wide = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}
    return text.translate(wide).replace("，", ", ").replace("。", "．\n")


def reworded(text: str) -> str:
    """Some words replaced."""
    for word, other in _REPLACED.items():
        text = text.replace(word, other)
    return text


EDITS = (half, first_paragraphs, with_source_line, with_tail, reordered, dropped, widened, reworded)
