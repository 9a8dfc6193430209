"""How to reach a Neo4j."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a Neo4j answers and as whom to speak to it. The password never shows in a repr."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"
