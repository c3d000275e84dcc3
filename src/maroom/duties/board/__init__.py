"""Today: the rooms, who is expected, who is here and for how long, and the one next step of each.

The moves themselves are verbs of `visits`; nothing is kept here. Not for what is done in a room (vitals, prep).
"""
