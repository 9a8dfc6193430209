"""`/healthz`: the process is alive. `/readyz`: it can answer, or what it lacks."""

import asyncio
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from service.domain.errors import RainmakerError, Unavailable

PATIENCE_SECONDS = 3

Check = Callable[[], Awaitable[object]]


def health_router(checks: Callable[[Request], dict[str, Check]]) -> APIRouter:
    """The two routes. `checks` gives, by name, what must not raise for the service to be ready."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Is the process alive?")
    async def healthz() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz", summary="Can it answer? With 503, `missing` says what it lacks.")
    async def readyz(request: Request) -> JSONResponse:
        asked = checks(request)
        answers = await asyncio.gather(*(_problem(check) for check in asked.values()))
        missing = {name: problem for name, problem in zip(asked, answers, strict=True) if problem is not None}
        if missing:
            return JSONResponse({"status": "not ready", "missing": missing}, status_code=503)
        return JSONResponse({"status": "ready"})

    return router


async def _problem(check: Check) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await check()
    except TimeoutError:
        return f"No answer within {PATIENCE_SECONDS} s."
    except RainmakerError as error:
        return str(error) if isinstance(error, Unavailable) else "It failed; the log says how."
    return None
