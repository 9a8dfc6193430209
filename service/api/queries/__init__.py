"""The fields of Query, by what they ask."""
