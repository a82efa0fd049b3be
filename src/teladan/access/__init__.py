"""Who may do what: a table that can be read aloud. Pure: it knows no models."""
