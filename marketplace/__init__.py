"""Employer language-and-diversity support marketplace."""
