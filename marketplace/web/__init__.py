"""What every page shares: policies, forms, errors, headers, health."""
