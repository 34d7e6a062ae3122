"""Fixtures of the whole suite come from the kit; this file holds what only the house needs."""
