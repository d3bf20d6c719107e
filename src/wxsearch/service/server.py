"""The server: gunicorn with the application built once, before its workers are forked."""

import gc
import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gunicorn.http.wsgi
from gunicorn.app.base import BaseApplication

from wxsearch.engines.base import Engine
from wxsearch.errors import InvalidSettings, StartProblem
from wxsearch.service.counter_files import FOLDER_VARIABLE, CounterFiles
from wxsearch.service.listener import Endpoint, listen
from wxsearch.settings import Settings

# gunicorn cuts a larger limit down without a word.
_LONGEST_LINE = 8190


def serve(settings: Settings, engine_factory: Callable[[], Engine]) -> None:
    """Serves until a signal ends it; ends the process by SystemExit.

    The port is taken and the index opened before any worker starts. Raises
    StartProblem about the address, the settings or temporary files, IndexProblem about the index.
    """
    if settings.limits.url_bytes > _LONGEST_LINE:
        raise InvalidSettings(f"setting limits.url_bytes: gunicorn reads {_LONGEST_LINE} at most")
    _configure_logging(access_log=settings.service.access_log)
    listening, endpoint = listen(settings.service.bind)
    metrics = _made_folder()
    master = os.getpid()
    try:
        os.environ[FOLDER_VARIABLE] = str(metrics)
        # After the variable is set: see metrics.py.
        from wxsearch.service.app import create_app

        engine = engine_factory()
        # Opens the index now: once for all workers, or not at all.
        engine.preload()
        # What is there now stays; looking at it for garbage would unshare it between workers.
        gc.collect()
        gc.freeze()
        _Server(create_app(engine, settings), settings, listening.detach(), endpoint).run()
    finally:
        # A worker leaves through here as well.
        if os.getpid() == master:
            shutil.rmtree(metrics, ignore_errors=True)


def _made_folder() -> Path:
    """A folder for what the workers count, with the files of this process."""
    folder = None
    try:
        folder = Path(tempfile.mkdtemp(prefix="wxsearch-metrics-"))
        CounterFiles(folder).make()
    except OSError as error:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
        raise StartProblem(
            f"temporary files cannot be made ({error.strerror}); name a folder for them with TMPDIR"
        ) from error
    return folder


class _Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, application: Any, settings: Settings, descriptor: int, endpoint: Endpoint) -> None:
        self._application = application
        self._settings = settings
        self._descriptor = descriptor
        self._endpoint = endpoint
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._application

    def _options(self) -> dict[str, Any]:
        service = self._settings.service
        return {
            "bind": f"fd://{self._descriptor}",
            "worker_class": "wxsearch.service.worker.Worker",
            "workers": service.workers,
            "threads": service.threads,
            "timeout": service.timeout_seconds,
            "graceful_timeout": service.graceful_seconds,
            "preload_app": True,
            "http_parser": "python",  # the one that worker.py extends
            "limit_request_line": self._settings.limits.url_bytes,
            # No header of a client's may change the path or the scheme.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            "control_socket_disable": True,
            "loglevel": "warning",
            "proc_name": "wxsearch",
            "when_ready": self._announce,
            "post_fork": self._prepare,
            "child_exit": _forget_worker,
        }

    def _prepare(self, _arbiter: Any, worker: Any) -> None:
        worker.client_seconds = self._settings.service.client_seconds

    def _announce(self, _arbiter: Any) -> None:
        url = self._endpoint.url(self._settings.service.path_prefix)
        sys.stderr.write(f"wxsearch listens at {url}\n")
        sys.stderr.write(f"  open it, or try: curl '{url}api/v1/search?q=港口'  (Ctrl-C stops)\n")
        sys.stderr.flush()


def _forget_worker(_arbiter: Any, worker: Any) -> None:
    from prometheus_client import multiprocess

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _configure_logging(*, access_log: bool) -> None:
    # The name that gunicorn gives itself in every answer.
    gunicorn.http.wsgi.SERVER = "wxsearch"
    events = logging.StreamHandler(sys.stderr)
    events.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _attach(logging.getLogger("wxsearch"), events, logging.INFO)
    lines = logging.StreamHandler(sys.stdout)
    lines.setFormatter(logging.Formatter("%(message)s"))
    _attach(logging.getLogger("wxsearch.access"), lines, logging.INFO if access_log else logging.CRITICAL)


def _attach(logger: logging.Logger, handler: logging.Handler, level: int) -> None:
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = False
