"""What a person typed into a search box, as a query for the full-text indexes.

Every word must occur; the last may be the beginning of one. Nothing typed has a meaning of its own to Lucene.
"""

import re

_SPECIAL = re.compile(r'[+\-&|!(){}\[\]^"~*?:\\/<>=@]')
_WORD = re.compile(r"\w+")
_TOKEN = re.compile(r"[\w.:'’·]+")
"""What the analyzer may leave in one piece: it does not cut at these signs between two letters or two digits."""


def full_text_query(typed: str) -> str:
    """The Lucene query for a text; '' where there is no letter or digit to look for."""
    words = [word for word in typed.split() if _WORD.search(word)]
    if not words:
        return ""
    return " ".join([*(f"+{_phrase(word)}" for word in words[:-1]), f"+{_beginning(words[-1])}"])


def _phrase(word: str) -> str:
    """The word as the index's analyzer cuts it, its parts side by side."""
    return '"' + re.sub(r'["\\]', r"\\\g<0>", word) + '"'


def _beginning(word: str) -> str:
    """The word; or words that begin so; or its parts, the last of which may go on.

    Several readings, since the analyzer cuts at some signs (O'Brien-Smith at the second), and does not look at
    prefixes at all.
    """
    readings = [_phrase(word), _prefix(word)]
    for parts in (_TOKEN.findall(word), _WORD.findall(word)):
        if parts != [word]:
            whole = [f"+{_phrase(part)}" for part in parts[:-1]]
            readings.append("(" + " ".join([*whole, f"+{_prefix(parts[-1])}"]) + ")")
    return "(" + " ".join(readings) + ")"


def _prefix(word: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", word.lower()) + "*"
