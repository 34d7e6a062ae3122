"""The outbox: effects on the outside, written with the change and carried out after it."""
