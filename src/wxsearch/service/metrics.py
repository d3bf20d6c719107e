"""Metrics in Prometheus' text format, summed over the workers.

prometheus-client decides at its import, by PROMETHEUS_MULTIPROC_DIR, whether values live
in files that the workers share. server.py sets that variable, so this module must not
be imported before.
"""

import os
from collections.abc import Iterable
from pathlib import Path

import falcon
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

from wxsearch.errors import WxsearchError
from wxsearch.service.counter_files import FOLDER_VARIABLE, CounterFiles
from wxsearch.service.exchanges import Exchange
from wxsearch.service.holdings import Holdings

_MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
# Methods are the client's to make up; labels must stay few.
_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"))


class Metrics:
    """Counts exchanges of this process."""

    def __init__(self) -> None:
        folder = os.environ.get(FOLDER_VARIABLE)
        self._files = CounterFiles(Path(folder)) if folder else None
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "wxsearch_requests", "Requests answered.", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "wxsearch_request_seconds",
            "Time from a request to the end of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._zero_hits = Counter(
            "wxsearch_searches_without_hits",
            "Searches of the API that found nothing.",
            registry=self._registry,
        )

    def observe(self, exchange: Exchange) -> None:
        """Counts one exchange, unless there is no room to."""
        if self._files and not self._files.are_there():
            return
        method = exchange.method if exchange.method in _METHODS else "other"
        self._requests.labels(exchange.route, method, exchange.status).inc()
        self._seconds.labels(exchange.route).observe(exchange.seconds)
        if exchange.zero_hits:
            self._zero_hits.inc()

    def printed(self, holdings: Holdings) -> bytes:
        """The counts of all workers and the state of the index."""
        registry = self._registry
        if self._files:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        index = CollectorRegistry()
        index.register(_IndexCollector(holdings))
        return generate_latest(registry) + generate_latest(index)


class _IndexCollector:
    """Reads the index when asked, as every worker sees the same one."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The gauges; none of them where the index cannot be read."""
        try:
            held = self._holdings.current()
        except WxsearchError:
            return
        yield GaugeMetricFamily("wxsearch_index_articles", "Articles that can be found.", held.articles)
        yield GaugeMetricFamily("wxsearch_index_generation", "Generation of the index.", held.generation)
        yield GaugeMetricFamily(
            "wxsearch_index_degraded",
            "1 where the newest generation is damaged, or a list of words is, and what was before answers.",
            int(held.degraded is not None),
        )


class MetricsResource:
    """GET /metrics."""

    def __init__(self, metrics: Metrics, holdings: Holdings) -> None:
        self._metrics = metrics
        self._holdings = holdings

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Answers in text format 0.0.4, which every scraper reads."""
        resp.set_header("Cache-Control", "no-store")
        resp.content_type = _MEDIA_TYPE
        resp.data = self._metrics.printed(self._holdings)
