"""What tests that run side by side would otherwise fetch and make at once: Neo4j's jars, and compiled kernels."""

from service.use_cases.warm_up import warm_up
from tests.local_neo4j import neo4j_jars

if __name__ == "__main__":
    neo4j_jars()
    warm_up()
