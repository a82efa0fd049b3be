"""Rosters: reading files, checking them whole, saying what is wrong. Pure except for the words and the template."""
