"""Counting: from the slips of a poll to its result, by method and rule; always the same from the same slips."""
