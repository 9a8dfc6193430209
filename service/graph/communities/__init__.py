"""Communities: a topic's projection, Leiden on it, and what holds of what it finds."""
