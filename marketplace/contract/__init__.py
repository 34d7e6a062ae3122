"""The stable surface between the house and its plugins: hooks, values, manifest."""
