"""Teladan: one open platform for an agency's core values, from training to public account."""

__version__ = "0.1.0"
