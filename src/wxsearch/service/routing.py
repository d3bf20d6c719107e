"""Routing in which HEAD works wherever GET does and each request knows its route."""

from typing import Any, TypeAlias, cast

import falcon
from falcon.routing import CompiledRouter

FalconApp: TypeAlias = falcon.App[falcon.Request, falcon.Response]


ROUTE = "wxsearch.route"


class Router(CompiledRouter):
    """Falcon's router; it notes the template of the route for the log and the metrics."""

    def find(self, uri: str, req: falcon.Request | None = None) -> Any:
        """The resource, methods, parameters and template of a path, or None."""
        found = super().find(uri, req)
        if found is not None and req is not None:
            req.env[ROUTE] = found[3]
        return found

    def map_http_methods(self, resource: object, **options: Any) -> Any:
        """The responders of a resource by method; Falcon drops the body of an answer to HEAD."""
        methods = cast("dict[str, Any]", super().map_http_methods(resource, **options))
        if "GET" in methods:
            methods.setdefault("HEAD", methods["GET"])
        return methods
