"""The immutable recommendation snapshot, its reasons, and what-if."""
