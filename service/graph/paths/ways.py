"""Which way a side of a search goes, and where it must not. Compiled."""

from service.graph.compiled import kernel
from service.graph.paths.search_memory import BACKWARD, FORWARD
from service.graph.paths.steps import SOURCE, TARGET, Rules
from service.graph.snapshot import BARRED, TRUSTS_NOBODY, UNTRUSTED


@kernel
def along(rules: Rules, kind: int) -> bool:
    """Whether a side goes from a person to those whom the person trusts."""
    return rules.along_trust if kind == FORWARD else rules.against_trust


@kernel
def against(rules: Rules, kind: int) -> bool:
    """Whether a side goes from a person to those who trust the person."""
    return rules.against_trust if kind == FORWARD else rules.along_trust


@kernel
def closed(part: int, kind: int) -> bool:
    """Whether a side must not come to a person: barred, or at the end of paths that this side begins at."""
    if part & BARRED:
        return True
    entrance = TARGET if kind == BACKWARD else SOURCE
    exit_ = SOURCE if kind == BACKWARD else TARGET
    return part & entrance != 0 and part & exit_ == 0


@kernel
def dead_end(rules: Rules, kind: int) -> int:
    """The bits that together say that a side cannot go on from a person."""
    return (TRUSTS_NOBODY if along(rules, kind) else 0) | (UNTRUSTED if against(rules, kind) else 0)


@kernel
def ends(part: int, kind: int, shared: bool, last: bool) -> bool:
    """Whether a side gives a person no label, because every path over there ends with them or has too many hops."""
    if part & TARGET and not (shared and kind == FORWARD):
        return True
    return last and not (kind == BACKWARD and part & SOURCE)
