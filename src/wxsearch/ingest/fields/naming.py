"""How a page names itself: what its headings and its head say that a title is."""

from selectolax.lexbor import LexborHTMLParser

from wxsearch.ingest.fields.evidence import Evidence
from wxsearch.ingest.fields.title import beginnings, cut_title, ending, is_title, tails, title_key
from wxsearch.ingest.head import Marks
from wxsearch.ingest.rendering import short_text

# More of them is no page of one article; each is compared with many lines.
_MOST_HEADINGS = 20
_LONGEST_HEADING = 200
_SITE_NAMES = ("og:site_name", "sitename", "application-name")


class Naming:
    """The <title> of a page, at most so many `characters` of it, and the names of its site."""

    def __init__(self, tree: LexborHTMLParser, meta: dict[str, str], characters: int) -> None:
        node = tree.css_first("title")
        self.name = " ".join(node.text().split())[:characters] if node is not None else ""
        self._sites = [site for key in _SITE_NAMES if (site := meta.get(key))]

    def gather_sites(self, evidence: Evidence) -> None:
        """Notes what the site and its channels are called."""
        rest = ending(self.name)
        first = title_key(self.name.removesuffix(rest)) if rest else ""
        for name in (*self._sites, *tails(self.name), first):
            evidence.add("site", name, "title element", 0.7)

    def marks(self, tree: LexborHTMLParser, evidence: Evidence) -> Marks:
        """What the title is: surest what h1 and the head agree on; h1 alone may be a logo."""
        texts = (short_text(node, _LONGEST_HEADING) for node in tree.css("h1")[:_MOST_HEADINGS])
        known = {*tails(self.name), *map(title_key, self._sites)}
        shown = [text for text in texts if text and title_key(text) not in known]
        stated = [str(row.value) for row in evidence.of("title")]
        headings = [
            *(text for text in shown if self.name.startswith(text)),
            *(text for text in shown if any(is_title(text, title) for title in stated)),
            *stated,
            *beginnings(self.name),
            *(part for title in stated[:2] for part in beginnings(title)),
            *beginnings(ending(self.name)),
        ]
        return Marks(list(dict.fromkeys(filter(None, headings))), shown)

    def fallback(self, evidence: Evidence) -> str:
        """The title where no line shows one."""
        stated = evidence.of("title")
        return str(stated[0].value) if stated else cut_title(self.name, self._sites)
