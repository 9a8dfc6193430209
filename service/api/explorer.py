"""The explorer at /: the page built from explorer/, served as files. Where it is not built, / says how to get it."""

import re
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

VIEWS = ("/", "/paths", "/map", "/topic")
"""Where the page has views; each address opens the same file, which reads the rest from the address itself."""

MEDIA_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
"""Names of assets carry a digest of their content."""

ASKED_EACH_TIME = {"Cache-Control": "no-cache"}

NOT_BUILT = """<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Rainmaker</title>
  </head>
  <body>
    <h1>Rainmaker</h1>
    <p>The API answers, but its page, the explorer, is not built yet.</p>
    <p>It is built by <code>./rainmaker up</code> where Node.js 20.19 or newer is installed with npm, and takes half a
    minute the first time. <code>./rainmaker doctor</code> says what is missing; the terminal or the log of
    <code>up</code> says what went wrong.</p>
    <p>Meanwhile, <a href="/graphql">GraphiQL</a> asks the API anything.</p>
  </body>
</html>
"""

_NAME = re.compile(r"[\w-]+(\.[\w-]+)+")


def explorer_router(folder: Path) -> APIRouter:
    """The page in a folder that `npm run build` wrote. Files are looked for when they are asked for, so that a page
    built while the service runs is there at once."""
    router = APIRouter(include_in_schema=False)

    async def page() -> Response:
        try:
            text = (folder / "index.html").read_text(encoding="utf-8")
        except FileNotFoundError:
            text = NOT_BUILT
        return HTMLResponse(text, headers=ASKED_EACH_TIME)

    for view in VIEWS:
        router.add_api_route(view, page, methods=["GET", "HEAD"])

    @router.get("/assets/{name}")
    async def asset(name: str, request: Request) -> Response:
        file, media_type = folder / "assets" / name, MEDIA_TYPES.get(Path(name).suffix)
        if media_type is None or not _NAME.fullmatch(name) or not file.is_file():
            return PlainTextResponse("There is no such file.", status_code=404)
        packed = file.with_name(f"{name}.gz")
        if not packed.is_file():
            return Response(file.read_bytes(), media_type=media_type, headers=FOR_EVER)
        headers = FOR_EVER | {"Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(packed.read_bytes(), media_type=media_type, headers=headers | {"Content-Encoding": "gzip"})
        return Response(file.read_bytes(), media_type=media_type, headers=headers)

    return router
