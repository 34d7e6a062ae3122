"""Pages for other sites, and the console in which a federation makes them."""
