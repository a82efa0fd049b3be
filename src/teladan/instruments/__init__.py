"""Everything that is asked and scored: tests with sittings, self-checks, dilemma scenes; scoring and item analysis."""
