"""The formula of path strength as it is, and changes of it that might predict better."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from service.domain.model import Dataset
from service.domain.paths import INTRODUCER_STRENGTH
from service.evaluate.network import People
from service.evaluate.ways import Ways
from service.graph.snapshot import Snapshot

Scores = npt.NDArray[np.float64]

NO_AGEING_DAYS = 1e9


@dataclass(frozen=True, slots=True)
class Formula:
    """What path strength is made with. None stands for the data set's own figure; `ways` is how many
    introducer-disjoint paths are taken together, 1 being the best alone."""

    name: str
    half_life_days: float | None = None
    saturation: float | None = None
    weights: tuple[tuple[str, float], ...] | None = None
    introducer_strength: float = INTRODUCER_STRENGTH
    ways: int = 1

    def dataset(self, own: Dataset) -> Dataset:
        """The data set with this formula's figures in place of its own."""
        return replace(
            own,
            half_life_days=self.half_life_days or own.half_life_days,
            saturation=self.saturation or own.saturation,
            weights=own.weights if self.weights is None else MappingProxyType(dict(self.weights)),
        )


AS_IT_IS = Formula("path strength")


def changes(own: Dataset) -> tuple[tuple[Formula, ...], ...]:
    """One change each: of the half-life, the evidence, the introducer, and of how many ways count. Of one group at
    most one can be taken."""
    half_life, saturation = own.half_life_days, own.saturation
    return (
        (
            Formula("half-life ÷ 4", half_life_days=half_life / 4),
            Formula("half-life ÷ 2", half_life_days=half_life / 2),
            Formula("half-life × 2", half_life_days=half_life * 2),
            Formula("no ageing", half_life_days=NO_AGEING_DAYS),
        ),
        (
            Formula("all kinds weigh 1", weights=tuple((kind, 1.0) for kind in own.weights)),
            Formula("saturation ÷ 3", saturation=saturation / 3),
            Formula("saturation × 3", saturation=saturation * 3),
        ),
        (
            Formula("introducer 0.5", introducer_strength=0.5),
            Formula("introducer 1.0", introducer_strength=1.0),
        ),
        (
            Formula("3 ways, noisy-or", ways=3),
            Formula("10 ways, noisy-or", ways=10),
        ),
    )


def together(formulas: Sequence[Formula]) -> Formula:
    """Several changes at once, of one group each."""
    changed = {
        field.name: value
        for formula in formulas
        for field in fields(Formula)
        if (value := getattr(formula, field.name)) != getattr(AS_IT_IS, field.name)
    }
    return replace(AS_IT_IS, **changed | {"name": " + ".join(formula.name for formula in formulas)})


def path_strengths(
    snapshot: Snapshot, topic_id: str, listeners: People, speakers: People, formula: Formula = AS_IT_IS
) -> Scores:
    """How strongly each speaker reaches each listener, who does not trust them directly, on the snapshot's day; 0
    where no path does. The snapshot must be made with the formula's data set, listeners given in runs."""
    ways = Ways(snapshot, topic_id, formula.introducer_strength)
    if formula.ways > 1:
        ends = zip(listeners.tolist(), speakers.tolist(), strict=True)
        return np.array([ways.together(listener, speaker, formula.ways) for listener, speaker in ends])
    begins = np.flatnonzero(np.diff(listeners)) + 1
    runs = zip(np.split(listeners, begins), np.split(speakers, begins), strict=True)
    return np.concatenate([ways.best(int(run[0]), their_speakers) for run, their_speakers in runs])
