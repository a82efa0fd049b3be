"""Append-only record of who did what; ordered into a chain of hashes that anyone can check."""
