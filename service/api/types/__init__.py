"""The GraphQL types, one module a thing of the graph."""
