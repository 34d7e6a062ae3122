"""A local Stripe for development and tests: stateful, on this machine only, never beside live keys.

It agrees with Stripe's published schema of a dated version, and with nothing else.
"""
