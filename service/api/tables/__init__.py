"""Types of the schema as tables: lists that an answer can be wide with, a column at a time."""
