"""The window: rail, patient banner, page stack, state line, and the cover over all of them.

Knows the shape of a duty (`RailEntry`, a page), no duty; is told frozen states and tells by signals what is wished.
"""
