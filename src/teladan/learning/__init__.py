"""Courses from packs: cohorts, player, progress, certificates, learning hours. It alone composes xAPI statements."""
