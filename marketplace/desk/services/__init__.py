"""What the desk reads and does; each module is about one kind of page."""
