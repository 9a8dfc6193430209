"""Trusted paths as a table, and their steps: the same people, topics and evidence come again and again in them."""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import Any, TypeVar

from service.api.context import Info
from service.api.execution.tables import Drawn, Lists, Table
from service.api.types.paths import TrustedPath, TrustStep
from service.api.types.people import Person
from service.api.types.topics import Topic
from service.api.types.trust import Evidence
from service.domain import paths as domain

K = TypeVar("K", bound=Hashable)


class Paths(Table):
    """Paths as objects."""

    def __init__(self, paths: Sequence[TrustedPath]) -> None:
        self._paths = paths

    def __len__(self) -> int:
        return len(self._paths)

    def each(self) -> Sequence[TrustedPath]:
        return self._paths

    def people(self) -> Lists:
        members = [each.path.person_ids for each in self._paths]
        return Lists(_people([id_ for one in members for id_ in one]), list(map(len, members)))

    def steps(self) -> Lists:
        steps = [each.path.steps for each in self._paths]
        return Lists(Steps([step for one in steps for step in one]), list(map(len, steps)))


class Steps(Table):
    """Steps as the domain has them."""

    def __init__(self, steps: Sequence[domain.TrustStep]) -> None:
        self._steps = steps

    def __len__(self) -> int:
        return len(self._steps)

    def each(self) -> Sequence[TrustStep]:
        return [TrustStep.of(step) for step in self._steps]

    def strength(self) -> list[float]:
        return [step.strength for step in self._steps]

    def cost(self) -> list[int]:
        return [step.cost for step in self._steps]

    def since(self) -> list[date | None]:
        return [step.since for step in self._steps]

    def last_seen(self) -> list[date | None]:
        return [step.last_seen for step in self._steps]

    def channel(self) -> list[str | None]:
        return [step.channel for step in self._steps]

    def stages(self) -> Drawn:
        return _drawn([step.stages for step in self._steps], list)

    def paid(self) -> list[bool]:
        return [step.paid for step in self._steps]

    def from_trusts_to(self) -> list[bool]:
        return [step.listener_is_from for step in self._steps]

    def from_(self) -> Drawn:
        return _people([step.from_id for step in self._steps])

    def to(self) -> Drawn:
        return _people([step.to_id for step in self._steps])

    def topic(self, info: Info) -> Drawn:
        def topic(id_: str) -> Topic | None:
            name = info.context.names.topic(id_)
            return None if name is None else Topic.named(id_, name)

        return _drawn([step.topic_id for step in self._steps], topic)

    def evidence(self) -> list[list[Evidence]]:
        return [list(map(Evidence.of, step.evidence)) for step in self._steps]


def _people(ids: Sequence[str]) -> Drawn:
    return _drawn(ids, Person.known_by)


def _drawn(keys: Sequence[K], make: Callable[[K], Any]) -> Drawn:
    """What is made of each key, once."""
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return Drawn(list(map(make, places)), [places[key] for key in keys])
