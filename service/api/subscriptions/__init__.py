"""Entry points that go on answering."""
