"""Engine by engine and kind by kind: times, ratios, rates, sizes, and how far answers agree."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from wxsearch.benchmarks.corpus import Corpus
from wxsearch.benchmarks.figures import mean_ratio, percentile, same_counts, shared_top
from wxsearch.benchmarks.measurement import Asked
from wxsearch.benchmarks.queries import KINDS, Question
from wxsearch.benchmarks.worker import Building

YARDSTICK = "tantivy"
ALL = "all"
_NAMED_DIFFERENCES = 20


class Material(Struct, frozen=True, kw_only=True):
    """What was indexed and asked; `whole` where no article and no question was left out."""

    origin: str
    whole: bool
    articles: int
    originals: int
    tokens: int
    text_bytes: int
    reading_cpu_seconds: float
    cutting_cpu_seconds: float
    questions: dict[str, int]
    rounds: int


class Timing(Struct, frozen=True, kw_only=True):
    """Milliseconds a question; `ratio` is the geometric mean of ratios to tantivy's.

    `cpu_ms` is processor time and the figure to go by, `wall_ms` moves with the load.
    """

    questions: int
    without_hits: int
    cpu_ms: dict[str, float]
    wall_ms: dict[str, float]
    ratio: float | None


class Indexing(Struct, frozen=True, kw_only=True):
    """Articles a processor second: from raw JSON lines, and from ready tokens.

    One of the two is measured; the other adds or takes away the reading and cutting of
    the corpus (`derived` names it).
    """

    from_lines: float
    from_tokens: float
    derived: str
    cpu_seconds: float
    wall_seconds: float


class Agreement(Struct, frozen=True, kw_only=True):
    """How far answers agree with the yardstick's: equal counts, no lower totals, shared top hits."""

    counts_equal: float
    totals_reached: float
    top_shared: float


class Difference(Struct, frozen=True, kw_only=True):
    """A question with other counts than the yardstick's."""

    question: Question
    total: int
    expected: int


class EngineReport(Struct, frozen=True, kw_only=True):
    """All figures of one engine.

    `opened_bytes` and `own_bytes` are memory that it shares with no other process, after the
    first few questions and after all.
    """

    version: str
    timings: dict[str, Timing]
    indexing: Indexing
    index_bytes: int
    bytes_ratio: float
    peak_indexing_bytes: int
    peak_searching_bytes: int
    opened_bytes: int | None
    own_bytes: int | None
    agreement: dict[str, Agreement]
    differences: list[Difference]


def describe_material(corpus: Corpus, questions: Sequence[Question], rounds: int, *, whole: bool) -> Material:
    """The corpus and the number of questions of each kind."""
    return Material(
        origin=corpus.origin,
        whole=whole,
        articles=corpus.articles,
        originals=corpus.originals,
        tokens=corpus.tokens,
        text_bytes=corpus.text_bytes,
        reading_cpu_seconds=corpus.reading_seconds,
        cutting_cpu_seconds=corpus.cutting_seconds,
        questions={kind: len(at) for kind, at in kind_places(questions).items() if kind != ALL},
        rounds=rounds,
    )


def report_engines(
    corpus: Corpus,
    questions: Sequence[Question],
    built: Mapping[str, Building],
    asked: Mapping[str, Asked],
) -> dict[str, EngineReport]:
    """The figures of all engines; without tantivy ratios are None and agreement is to the first."""
    reference = asked[yardstick(list(asked))]
    ratios_to = asked.get(YARDSTICK)
    places = kind_places(questions)
    return {
        name: EngineReport(
            version=building.version,
            timings={kind: _timing(asked[name], ratios_to, at) for kind, at in places.items()},
            indexing=_indexing(building, corpus),
            index_bytes=building.index_bytes,
            bytes_ratio=building.index_bytes / corpus.text_bytes,
            peak_indexing_bytes=building.peak_bytes,
            peak_searching_bytes=asked[name].peak_bytes,
            opened_bytes=asked[name].opened_bytes,
            own_bytes=asked[name].own_bytes,
            agreement={kind: _agreement(asked[name], reference, at) for kind, at in places.items()},
            differences=_differences(questions, asked[name], reference),
        )
        for name, building in built.items()
    }


def yardstick(names: Sequence[str]) -> str:
    """The engine that the others are held against."""
    return YARDSTICK if YARDSTICK in names else names[0]


def kind_places(questions: Sequence[Question]) -> dict[str, list[int]]:
    """The places of the questions of each kind; `all` leaves the few heavy ones out."""
    places: dict[str, list[int]] = {
        ALL: [place for place, question in enumerate(questions) if question.kind != "heavy"]
    }
    for kind in KINDS:
        places[kind] = [place for place, question in enumerate(questions) if question.kind == kind]
    return {kind: at for kind, at in places.items() if at}


def _timing(asked: Asked, ratios_to: Asked | None, at: Sequence[int]) -> Timing:
    cpu = [asked.cpu_ms[place] for place in at]
    return Timing(
        questions=len(at),
        without_hits=sum(asked.answers[place].total == 0 for place in at),
        cpu_ms=_spread(cpu),
        wall_ms=_spread([asked.wall_ms[place] for place in at]),
        ratio=None if ratios_to is None else mean_ratio(cpu, [ratios_to.cpu_ms[place] for place in at]),
    )


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {f"p{percent}": percentile(values, percent) for percent in (50, 95, 99)} | {"max": max(values)}


def _indexing(building: Building, corpus: Corpus) -> Indexing:
    cutting = corpus.reading_seconds + corpus.cutting_seconds
    with_cutting = building.cpu_seconds + (0.0 if building.cuts_itself else cutting)
    return Indexing(
        from_lines=corpus.articles / with_cutting,
        from_tokens=corpus.articles / max(with_cutting - cutting, 1e-9),
        derived="from_tokens" if building.cuts_itself else "from_lines",
        cpu_seconds=building.cpu_seconds,
        wall_seconds=building.wall_seconds,
    )


def _agreement(asked: Asked, reference: Asked, at: Sequence[int]) -> Agreement:
    pairs = [(asked.answers[place], reference.answers[place]) for place in at]
    return Agreement(
        counts_equal=sum(same_counts(ours, theirs) for ours, theirs in pairs) / len(pairs),
        totals_reached=sum(ours.total >= theirs.total for ours, theirs in pairs) / len(pairs),
        top_shared=sum(shared_top(ours, theirs) for ours, theirs in pairs) / len(pairs),
    )


def _differences(questions: Sequence[Question], asked: Asked, reference: Asked) -> list[Difference]:
    found = [
        Difference(question=question, total=ours.total, expected=theirs.total)
        for question, ours, theirs in zip(questions, asked.answers, reference.answers, strict=True)
        if not same_counts(ours, theirs)
    ]
    return found[:_NAMED_DIFFERENCES]
