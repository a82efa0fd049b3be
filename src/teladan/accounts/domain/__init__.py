"""The verbs of accounts: one transaction holds the row and its ledger entry."""
