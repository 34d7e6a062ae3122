"""Makes the small CSV files of ``marketplace/reference/data`` from build-time packages."""
