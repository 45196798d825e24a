"""Composing out of files: an instance in, a plan or the reasons out; and the fastest search that this machine has."""
