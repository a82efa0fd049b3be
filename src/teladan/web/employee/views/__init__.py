"""Pages of one audience each; small files."""
