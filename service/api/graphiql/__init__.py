"""GraphiQL at /graphql, served whole from here: no content delivery network, so it also opens offline."""

import gzip
import json
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

HERE = Path(__file__).resolve().parent
OURS = ("start.js", "start.css")
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
}


def examples() -> list[str]:
    """The queries that tabs open with, in the order of their file names."""
    return [path.read_text(encoding="utf-8") for path in sorted((HERE / "examples").glob("*.graphql"))]


def page() -> HTMLResponse:
    """GraphiQL's page."""
    # In a script element only "</" and "<!--" could end the data, so every "<" is escaped.
    data = json.dumps(examples()).replace("<", "\\u003c")
    text = (HERE / "page.html").read_text(encoding="utf-8").replace("{{examples}}", data)
    return HTMLResponse(text, headers=PAGE_HEADERS)


def assets_router() -> APIRouter:
    """What the page loads. Names of vendored files carry their version, so browsers may keep them for ever."""
    router = APIRouter(prefix="/graphiql", include_in_schema=False)
    vendored = {path.stem: path.read_bytes() for path in (HERE / "vendor").glob("*.gz")}

    @router.get("/{name}")
    async def asset(name: str, request: Request) -> Response:
        media_type = MEDIA_TYPES.get(Path(name).suffix, "")
        if name in OURS:
            return Response((HERE / name).read_bytes(), media_type=media_type)
        if name not in vendored:
            return PlainTextResponse("There is no such file.", status_code=404)
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(vendored[name], media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(gzip.decompress(vendored[name]), media_type=media_type, headers=headers)

    return router
