"""Co-financing pots: money of a federation that lowers prices, and never more than there is."""
