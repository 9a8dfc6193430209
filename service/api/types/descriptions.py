"""Descriptions that several types share."""

PAGE_INFO = "Where this page lies in the list."
TOTAL_COUNT = "Length of the whole list; counted only when asked for."
CURSOR = "An opaque text that names this entry's place; valid for the same list with the same arguments."

SHARE = "Part of the person's weight of trust that stays inside, 0 to 1."
RANK = "PageRank inside the community, along influence; a community's ranks add up to 1."
ROLE = "The person's place in the community."
PRIMARY = "Whether this is the person's own community; else a second one with a share of at least 0.2."
