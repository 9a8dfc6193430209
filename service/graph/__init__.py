"""The engine: immutable arrays of one state of the graph, and pure compiled kernels on them."""
