"""Reads of people; every list a person sees is `..._visible_to(actor)`."""
