"""Composing: who sits in which room for all remaining rounds, by rules, from a seed, with the reasons."""
