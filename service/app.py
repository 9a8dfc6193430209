"""The web application: GraphQL, GraphiQL, the explorer and health, on the services of the composition root."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import Route, WebSocketRoute

from service.access.ways_in import entrance_of
from service.api.explorer import explorer_router
from service.api.graphiql import assets_router
from service.api.health import Check, health_router
from service.api.http import GraphQLOverHttp, asks_for_page
from service.api.schema import make_schema
from service.api.sockets import GraphQLOverSockets
from service.api.trusted_documents import load
from service.composition import Services, open_services
from service.ports.communities import KeepingProgress
from service.settings import Settings
from service.store.catalog_check import checked_meanwhile
from service.web.draining import Doors, Draining
from service.web.guard import Doorkeeper, Guard
from service.web.headers import SecurityHeaders
from service.web.metrics import Metrics
from service.web.origins import Origins
from service.web.sizes import RequestSizes
from service.web.telling import Telling

COMPRESSION = 4
"""Of gzip's nine levels. An answer of 59 kB: to 8.9 kB in 0.4 ms; level 9 makes that 7.5 kB in 3.3 ms."""

ACROSS_ORIGINS: dict[str, Any] = {
    "allow_methods": ("GET", "POST"),
    "allow_headers": ("Authorization", "Content-Type", "Rainmaker-After", "X-Request-Id"),
    "expose_headers": ("Retry-After", "X-Request-Id"),
    "max_age": 600,
}
"""What pages of the sites listed may send and read. No cookies: keys and tokens come in a header."""

KEEP_ALIVE_SECONDS = 75
"""How long whoever serves the app keeps an idle connection. Longer than clients and balancers do (5 s with httpx, 60 s
with nginx): if the server were first, a request that is on its way would meet a closed door."""


def create_app(settings: Settings, progress: KeepingProgress | None = None) -> FastAPI:
    """An app of its own: two of them share nothing. Services open and close with its lifespan.

    `progress` is shown how the stored communities come along.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            open_services(settings, progress) as services,
            services.keep_stored.running(),
            checked_meanwhile(services.database),
        ):
            app.state.running = services
            yield

    app = FastAPI(
        title="Rainmaker",
        summary="Who forms the community around a topic, and through whom a brand reaches a decision-maker.",
        lifespan=lifespan,
        # a page of somebody else's scripts, about two routes
        docs_url=None,
        redoc_url=None,
    )
    schema, doorkeeper = make_schema(settings), Doorkeeper(entrance_of(settings))
    trusted = None if settings.documents is None else load(settings.documents)
    graphql = GraphQLOverHttp(settings, schema, _running, trusted)
    guarded = Guard(graphql, doorkeeper, open_to_all=asks_for_page)
    app.router.routes.append(Route("/graphql", guarded, include_in_schema=False))
    sockets = GraphQLOverSockets(settings, schema, _running, doorkeeper, trusted)
    app.router.routes.append(WebSocketRoute("/graphql", sockets))
    app.state.doors = Doors()
    metrics = Guard(Metrics(_running, app.state.doors), doorkeeper, may=lambda admitted: admitted.may_read_metrics)
    app.router.routes.append(Route("/metrics", metrics, include_in_schema=False))
    # each stands in front of those before it
    app.add_middleware(GZipMiddleware, minimum_size=settings.compress_from, compresslevel=COMPRESSION)
    app.add_middleware(RequestSizes, most_bytes=settings.max_body_bytes, seconds=settings.body_seconds)
    only_local = settings.auth == "none"
    app.add_middleware(Origins, origins=settings.origins, hosts=settings.hosts, only_local=only_local)
    if settings.origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.origins, **ACROSS_ORIGINS)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Draining, doors=app.state.doors)
    app.add_middleware(Telling, slow_seconds=settings.slow_seconds)
    app.include_router(explorer_router(settings.page))
    app.include_router(assets_router())
    app.include_router(health_router(_checks))

    return app


def _running(connection: HTTPConnection) -> Services:
    return cast("Services", connection.app.state.running)


def _checks(connection: HTTPConnection) -> dict[str, Check]:
    """What must answer for the service to be ready, by the name that /readyz shows."""
    services = _running(connection)

    async def snapshot() -> None:
        services.snapshots.latest()

    return {"neo4j": services.database.bookmark, "snapshot": snapshot}
