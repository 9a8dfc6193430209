"""Trusted paths: the search, from a question's terrain to told paths. Compiled, but for the last."""
