"""A word poll: a few short words each. A slip is one word as it was written, blanks folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from facilitation.counting.method import Answer, Counted
from facilitation.polls import Poll

USUAL = 3
"""So many words where a poll does not say it."""
LONGEST = 40


class WordPoll:
    """At most `most` words each. The same word in another case, or with other blanks, is the same word.

    It is shown in the spelling that most gave it; most frequent words come first.
    """

    def read(self, poll: Poll, choice: Any) -> Answer | None:
        if not isinstance(choice, list) or not 0 < len(choice) <= (poll.scheme.most or USUAL):
            return None
        if not all(isinstance(word, str) and len(word) <= 4 * LONGEST for word in choice):
            return None
        words = {folded(word): word for word in map(written, reversed(choice))}
        if not all(0 < len(word) <= LONGEST and word.isprintable() for word in words.values()):
            return None
        return Answer(tuple(sorted(words.values())))

    def count(self, _: Poll, slips: Mapping[str, int], __: int) -> Counted:
        spellings: dict[str, dict[str, int]] = {}
        for slip, number in slips.items():
            of_word = spellings.setdefault(folded(slip), {})
            of_word[slip] = of_word.get(slip, 0) + number
        counts = {
            min(of_word, key=lambda spelling: (-of_word[spelling], spelling)): sum(of_word.values())
            for _, of_word in sorted(spellings.items())
        }
        return Counted(dict(sorted(counts.items(), key=lambda each: -each[1])))


def written(word: str) -> str:
    """The word with its blanks folded, and each letter in one form on every device."""
    return " ".join(unicodedata.normalize("NFC", word).split())


def folded(word: str) -> str:
    return unicodedata.normalize("NFC", written(word).casefold())


WORDS = WordPoll()
