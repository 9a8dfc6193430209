"""Pages of relationships as the statements give them, put into a builder."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from service.domain.model import Role
from service.domain.vocabulary import RoleKind
from service.graph.builder import SnapshotBuilder
from service.graph.grounds import Ground
from service.graph.snapshot import NO_DAY, Int, day_number, day_of
from service.graph.stages import stage_bits
from service.graph.texts import Wide
from service.graph.trust_rows import TrustPage

Page = Mapping[str, Any]
Places = Callable[[Sequence[Any]], Int]
"""Where people are in the snapshot, −1 where unknown, by what a statement calls them: a node's number, or an id."""

T = TypeVar("T")

_FIRST, _LAST = day_number(date.min), day_number(date.max)


def add_trust(builder: SnapshotBuilder, page: Page, places: Places) -> int:
    """The page of snapshot_trust or snapshot_trust_of; says how many rows it had."""
    if not page["grounds"]:
        return 0
    channels, stages, paid, kinds, counts, *columns = zip(*page["grounds"], strict=True)
    sizes = [len(costs) for costs in columns[3]]
    listeners, speakers, topic_ids, costs, days = (list(chain.from_iterable(column)) for column in columns)
    packed = np.array(days, dtype=np.int64)
    last_seen = (packed + 2**31) % 2**32 - 2**31
    builder.add_trust_page(
        TrustPage(
            grounds=list(map(_ground, channels, stages, paid, kinds, counts)),
            sizes=sizes,
            listeners=places(listeners),
            speakers=places(speakers),
            topic_ids=topic_ids,
            costs=np.array(costs).astype(np.int32),
            since=_days((packed - last_seen) >> 32),
            last_seen=_days(last_seen),
        )
    )
    return len(costs)


def add_distrust(builder: SnapshotBuilder, page: Page) -> int:
    """The page of snapshot_distrust or snapshot_distrust_of; says how many rows it had."""
    since = _days(np.array(page["since"], dtype=np.int64)).tolist()
    for row in zip(page["fromIds"], page["toIds"], page["topicIds"], since, strict=True):
        builder.add_distrust(*row)
    return len(since)


def add_roles(builder: SnapshotBuilder, page: Page) -> int:
    """The page of snapshot_roles or snapshot_roles_of; says how many rows it had."""
    since, until = (map(day_of, _days(np.array(page[name], dtype=np.int64)).tolist()) for name in ("since", "until"))
    said = (page[name] for name in ("personIds", "brandIds", "kinds", "topicIds", "strengths"))
    for person, brand, kind, topic, strength, first, last in zip(*said, since, until, strict=True):
        builder.add_role(Role(person, brand, RoleKind(kind), topic, None, strength, first, last))
    return len(page["kinds"])


def _ground(channel: object, stages: object, paid: object, kinds: object, counts: object) -> Ground:
    """What trust rests on. Other tools may have written anything: what is no channel, stage or evidence is none."""
    named, counted = _all_of(kinds, str), _all_of(counts, int)
    if len(named) != len(counted):
        named, counted = (), ()
    bits = stage_bits(stages) if isinstance(stages, list) else 0
    return (channel if isinstance(channel, str) else "", bits, paid is True, named, counted)


def _all_of(values: object, kind: type[T]) -> tuple[T, ...]:
    """A list's values where all are of a kind, else none."""
    if not isinstance(values, list) or not all(isinstance(value, kind) for value in values):
        return ()
    return tuple(values)


def _days(packed: Wide) -> Int:
    """Days since 1970-01-01 from `year * 512 + day of the year`; NO_DAY for 0 and what no calendar here holds."""
    years = (packed >> 9) - 1970
    numbers = years.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64) + (packed & 511) - 1
    held = (packed != 0) & (numbers >= _FIRST) & (numbers <= _LAST)
    days: Int = np.where(held, numbers, NO_DAY).astype(np.int32)
    return days
