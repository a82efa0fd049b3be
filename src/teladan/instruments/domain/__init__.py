"""The verbs of instruments."""
