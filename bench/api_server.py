"""The API alone in a process, as `up` serves it; bench/api.py starts it. Reads NEO4J_URI and so on.

.venv/bin/python -m bench.api_server PORT
"""

import asyncio
import sys

import uvicorn
import uvloop

from service.app import create_app
from service.cli.collector import settle_memory
from service.settings import Settings


async def serve(port: int) -> None:
    """Until it is terminated."""
    # no community is kept meanwhile: what is measured is the API
    app = create_app(Settings(communities_min_relationships=2**31))
    config = uvicorn.Config(app, port=port, http="httptools", lifespan="off", access_log=False, log_level="warning")
    async with app.router.lifespan_context(app):
        settle_memory()
        await uvicorn.Server(config).serve()


def main() -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(int(sys.argv[1])))


if __name__ == "__main__":
    main()
