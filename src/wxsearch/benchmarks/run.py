"""A whole run, from raw lines to the report."""

from pathlib import Path

from wxsearch.benchmarks.comparison import describe_material, report_engines, yardstick
from wxsearch.benchmarks.corpus import Corpus, corpora_folder, cut_corpus, write_lines
from wxsearch.benchmarks.gates import gates, required_of
from wxsearch.benchmarks.growth import growth, require_comparable
from wxsearch.benchmarks.machine import describe_machine, loads
from wxsearch.benchmarks.measurement import Say, ask_in_turn, build_all
from wxsearch.benchmarks.options import Options
from wxsearch.benchmarks.product import measure_product
from wxsearch.benchmarks.queries import Questions, draw_questions
from wxsearch.benchmarks.report import Report, read_report
from wxsearch.errors import InvalidRequest
from wxsearch.settings import load_settings


def run(options: Options, folder: Path, say: Say) -> Report:
    """A run in an empty folder; tells of its progress. Raises InvalidRequest, StartProblem."""
    load_before = loads()
    names = options.names()
    other = read_report(options.compare) if options.compare else None
    corpus, questions = _prepared(options, folder)
    say(f"{corpus.articles} articles read and cut")
    material = describe_material(corpus, questions.asked, options.rounds_asked, whole=options.whole)
    # Before the long part, not after it.
    if other is not None:
        require_comparable(material, other.material)
    if options.gate and not required_of(material, names):
        raise InvalidRequest(
            "--gate needs all real articles and questions, --times 1 or 4, wxsearch and tantivy"
        )
    built = build_all(names, corpus, folder, say)
    asked = ask_in_turn(names, corpus, folder, questions, options.rounds_asked, say)
    engines = report_engines(corpus, questions.asked, built, asked)
    product = None
    if "wxsearch" in names:
        product = measure_product(corpus, folder / "wxsearch", questions, options.scale, options.rounds_asked)
    grown = growth(material.articles, engines, other.material.articles, other.engines) if other else None
    return Report(
        machine=describe_machine(load_before),
        material=material,
        yardstick=yardstick(names),
        engines=engines,
        product=product,
        growth=grown,
        gates=gates(material, engines, product, grown),
    )


def _prepared(options: Options, folder: Path) -> tuple[Corpus, Questions]:
    corpora = corpora_folder()
    lines, cut = folder / "lines.jsonl", folder / "cut.jsonl"
    origin = write_lines(corpora, options.count, lines, options.times)
    corpus = cut_corpus(lines, cut, origin, load_settings({}).limits, options.times)
    return corpus, draw_questions(corpus, corpora, options.scale)
