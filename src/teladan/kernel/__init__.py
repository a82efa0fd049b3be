"""The ground: clock, identifiers, errors, typed events, working days. No domain words, no Django."""
