"""What a person typed into a search box, as a query for the full-text indexes.

Every word must occur; the last may be the beginning of one. Nothing typed has a meaning of its own to Lucene.
"""

import re

_SPECIAL = re.compile(r'[+\-&|!(){}\[\]^"~*?:\\/<>=@]')
_WORD = re.compile(r"\w+")


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
    """The word, words that begin so, or (for nvidia.co, Anne-Mar) its parts, the last of which may go on.

    Three readings, since the analyzer cuts at some signs (Anne-Marie) and not at others (nvidia.com), and does
    not look at prefixes at all.
    """
    readings = [_phrase(word), _prefix(word)]
    parts = _WORD.findall(word)
    if parts != [word]:
        readings.append("(" + " ".join([*(f"+{_phrase(part)}" for part in parts[:-1]), f"+{_prefix(parts[-1])}"]) + ")")
    return "(" + " ".join(readings) + ")"


def _prefix(word: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", word.lower()) + "*"
