"""The app on the small graph."""

from tests.api.conftest import api, statements

__all__ = ["api", "statements"]
