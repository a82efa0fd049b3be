"""Reads of accounts; every list a person sees is `..._visible_to(actor)`."""
