"""What plugins build with: a facade over the areas, and the pytest plugin."""
