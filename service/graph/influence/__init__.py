"""Influence: standing on a topic, what a brand sees of it, who moves whom, and how that changes."""
