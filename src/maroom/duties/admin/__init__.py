"""What is set once and seldom changed: the station, the clinic, its people, and the sections that other duties offer.

Not for what a duty keeps of its own accord (its section is in its own package).
"""
