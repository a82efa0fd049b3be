"""Who works where: units, positions, people, appointments over time, rosters, and who is whose superior on a day."""
