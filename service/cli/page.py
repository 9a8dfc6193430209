"""The explorer built while everything else starts: what keeps it from being built is told, and nothing more."""

import threading

from service.cli.screen import done, fail, say
from service.local.errors import LocalProblem
from service.local.page import Page
from service.settings import PROJECT


def build_meanwhile() -> None:
    """Build the page in the background where its sources changed. The API starts either way."""
    page = Page(PROJECT)
    if page.has_sources and not page.is_current():
        say("Building the explorer's page meanwhile.")
        threading.Thread(target=_build, args=(page,), name="page", daemon=True).start()


def _build(page: Page) -> None:
    try:
        page.build()
    except LocalProblem as problem:
        shown = "what was built before" if page.built.is_dir() else "how to get it"
        fail(f"{problem}\nThe API works without it; / shows {shown}.")
    else:
        done("The explorer's page is built.")
