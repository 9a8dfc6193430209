"""From a graph folder to checked rows: read, check, derive. Knows files, not databases."""
