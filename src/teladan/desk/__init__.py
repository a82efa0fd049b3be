"""Tugas Saya: what waits for a person, until when and why; and the notices that tell of it."""
