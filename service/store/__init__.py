"""The only room that talks to Neo4j: driver, catalogue of statements, errors, and what reads and writes by them."""
