"""What every engine promises about the parts of a score: which there are, and that they add up to it."""

import msgspec
import pytest
from msgspec import UNSET
from msgspec.structs import replace

# The leaves alone.
ONE_STAGE = {"head": 0}
ADDED = ["characters", "bigrams", "longer", "lead", "window"]


@pytest.fixture(scope="session")
def explained(ask):
    """The explanations of the hits, by their ids, after the parts were added up."""

    def explain(engine, q, **parameters):
        hits = ask(engine, q, explain="true", **parameters).hits
        for hit in hits:
            assert sum(part.value for part in hit.explanation) == pytest.approx(hit.score, rel=2e-5)
        return {hit.id: hit.explanation for hit in hits}

    return explain


def codes(parts):
    return [part.part for part in parts]


def test_each_field_of_each_term_is_a_part(new_engine, article, explained, ask):
    """A term that stands in title and body has two parts, with how often, in the order typed."""
    engine = new_engine(
        article("港口", "港口和港口，铁路"), article("铁路", "别的"), article("无", "无"), ranking=ONE_STAGE
    )
    found = explained(engine, "港口 铁路", match="any")
    assert [(part.part, part.term, part.count, part.text) for part in found["a"]] == [
        ("title", "港口", 1, "港口: 1 × in the title"),
        ("body", "港口", 2, "港口: 2 × in the body"),
        ("body", "铁路", 1, "铁路: 1 × in the body"),
    ]
    # What one term adds in one field is the whole score where nothing else does.
    alone = ask(engine, "铁路", match="any").hits
    assert {hit.id: hit.score for hit in alone}["b"] == found["b"][0].value
    assert codes(found["b"]) == ["title"]


def test_many_occurrences_are_counted(new_engine, article, explained):
    """A term that stands too often for one byte is explained with how often it does."""
    engine = new_engine(article("x " * 7, "x " * 300), article("y", "y"), ranking=ONE_STAGE)
    assert [part.count for part in explained(engine, "x")["a"]] == [7, 300]


def test_terms_are_named_as_they_are_typed(new_engine, article, explained):
    """Quoted strings, fields and runs that go on are printed so, and variants stand beside their leaf."""
    engine = new_engine(article("abcd 软件", "软体 x y"), ranking=ONE_STAGE)
    parts = explained(engine, '"x y" title:ab* 软件')["a"]
    assert [part.term for part in parts if part.part == "body"] == ['"x y"', "软件 / 软体"]
    assert [part.term for part in parts if part.part == "title"] == ["title:ab*", "软件 / 软体"]


def test_a_title_that_counts_nothing_is_no_part(new_engine, article, explained):
    """What adds nothing to the score is left out."""
    engine = new_engine(article("x", "x"), ranking={"head": 0, "title_weight": 0.0})
    assert codes(explained(engine, "x")["a"]) == ["body"]


def test_the_head_has_parts_of_evidence(new_engine, article, explained):
    """The best few have evidence by its parts, each without term and count; those behind have none."""
    engine = new_engine(
        article("港口铁路联运", ""), article("", "港口，铁路联运 " + "别的" * 50), ranking={"head": 1}
    )
    found = explained(engine, "港口铁路联运")
    assert codes(found["a"])[-5:] == ADDED
    assert all((part.term, part.count) == (UNSET, UNSET) for part in found["a"][-5:])
    assert set(codes(found["b"])) == {"body"}


def test_what_cannot_be_seen_in_a_score_is_no_part(new_engine, article, explained):
    """A part that is too small for the sixth digit of the score is left out."""
    old = [article("x", published=day) for day in ("2024-01-01", "2023-12-20", "2000-01-01")]
    found = explained(new_engine(*old, ranking={"recency": 0.5, "half_life_days": 1.0}), "title:x")
    assert [codes(found[key]) for key in "abc"] == [["title", "recency"], ["title", "recency"], ["title"]]


def test_an_article_without_any_term_has_no_parts(new_engine, article, explained):
    """What matches by a filter alone has the score 0 and no parts."""
    engine = new_engine(article("x", source="甲"), article("y", source="乙"), ranking=ONE_STAGE)
    assert explained(engine, "x OR source:乙")["b"] == ()


@pytest.mark.parametrize(
    ("q", "parameters"),
    [
        ("x", {}),
        ("x", {"explain": "false"}),
        ("x", {"explain": "true", "sort": "newest"}),
        ("", {"explain": "true"}),
    ],
)
def test_without_scores_or_unasked_there_is_none(new_engine, article, ask, q, parameters):
    """Where nobody asks or nothing is ranked, hits have no explanation at all, not even null."""
    result = ask(new_engine(article("x")), q, **parameters)
    assert [hit.explanation for hit in result.hits] == [UNSET]
    assert b"explanation" not in msgspec.json.encode(result)


def test_a_scan_explains_too(new_engine, article, request_for, ask):
    """A scan gives the explanations of the pages."""
    engine = new_engine(*[article("港口" * n, "铁路") for n in range(1, 5)], ranking={"head": 2})
    asked = {"q": "港口 铁路", "explain": "true"}
    assert tuple(engine.scan(request_for(**asked))) == ask(engine, **asked).hits


def test_explaining_changes_no_score(new_engine, article, ask):
    """Hits, order and scores are the same with explanations and without."""
    engine = new_engine(*[article("港口" * (n % 3), "铁路" * n) for n in range(1, 9)], ranking={"head": 3})
    told = ask(engine, "港口 铁路", match="any", explain="true").hits
    assert [replace(hit, explanation=UNSET) for hit in told] == list(
        ask(engine, "港口 铁路", match="any").hits
    )


# What follows is about articles that differ in their times alone.
DECAY = {"recency": 0.5, "half_life_days": 10.0}


