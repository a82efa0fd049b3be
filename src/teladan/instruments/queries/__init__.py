"""Reads. Everything a person sees is theirs; the reads for receivers and facilitators are called by `learning`, which
has checked who may see what."""
