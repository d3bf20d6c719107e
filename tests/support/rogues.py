"""Queries that nobody means well, by kind: each as the query string that is sent, raw."""

from urllib.parse import quote


def _typed(*texts):
    return ["q=" + quote(text) for text in texts]


ROGUES: dict[str, list[str]] = {
    "long": [
        *("q=" + "a" * 100_000, "q=" + "a+" * 10_000, "q=" + quote("(") * 2_600, "q=" + "a" * 7_000),
        *_typed("a" * 512, "a" * 513, "港" * 512, "港口 " * 170, "a " * 128, "a " * 129, "a b " * 127),
        *_typed("1 " * 200, "海铁联运集装箱班列" * 56, '"' + "港口" * 255 + '"', "chen* " * 85, "a* " * 128),
        *_typed(" OR ".join("abcdefghijklmnopqrstuvwxyz"), " OR " * 128, "ab" * 256, "title:a " * 64),
        *_typed("source:" + "x" * 505, "category:" + "a>" * 250 + "b", "date:2021 " * 51, "哈" * 512),
    ],
    "nested": [
        *_typed("(" * 512, ")" * 512, "()" * 256, "(" * 16 + "a" + ")" * 16, "(" * 17 + "a" + ")" * 17),
        *_typed("(" * 255 + "a" + ")" * 255, "-(" * 100 + "a" + ")" * 100, "NOT " * 128, "NOT " * 127 + "a"),
        *_typed("NOT (" * 80 + "a" + ")" * 80, "title:(" * 60 + "a" + ")" * 60, "-" * 512, "- " * 256),
        *_typed(
            "(a OR (b AND (c OR (d AND (e)))))", "((((a) b) c) d)", "(a", "a)", ")(", "（(a）)", "(a))(b("
        ),
        *_typed(
            "a AND AND b", "AND", "OR", "NOT", "AND OR NOT", "a OR", "OR a", "a NOT", "NOT NOT a", "-NOT a"
        ),
    ],
    "quotes": [
        *_typed(
            '"', '""', '"""', '"a', 'a"', '"a""b"', '"a"b"', "“", "”", "“a", "“a”b”", "「", "「a", "「」"
        ),
        *_typed('"\\', '"\\\\', '"\\"', '"a\\"', "\\", '\\"', '"' * 511, "“" * 512, '"a" ' * 128, '"“「"」”'),
    ],
    "stars": [
        *_typed(
            "*", "**", "*:*", "?*?*?*?*", "a*b*c*", "*a", "a**", "港*", "*" * 512, "[a TO *]", "a*~2", "1*"
        ),
        *_typed(
            "title:*", "source:*", "date:*", "-*", '"*"', "(*)", "＊", "a＊", "/.*/", "/(a+)+$/", "(a*)*"
        ),
    ],
    "fields": [
        *_typed(
            "title:", "title::", ":", "::a", ":a", "title:title:a", "titles:a", "__class__", "__class__:a"
        ),
        *_typed("id:1", "_id:1", "body:a", "author:x", "title:(", "title:)", 'title:"', "-title:", "title:-"),
        *_typed('source:""', "source:“", "source:(a OR b)", "category:>", "category:a>>b", "category:首页"),
        *_typed(
            "category:\\>", 'category:"a\\"', "site:example.com a", "constructor.prototype", "title:\x00"
        ),
    ],
    "dates": [
        *_typed("date:", "date:..", "date:...", "date:2022..2021", "date:0000", "date:9999..", "date:..9999"),
        *_typed(
            "date:10000",
            "date:1" + "0" * 400,
            "date:2021-02-30",
            "date:-1",
            "date:NaN",
            "after:",
            "before:1e3",
        ),
        *_typed(
            "after:9999-12-31", "before:0001-01-01", "date:٢٠٢١", "date:２０２１", "date:2021-10-19T25:00:00"
        ),
        *_typed(
            "date:2021-10-19T00:00:00+99:99", "date:2021..2022..2023", "date:[2021 TO 2022]", "date:today"
        ),
    ],
    "other languages": [
        *_typed(
            "a^nan", "a^1e999", "a~9", '"a b"~1000000000', "{!func}a", "a AND (b", "+a -b !c", "a && b || c"
        ),
        *_typed("_exists_:a", "fuzzy~", "a\\:b", "<script>alert(1)</script>", "{{7*7}}", "${jndi:ldap://x}"),
        *_typed(
            "' OR '1'='1",
            "'; DROP TABLE articles; --",
            "%00",
            '{"query":{"match_all":{}}}',
            "[1,2,3]",
            "null",
        ),
        *_typed(
            "../../etc/passwd", "$(id)", "`id`", "a\r\nSet-Cookie: b=c", "%s%s%n", "\\u0000", "&lt;", "#", "?"
        ),
    ],
    "signs": [
        *_typed(
            "",
            " ",
            "\t\n",
            "\u3000",
            "！？。，",
            "……",
            "———",
            "🎉",
            "👨‍👩‍👧‍👦" * 40,
            "🇨🇳",
            "©®™",
            "∞≠≤",
            "\ue000",
        ),
        *_typed(
            "\x00",
            "\x01\x02\x1f",
            "a\x00b",
            "\x7f",
            "\ufeff港口",
            "\u202e港口",
            "\u200b" * 500,
            "\u00ad",
            "\u2028",
        ),
        *_typed(
            "e" + "\u0301" * 500,
            "\u0301" * 512,
            "Z̸̢̛",
            "ﷺ" * 100,
            "ﬁ" * 200,
            "İI",
            "ß" * 200,
            "𠮷" * 200,
            "\U0010ffff",
        ),
        *_typed(
            "的",
            "的了在",
            "的 了 在 和",
            "的" * 512,
            "ｆｕｌｌ　ｗｉｄｔｈ",
            "٠١٢٣",
            "①②③",
            "㎡㏄",
            "한국어",
            "עברית",
        ),
    ],
    "bytes": [
        *("q=%ED%A0%80", "q=%ED%BF%BF", "q=%FF%FE", "q=%C0%AF", "q=%F5%80%80%80", "q=%E4%B8", "q=%", "q=%zz"),
        *("q=%u6E2F", "%q=a", "q=%25%25", "q=a%00b", "q", "=a", "&&&", "q=a;q=b", "q[]=a", "q=a&q=b", "Q=a"),
    ],
    "parameters": [
        *(
            "q=a&offset=1000000000000000000",
            "q=a&offset=-1",
            "q=a&offset=1e3",
            "q=a&offset=%D9%A1",
            "q=a&offset=",
        ),
        *(
            "q=a&size=0",
            "q=a&size=-0",
            "q=a&size=101",
            "q=a&size=" + "9" * 400,
            "q=a&size=1.5",
            "q=a&size=0x10",
        ),
        *("q=a&from=2022&to=2021", "q=a&from=10000", "q=a&to=0", "q=a&from=" + "1" * 400, "q=a&sort=best"),
        *(
            "q=a&match=none",
            "q=a&facets=a",
            "q=a&facets=" + "date," * 500,
            "q=a&interval=second",
            "q=a&highlight=1",
        ),
        *("q=a&category=" + "a%3E" * 200 + "a", "q=a&category=%3E", "q=a&source=" + "a" * 513, "q=a&nope=1"),
        *("q=a" + "&source=a" * 100, "q=a" + "&source=a" * 101, "__proto__=1", "q=a&interval=day&from=0001"),
    ],
}
