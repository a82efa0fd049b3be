"""Views of the personnel office and of operators, by what they are about."""
