"""What is measured while the service works: by request, in all, and as traces. Knows nothing of who measures."""
