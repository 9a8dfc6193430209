"""The explorer's own checks: format, lint, types, generated operations, unit tests."""

import sys

from service.local.errors import LocalProblem
from service.local.page import Page
from service.settings import PROJECT

if __name__ == "__main__":
    try:
        Page(PROJECT).check()
    except LocalProblem as problem:
        sys.exit(str(problem))
