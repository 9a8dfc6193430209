"""What hangs on a person, read off a snapshot: trust both ways, and roles, in the order in which lists show them."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from service.domain.held import HeldList
from service.domain.model import Evidence, Role
from service.domain.sight import EVERYBODY, Sight
from service.domain.vocabulary import PurchaseStage, RoleKind
from service.graph.snapshot import NO_CHANNEL, ROLE_KINDS, Int, Snapshot, Trust, day_of
from service.graph.stages import stages_of
from service.graph.texts import Offsets

_TIE_KEY = (int, str, str)
_ROLE_KEY = (str, str, str, str)
KIND_ORDER = np.argsort(np.argsort(ROLE_KINDS))
"""The place of each of ROLE_KINDS when they are sorted as texts."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A trust relationship seen from one of its ends: `row` is its row, `other` the vertex at the other end."""

    trust: Trust
    row: int
    other: int

    @property
    def listener(self) -> int:
        """The vertex that trusts."""
        return int(np.searchsorted(self.trust.out_offsets, self.row, side="right")) - 1

    @property
    def speaker(self) -> int:
        """The vertex that is trusted."""
        return int(self.trust.to[self.row])

    @property
    def cost(self) -> int:
        return int(self.trust.terms["cost"][self.row])

    @property
    def topic(self) -> int:
        """Its position among the topics."""
        return int(self.trust.terms["topic"][self.row])

    @property
    def since(self) -> date | None:
        return day_of(int(self.trust.days[self.trust.terms["since"][self.row]]))

    @property
    def last_seen(self) -> date | None:
        return day_of(int(self.trust.days[self.trust.terms["last_seen"][self.row]]))

    @property
    def channel(self) -> str | None:
        grounds = self.trust.grounds
        channel = int(grounds.channel[self._grounds])
        return None if channel == NO_CHANNEL else grounds.channels[channel]

    @property
    def stages(self) -> tuple[PurchaseStage, ...]:
        return stages_of(int(self.trust.grounds.stages[self._grounds]))

    @property
    def paid(self) -> bool:
        return bool(self.trust.grounds.paid[self._grounds])

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.trust.grounds.evidence(self._grounds)

    @property
    def _grounds(self) -> int:
        return int(self.trust.terms["grounds"][self.row])


def trusts(snapshot: Snapshot, person: int, topic: int | None, sight: Sight = EVERYBODY) -> HeldList[Tie]:
    """Whom a person trusts, cheapest first, ties by person and topic. `topic` is a position, None for all."""
    trust = snapshot.trust
    begin, end = trust.out_offsets[person : person + 2].tolist()
    rows = np.arange(begin, end, dtype=trust.in_rows.dtype)
    return _ties(snapshot, "trusts", rows, trust.to[begin:end], topic, sight)


def trusted_by(snapshot: Snapshot, person: int, topic: int | None, sight: Sight = EVERYBODY) -> HeldList[Tie]:
    """Who trusts a person, likewise."""
    trust = snapshot.trust
    begin, end = trust.in_offsets[person : person + 2].tolist()
    return _ties(snapshot, "trustedBy", trust.in_rows[begin:end], trust.in_from[begin:end], topic, sight)


def _ties(snapshot: Snapshot, name: str, rows: Offsets, others: Int, topic: int | None, sight: Sight) -> HeldList[Tie]:
    """Both directions come sorted by the other person and topic, so that a stable sort by cost is the whole order."""
    if len(rows) == 0 and topic is None:
        return HeldList.empty(name, _TIE_KEY)
    trust, hidden = snapshot.trust, snapshot.hidden_from(sight)
    if hidden is not None:
        seen = ~hidden[others]
        rows, others = rows[seen], others[seen]
    if topic is not None:
        on_topic = trust.terms["topic"][rows] == topic
        rows, others = rows[on_topic], others[on_topic]
    order = np.argsort(trust.terms["cost"][rows], kind="stable")

    def item(place: int) -> Tie:
        return Tie(trust, int(rows[order[place]]), int(others[order[place]]))

    return HeldList(
        ties_name(snapshot, name, topic), _TIE_KEY, len(order), lambda place: tie_key(snapshot, item(place)), item
    )


def ties_name(snapshot: Snapshot, name: str, topic: int | None) -> str:
    """What the cursors of a list of ties name it: another topic's is another list."""
    return name if topic is None else f"{name}/{snapshot.topics.index.ids[topic]}"


def tie_key(snapshot: Snapshot, tie: Tie) -> list[str | float]:
    """What tells a person's ties apart, in their order."""
    return [tie.cost, snapshot.people.index.ids[tie.other], snapshot.topics.index.ids[tie.topic]]


def roles_of_person(snapshot: Snapshot, person: int, kind: RoleKind | None) -> HeldList[Role]:
    """The roles a person holds, by brand, kind, topic and first day. Title and strength are not among what a snapshot
    holds: they are None."""
    roles, name = snapshot.roles, roles_name(kind)
    offsets, by_person = snapshot.roles_by_person
    rows = by_person[offsets[person] : offsets[person + 1]]
    if len(rows) == 0:
        return HeldList.empty(name, _ROLE_KEY)
    if kind is not None:
        rows = rows[roles.kind[rows] == ROLE_KINDS.index(kind)]
    brands = np.searchsorted(roles.offsets, rows, side="right") - 1
    order = np.lexsort((roles.since[rows], roles.topic[rows], KIND_ORDER[roles.kind[rows]], brands))

    def item(place: int) -> Role:
        return role_at(snapshot, person, int(rows[order[place]]), int(brands[order[place]]))

    return HeldList(name, _ROLE_KEY, len(order), lambda place: role_key(item(place)), item)


def role_at(snapshot: Snapshot, person: int, row: int, brand: int) -> Role:
    """The role in a row, of a person at a brand, both by position."""
    roles = snapshot.roles
    return Role(
        person_id=snapshot.people.index.ids[person],
        brand_id=snapshot.brands.index.ids[brand],
        kind=ROLE_KINDS[roles.kind[row]],
        topic_id=snapshot.topics.index.ids[int(roles.topic[row])],
        since=day_of(int(roles.since[row])),
        until=day_of(int(roles.until[row])),
    )


def roles_name(kind: RoleKind | None) -> str:
    """What the cursors of a list of roles name it."""
    return "rolesOfPerson" if kind is None else f"rolesOfPerson/{kind.value}"


def role_key(role: Role) -> list[str | float]:
    """What tells a person's roles apart, in their order."""
    return [role.brand_id, role.kind.value, role.topic_id, role.since.isoformat() if role.since else ""]