def gained(parts):
    return sum(part.value for part in parts if part.part == "recency")


def test_recency_is_off_by_default(settings):
    """As long as no setting asks for it, times do not touch scores."""
    assert settings.ranking.recency == 0


def test_recency_halves_with_each_half_life(new_engine, article, explained, ask):
    """The newest article gets its share of the best score, half of it one half-life older, undated none."""
    dated = [article("港口", published=day) for day in ("2024-01-11", "2024-01-01", "2023-12-12", None)]
    base = ask(new_engine(*dated, ranking=ONE_STAGE), "港口").hits[0].score
    found = explained(new_engine(*dated, ranking=DECAY), "港口")
    assert [gained(found[key]) for key in "abcd"] == [
        pytest.approx(base * share, rel=1e-5) for share in (0.5, 0.25, 0.5 / 2**3, 0)
    ]
    assert " ".join(found) == "a b c d"


def test_recency_counts_from_the_newest_article_that_is_held(new_engine, article, explained):
    """Age counts from the newest article, whether it matches or not; one that is deleted is none."""
    engine = new_engine(
        article("港口", published="2024-01-01"), article("别的", published="2024-01-11"), ranking=DECAY
    )
    before = gained(explained(engine, "港口")["a"])
    engine.delete(["b"])
    engine.index([article("别的", id="c")])
    parts = explained(engine, "港口")["a"]
    assert gained(parts) == pytest.approx(0.5 * parts[0].value, rel=1e-5)
    assert before > 0


def test_recency_is_weighed_by_the_best_of_all(new_engine, article, explained):
    """The share is one of the best score of all hits, in whichever segment that is."""
    engine = new_engine(article("别的", "港口，别的，别的", published="2024-01-11"), ranking=DECAY)
    engine.index([article("港口港口", "港口", published="2000-01-01")])
    found = explained(engine, "港口")
    best = sum(part.value for part in found["b"] if part.part in ("title", "body"))
    assert gained(found["a"]) == pytest.approx(0.5 * best, rel=1e-5)


def test_recency_works_without_wording(new_engine, article, request_for):
    """Where only terms are known and no wording, the best are weighed by their times all the same."""
    engine = new_engine(
        article("港口", published="2000-01-01"), article("港口", published="2024-01-01"), ranking=DECAY
    )
    asked = request_for("title:港口", explain="true")
    assert asked.query.wording == ()
    hits = engine.search(asked).hits
    assert [codes(hit.explanation) for hit in hits] == [["title", "recency"], ["title"]]


def test_recency_without_any_date(new_engine, article, explained):
    """Where no article has a date, none gets anything."""
    assert gained(explained(new_engine(article("港口"), ranking=DECAY), "港口")["a"]) == 0


def test_pages_laid_together_with_recency(new_engine, article, ids):
    """Pages are the slices of one large page, on both sides of the head and across it."""
    articles = [
        article("港口" * (n % 4), "铁路港口", published=f"2024-01-{n % 28 + 1:02}") for n in range(1, 16)
    ]
    engine = new_engine(*articles[:8], ranking=DECAY | {"head": 5})
    engine.index(articles[8:])
    whole = ids(engine, "港口", size="15").split()
    assert len(whole) == 15
    for size in (1, 2, 4, 5, 6, 7):
        pages = [ids(engine, "港口", size=str(size), offset=str(at)) for at in range(0, 15, size)]
        assert " ".join(pages).split() == whole


def test_signs_that_fold_to_more_than_a_character_are_no_evidence(new_engine, article, explained):
    """A sign such as ℃ or ⑴ folds to a character and separators: it is found, and is not that character."""
    found = explained(new_engine(article(body="c 1"), article(body="℃ ⑴")), "c 1")
    assert codes(found["a"]) == ["body", "body", "characters", "lead", "window"]
    assert codes(found["b"]) == ["body", "body"]


REPRINT = "原标题：港口铁路联运\n海港开通班列，铁路和港口相连"


def test_an_announced_headline_is_no_evidence(new_engine, article, explained):
    """Who repeats a headline gets what its other text is worth; the others get what words gave for it."""
    told = [article(body=REPRINT), article(body="，海港开通班列，铁路和港口相连")]
    found = explained(new_engine(*told, ranking={"b": 0.0}), "港口铁路联运", match="any")
    evidence = [[part for part in found[key] if part.part in ADDED] for key in "ab"]
    assert evidence[0] == evidence[1] != []
    assert ("headline" in codes(found["a"]), codes(found["b"])[-1]) == (False, "headline")
    as_text = {"b": 0.0, "headline_characters": 0}
    counted = explained(new_engine(*told, ranking=as_text), "港口铁路联运", match="any")
    assert [part for part in counted["b"] if part.part in ADDED] == evidence[1]
    assert [part for part in counted["a"] if part.part in ADDED] != evidence[0]


def test_the_original_goes_before_who_repeats_its_headline(new_engine, article, ids):
    """Who types a headline gets the article that has it before a reprint that repeats it; both are found."""
    engine = new_engine(article("海港班列", REPRINT), article("港口铁路联运", "海港开通班列，铁路和港口相连"))
    assert ids(engine, "港口铁路联运") == "b a"
    assert ids(engine, '"原标题：港口铁路联运"') == "a"


@pytest.mark.parametrize("body", ["鮡鱼", "𬶐鱼"])
def test_characters_whose_fold_is_beyond_the_first_plane_are_evidence(new_engine, article, explained, body):
    """鮡 folds to a character of another plane: it is seen, in texts with and without such characters."""
    assert codes(explained(new_engine(article(body=body)), "鮡鱼")["a"])[-4:] == [
        "characters",
        "bigrams",
        "lead",
        "window",
    ]
