"""Believable sample data, made through the real import and the real verbs, always labelled as such."""
