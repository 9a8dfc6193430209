"""What the lists cost that a page of 50 people can ask for: processor time of the answer, and of each scalar in it.

    NEO4J_URI=… NEO4J_PASSWORD=… .venv/bin/python -m bench.wide_pages     # a Neo4j that holds the demo data

The schema is asked in this process, without HTTP and JSON; the least of several rounds counts.
"""

import asyncio
from time import thread_time
from typing import Any

import uvloop

from service.api.context import RequestContext
from service.api.schema import make_schema
from service.app import create_app
from service.cli.collector import settle_memory
from service.settings import Settings

ROUNDS = 25
STATEMENTS_CHECKED_SECONDS = 25
"""After its start the service has every statement planned, which would be measured along."""

LISTS = {
    "only id and name": "",
    "trusts(10): cost": "trusts(first: 10) { edges { node { cost } } }",
    "trusts(10): everything held": """trusts(first: 10) { totalCount pageInfo { hasNextPage endCursor } edges { cursor
        node { cost since lastSeen channel paid topic { id name } person { id name optedOut }
        evidence { kind count } } } }""",
    "trusts(100): strength": "trusts(first: 100) { edges { node { strength } } }",
    "trustedBy(10), and whom they trust": """trustedBy(first: 10) { edges { node { person { id
        trusts(first: 5) { edges { node { cost person { id } } } } } } } }""",
    "headline, location": "headline location",
    "trusts(10): their headlines": "trusts(first: 10) { edges { node { person { headline } } } }",
    "roles: everything held": """roles { edges { node { kind since until brand { id name } topic { name }
        person { name } } } }""",
    "roles: title, strength": "roles { edges { node { title strength } } }",
    "topics": "topics { edges { node { id name } } }",
    "communities": "communities { edges { share node { id label } } }",
}


async def measure() -> None:
    settings = Settings(communities_min_relationships=2**31)
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        await asyncio.sleep(STATEMENTS_CHECKED_SECONDS)
        settle_memory()
        schema = make_schema(settings)
        for name, selected in LISTS.items():
            query = f"{{ people(first: 50) {{ edges {{ node {{ id name {selected} }} }} }} }}"
            seconds = []
            for _ in range(ROUNDS):
                began = thread_time()
                found = await schema.execute(query, {}, RequestContext(app.state.running, settings.max_page))
                seconds.append(thread_time() - began)
                if found.errors:
                    raise SystemExit(str(found.errors))
            scalars = _scalars(found.data)
            print(f"{name:36} {min(seconds) * 1e3:6.2f} ms {scalars:6} scalars {min(seconds) / scalars * 1e6:6.1f} µs")


def _scalars(answer: Any) -> int:  # noqa: ANN401
    if isinstance(answer, dict):
        return sum(map(_scalars, answer.values()))
    return sum(map(_scalars, answer)) if isinstance(answer, list) else 1


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(measure())
