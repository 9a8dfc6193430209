"""Stages of the path to purchase as the bits of a small number, the first stage in the lowest bit."""

from collections.abc import Collection

from service.domain.vocabulary import PurchaseStage

_BITS = {stage: 1 << place for place, stage in enumerate(PurchaseStage)}
_STAGES = [tuple(stage for stage, bit in _BITS.items() if bits & bit) for bits in range(2 ** len(_BITS))]


def stage_bits(stages: Collection[object]) -> int:
    """The bits of these stages; what is no stage has none."""
    return sum(bit for stage, bit in _BITS.items() if stage in stages)


def stages_of(bits: int) -> tuple[PurchaseStage, ...]:
    """The inverse of `stage_bits`: the stages in the order of the path."""
    return _STAGES[bits]
