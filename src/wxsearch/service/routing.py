"""Routing in which HEAD works wherever GET does."""

from typing import Any, TypeAlias, cast

import falcon
from falcon.routing import CompiledRouter

FalconApp: TypeAlias = falcon.App[falcon.Request, falcon.Response]


class Router(CompiledRouter):
    """Falcon's router; it drops the body of an answer to HEAD itself."""

    def map_http_methods(self, resource: object, **options: Any) -> Any:
        """The responders of a resource by method."""
        methods = cast("dict[str, Any]", super().map_http_methods(resource, **options))
        if "GET" in methods:
            methods.setdefault("HEAD", methods["GET"])
        return methods
