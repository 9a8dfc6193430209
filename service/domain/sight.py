"""Of whom an answer may tell: the one rule about people who opted out.

Nobody who opted out is in anything that is computed. Lists, totals and look-ups know them still, for those who keep the
graph right; to others they are unknown, and answers are those of a graph without them. Where a caller's role becomes a
`Sight` is `RequestContext`; from there it goes to the lists in Neo4j (`withOptedOut` of their statements), to the lists
of a snapshot (`Snapshot.hidden_from`), and with the questions to where ids are looked up (`Snapshot.person`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """`opted_out`: whether people who opted out are told of."""

    opted_out: bool = True


EVERYBODY = Sight()
