"""Entry points that change the graph."""
