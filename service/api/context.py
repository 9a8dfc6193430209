"""What resolvers reach through `info.context`: the services, and loaders that live for one request."""

from collections.abc import Awaitable, Sequence
from functools import cached_property
from typing import Protocol

import strawberry
from strawberry.fastapi import BaseContext

from service.api.loaders import Loaders
from service.api.names import Names
from service.domain.communities import CommunitiesQuestion, Community, TopicalCommunities
from service.domain.community_history import CommunityHistory, CommunityHistoryQuestion
from service.domain.contacts import (
    Influencer,
    InfluencersQuestion,
    Leverage,
    LeverageQuestion,
    NextQuestion,
    NextRelationship,
)
from service.domain.currents import Currents, CurrentsQuestion, History, HistoryQuestion
from service.domain.errors import NotFound
from service.domain.influencers import BrandOnTopicQuestion
from service.domain.paths import TrustedPaths, TrustedPathsQuestion
from service.domain.peer_influence import PeerInfluence, PeerInfluenceQuestion
from service.domain.standing import StandingQuestion
from service.graph.snapshot import Snapshot
from service.ports.browsing import GraphBrowser, Listed, Slice
from service.ports.snapshots import SnapshotProvider
from service.use_cases.find_brand_on_topic import PathsOfPage, TopicInfluencers
from service.use_cases.find_standing import TopicStandings


class PathFinder(Protocol):
    def __call__(self, question: TrustedPathsQuestion, /) -> Awaitable[TrustedPaths]: ...


class BatchPathFinder(Protocol):
    def __call__(
        self, questions: Sequence[TrustedPathsQuestion], deadline_ms: int, /
    ) -> Awaitable[list[TrustedPaths | NotFound]]: ...


class CommunityFinder(Protocol):
    def __call__(self, question: CommunitiesQuestion, /) -> Awaitable[TopicalCommunities]: ...

    def by_id(self, community_id: str, /) -> Awaitable[Community]: ...


class StandingFinder(Protocol):
    def __call__(self, question: StandingQuestion, /) -> Awaitable[TopicStandings]: ...


class PeerInfluenceFinder(Protocol):
    def __call__(self, question: PeerInfluenceQuestion, /) -> Awaitable[PeerInfluence]: ...


class CurrentsFinder(Protocol):
    def __call__(self, question: CurrentsQuestion, /) -> Awaitable[Currents]: ...


class HistoryFinder(Protocol):
    def __call__(self, question: HistoryQuestion, /) -> Awaitable[History]: ...


class CommunityHistoryFinder(Protocol):
    def __call__(self, question: CommunityHistoryQuestion, /) -> Awaitable[CommunityHistory]: ...


class BrandOnTopicFinder(Protocol):
    def __call__(self, question: BrandOnTopicQuestion, /) -> Awaitable[TopicInfluencers]: ...

    def paths(self, found: TopicInfluencers, places: Sequence[int], /) -> PathsOfPage: ...


class InfluencerFinder(Protocol):
    def __call__(self, question: InfluencersQuestion, part: Slice, /) -> Awaitable[Listed[Influencer]]: ...


class LeverageFinder(Protocol):
    def __call__(self, question: LeverageQuestion, /) -> Awaitable[Leverage]: ...


class NextRelationshipFinder(Protocol):
    def __call__(self, question: NextQuestion, part: Slice, /) -> Awaitable[Listed[NextRelationship]]: ...


class ApiServices(Protocol):
    """What the API needs of the composition root."""

    @property
    def browser(self) -> GraphBrowser: ...

    @property
    def snapshots(self) -> SnapshotProvider: ...

    @property
    def find_trusted_paths(self) -> PathFinder: ...

    @property
    def find_trusted_paths_batch(self) -> BatchPathFinder: ...

    @property
    def find_communities(self) -> CommunityFinder: ...

    @property
    def find_standing(self) -> StandingFinder: ...

    @property
    def find_peer_influence(self) -> PeerInfluenceFinder: ...

    @property
    def find_currents(self) -> CurrentsFinder: ...

    @property
    def find_history(self) -> HistoryFinder: ...

    @property
    def find_community_history(self) -> CommunityHistoryFinder: ...

    @property
    def find_brand_on_topic(self) -> BrandOnTopicFinder: ...

    @property
    def find_influencers_of(self) -> InfluencerFinder: ...

    @property
    def find_leverage(self) -> LeverageFinder: ...

    @property
    def find_next_relationships(self) -> NextRelationshipFinder: ...


class RequestContext(BaseContext):
    """One GraphQL request. `max_page` is the largest `first` of a list."""

    def __init__(self, services: ApiServices, max_page: int) -> None:
        super().__init__()
        self.services = services
        self.max_page = max_page
        self.loaders = Loaders(services.browser, services.find_communities.by_id)
        self.names = Names(services.snapshots)

    def anew(self) -> "RequestContext":
        """The same request once more, with nothing loaded."""
        return RequestContext(self.services, self.max_page)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The one that all lists of this request are read from; Unavailable while there is none."""
        return self.services.snapshots.latest()


Info = strawberry.Info[RequestContext, None]
