"""What follows from what is known: ages, legal moves, the reading of allergies, a search as it is typed. Pure."""
