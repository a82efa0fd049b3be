"""The verbs of people: one transaction holds the rows and their ledger entry."""
