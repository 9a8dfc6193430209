"""The question "through whom?" and its answer."""

from dataclasses import dataclass, field
from datetime import date

from service.domain.model import Evidence
from service.domain.sight import EVERYBODY, Sight
from service.domain.snapshots import SnapshotInfo
from service.domain.vocabulary import PaidPolicy, PurchaseStage, RoleKind, TopicScope, TrustDirection

INTRODUCER_STRENGTH = 0.8
"""How likely an introducer hands a message on, unless another is asked."""


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a path: a person or a brand, never both."""

    person_id: str | None = None
    brand_id: str | None = None


@dataclass(frozen=True, slots=True)
class TrustedPathsQuestion:
    """All options of a search. `as_of` None stands for the data set's date, `deadline_ms` is a duration. Relationships
    count that were there by `seen_to` and seen on `seen_from` or later; undated ones always. `sight` is of whoever
    asks: an id of somebody of whom they must not know is unknown."""

    from_: Party
    to: Party
    topic_id: str | None = None
    scope: TopicScope = TopicScope.RELATED
    direction: TrustDirection = TrustDirection.INFLUENCE
    first: int = 5
    max_hops: int = 6
    min_strength: float = 0.0
    introducer_strength: float = INTRODUCER_STRENGTH
    as_of: date | None = None
    via_roles: tuple[RoleKind, ...] = (RoleKind.EMPLOYEE, RoleKind.ADVOCATE)
    exclude_person_ids: tuple[str, ...] = ()
    exclude_brand_ids: tuple[str, ...] = ()
    paid: PaidPolicy = PaidPolicy.INCLUDE
    channels: tuple[str, ...] | None = None
    stages: tuple[PurchaseStage, ...] | None = None
    seen_from: date | None = None
    seen_to: date | None = None
    distinct_introducers: bool = False
    deadline_ms: int = 1000
    sight: Sight = field(default=EVERYBODY, repr=False)


@dataclass(frozen=True, slots=True)
class TrustStep:
    """One hop in path order. `cost` (micro-nats) has age and topic in it, not the handover;
    `strength` is exp(−cost / 10⁶). `topic_id` is '' for trust in general.
    """

    from_id: str
    to_id: str
    topic_id: str
    strength: float
    cost: int
    since: date | None
    last_seen: date | None
    channel: str | None
    stages: tuple[PurchaseStage, ...]
    paid: bool
    evidence: tuple[Evidence, ...]
    listener_is_from: bool
    """True where the step follows the stored relationship (`from` trusts `to`), False where it runs
    against it (`to` trusts `from`)."""


@dataclass(frozen=True, slots=True)
class TrustedPath:
    """`person_ids` from source to target; `cost` in micro-nats, entry and handovers included. `likelihood` is the share
    of people reached as strongly who came to trust the other end; None where none is fitted (`fitted_for`)."""

    strength: float
    cost: int
    person_ids: tuple[str, ...]
    steps: tuple[TrustStep, ...]
    explanation: str
    likelihood: float | None = None

    @property
    def hops(self) -> int:
        return len(self.steps)

    @property
    def weakest_step(self) -> TrustStep | None:
        """The costliest step; of several the first. None for a path of 0 hops."""
        return max(self.steps, key=lambda step: step.cost, default=None)


@dataclass(frozen=True, slots=True)
class TrustedPaths:
    """The best paths in total order (cost, hops, person ids). Where `complete` is false, `stopped_because`
    says why and `paths` holds those proved until then."""

    paths: tuple[TrustedPath, ...]
    complete: bool
    stopped_because: str | None
    examined_relationships: int
    snapshot: SnapshotInfo
