"""The web application: GraphQL, GraphiQL and health, on the services of the composition root."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import cast

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import Route

from service.api.graphiql import assets_router
from service.api.health import Check, health_router
from service.api.http import GraphQLOverHttp
from service.composition import Services, open_services
from service.ports.browsing import GraphBrowser
from service.ports.communities import KeepingProgress
from service.ports.snapshots import SnapshotProvider
from service.settings import Settings
from service.store.browsing import Neo4jBrowser
from service.store.catalog_check import checked_meanwhile
from service.use_cases.find_brand_on_topic import FindBrandOnTopic
from service.use_cases.find_communities import FindCommunities
from service.use_cases.find_community_history import FindCommunityHistory
from service.use_cases.find_currents import FindCurrents
from service.use_cases.find_history import FindHistory
from service.use_cases.find_influencers_of import FindInfluencersOf
from service.use_cases.find_leverage import FindLeverage
from service.use_cases.find_next_relationships import FindNextRelationships
from service.use_cases.find_peer_influence import FindPeerInfluence
from service.use_cases.find_standing import FindStanding
from service.use_cases.find_trusted_paths import FindTrustedPaths
from service.use_cases.find_trusted_paths_batch import FindTrustedPathsBatch
from service.use_cases.gate import Gate

COMPRESSION = 4
"""Of gzip's nine levels. An answer of 59 kB: to 8.9 kB in 0.4 ms; level 9 makes that 7.5 kB in 3.3 ms."""


KEEP_ALIVE_SECONDS = 75
"""How long whoever serves the app keeps an idle connection. Longer than clients and balancers do (5 s with httpx, 60 s
with nginx): if the server were first, a request that is on its way would meet a closed door."""


@dataclass(frozen=True, slots=True)
class Running:
    """What the app holds while it runs; fills the port `ApiServices`."""

    services: Services
    browser: GraphBrowser

    @property
    def snapshots(self) -> SnapshotProvider:
        return self.services.snapshots

    @property
    def find_trusted_paths(self) -> FindTrustedPaths:
        return self.services.find_trusted_paths

    @property
    def find_trusted_paths_batch(self) -> FindTrustedPathsBatch:
        return self.services.find_trusted_paths_batch

    @property
    def find_communities(self) -> FindCommunities:
        return self.services.find_communities

    @property
    def find_standing(self) -> FindStanding:
        return self.services.find_standing

    @property
    def find_peer_influence(self) -> FindPeerInfluence:
        return self.services.find_peer_influence

    @property
    def find_currents(self) -> FindCurrents:
        return self.services.find_currents

    @property
    def find_history(self) -> FindHistory:
        return self.services.find_history

    @property
    def find_community_history(self) -> FindCommunityHistory:
        return self.services.find_community_history

    @property
    def find_brand_on_topic(self) -> FindBrandOnTopic:
        return self.services.find_brand_on_topic

    @property
    def find_influencers_of(self) -> FindInfluencersOf:
        return self.services.find_influencers_of

    @property
    def find_leverage(self) -> FindLeverage:
        return self.services.find_leverage

    @property
    def find_next_relationships(self) -> FindNextRelationships:
        return self.services.find_next_relationships


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
            statements = Gate("statements", settings.max_statements, settings.max_statements)
            app.state.running = Running(services, Neo4jBrowser(services.database.behind(statements)))
            yield

    app = FastAPI(
        title="Rainmaker",
        summary="Who forms the community around a topic, and through whom a brand reaches a decision-maker.",
        lifespan=lifespan,
    )
    app.router.routes.append(Route("/graphql", GraphQLOverHttp(settings, _running), include_in_schema=False))
    app.add_middleware(GZipMiddleware, minimum_size=settings.compress_from, compresslevel=COMPRESSION)
    app.include_router(assets_router())
    app.include_router(health_router(_checks))

    @app.get("/", include_in_schema=False)
    async def home() -> RedirectResponse:
        return RedirectResponse("/graphql")

    return app


def _running(connection: HTTPConnection) -> Running:
    return cast("Running", connection.app.state.running)


def _checks(connection: HTTPConnection) -> dict[str, Check]:
    """What must answer for the service to be ready, by the name that /readyz shows."""
    services = _running(connection).services

    async def snapshot() -> None:
        services.snapshots.latest()

    return {"neo4j": services.database.bookmark, "snapshot": snapshot}
