"""Draws beside the clerk: the command that makes and checks their pages, and whoever runs it for a session."""
