"""What tests that run side by side would otherwise fetch and make at once: Neo4j's jars, compiled kernels, and the
explorer's page."""

import sys

from service.local.errors import LocalProblem
from service.local.page import Page
from service.settings import PROJECT
from service.use_cases.warm_up import warm_up
from tests.local_neo4j import neo4j_jars

if __name__ == "__main__":
    try:
        page = Page(PROJECT)
        page.install(with_tools=True)  # axe among them
        page.build()
    except LocalProblem as problem:
        sys.exit(f"The tests of the pages need the built explorer. {problem}")
    neo4j_jars()
    warm_up()
