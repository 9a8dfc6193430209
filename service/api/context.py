"""What resolvers reach through `info.context`: the services, and loaders that live for one request."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import strawberry
from strawberry.fastapi import BaseContext

from service.api.loaders import Loaders
from service.api.names import Names
from service.domain.caller import LOCAL, Caller
from service.domain.sight import Sight
from service.graph.snapshot import Snapshot
from service.ports.browsing import GraphBrowser
from service.ports.snapshots import SnapshotProvider
from service.telemetry.account import current
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
from service.use_cases.find_topic_members import FindTopicMembers
from service.use_cases.find_trusted_paths import FindTrustedPaths
from service.use_cases.find_trusted_paths_batch import FindTrustedPathsBatch
from service.use_cases.snapshot_changes import SnapshotChanges
from service.use_cases.writing.forget_person import ForgetPerson
from service.use_cases.writing.opt_out import OptOut
from service.use_cases.writing.record_interactions import RecordInteractions
from service.use_cases.writing.state_trust import StateTrust, WithdrawTrust
from service.use_cases.writing.upsert_roles import UpsertRoles
from service.use_cases.writing.upsert_things import UpsertThings
from service.use_cases.writing.wait_for_write import WaitForWrite


@dataclass(frozen=True, slots=True)
class ApiServices:
    """What the API answers from: lists of the graph in Neo4j, the snapshot, and the questions one may ask.

    `readers_browser` is for callers who must not learn of people who opted out.
    """

    browser: GraphBrowser
    readers_browser: GraphBrowser
    snapshots: SnapshotProvider
    find_trusted_paths: FindTrustedPaths
    find_trusted_paths_batch: FindTrustedPathsBatch
    find_communities: FindCommunities
    find_community_history: FindCommunityHistory
    find_peer_influence: FindPeerInfluence
    find_currents: FindCurrents
    find_history: FindHistory
    find_standing: FindStanding
    find_topic_members: FindTopicMembers
    find_brand_on_topic: FindBrandOnTopic
    find_influencers_of: FindInfluencersOf
    find_leverage: FindLeverage
    find_next_relationships: FindNextRelationships
    snapshot_changes: SnapshotChanges
    wait_for_write: WaitForWrite
    upsert_things: UpsertThings
    upsert_roles: UpsertRoles
    record_interactions: RecordInteractions
    state_trust: StateTrust
    withdraw_trust: WithdrawTrust
    opt_out: OptOut
    forget_person: ForgetPerson


Charge = Callable[[float], None]
"""Takes the cost of an answer from what is left to its caller; raises TooMany."""


def _free(cost: float) -> None:
    """For who may ask for as much as they like."""


class RequestContext(BaseContext):
    """One GraphQL request, and who sent it. `max_page` is the largest `first` of a list; `after` are the write tokens
    whose writes the answer must contain."""

    def __init__(
        self,
        services: ApiServices,
        max_page: int,
        caller: Caller = LOCAL,
        charge: Charge = _free,
        after: str | None = None,
    ) -> None:
        super().__init__()
        self.after = after
        self.authorization: str | None = None  # of a socket: what its caller showed, and where they came from
        self.address = ""
        self.caller = caller
        self.sight = Sight(opted_out=caller.role.sees_opted_out)
        self.browser = services.browser if self.sight.opted_out else services.readers_browser
        self._charge: Charge | None = charge
        self.services = services
        self.max_page = max_page
        self.loaders = Loaders(self.browser, services.find_communities.by_id)
        self.names = Names(services.snapshots)

    def anew(self) -> "RequestContext":
        """The same request once more, with nothing loaded; what was charged is."""
        return RequestContext(self.services, self.max_page, self.caller, self._charge or _free)

    def let_in(self, caller: Caller, charge: Charge) -> None:
        """Whoever opened the socket has shown who they are; `anew` gives each of their requests a context."""
        self.caller = caller
        self._charge = charge

    def renew(self) -> None:
        """Forget what was loaded: the graph has changed since the last answer of a subscription."""
        self.loaders = Loaders(self.browser, self.services.find_communities.by_id)
        self.names = Names(self.services.snapshots)
        self.__dict__.pop("snapshot", None)

    def charge(self, cost: int) -> None:
        """Charge the caller for the answer: once, however often it is tried. Raises TooMany."""
        charge, self._charge = self._charge, None
        if charge is not None:
            account = current()
            if account is not None:
                account.cost = cost
            charge(cost)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The one that all lists of this request are read from; Unavailable while there is none."""
        return self.services.snapshots.latest()


Info = strawberry.Info[RequestContext, None]
