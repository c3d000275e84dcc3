"""Readings offered by instruments that speak the standard Bluetooth profiles: pressure, temperature, weight, oxygen saturation.

A reading is offered, never taken: a person decides whose it is. What cannot be trusted to be of this patient and of now is not
offered, and why is said. Not for what a body can have (the duty's rules judge that), and not for any widget.
Only `bluetooth` needs the extra `devices`; without it, or without Bluetooth, nothing else changes.
"""
