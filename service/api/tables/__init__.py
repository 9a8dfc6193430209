"""Types of the schema as tables: lists that a page can be wide with, read off the snapshot's arrays by column."""
