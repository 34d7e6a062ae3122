"""Bank statements: read CODA and CAMT.053, match with invoices, and keep what needs a person."""
