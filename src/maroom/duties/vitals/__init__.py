"""Vital signs: taking them, judging them, correcting them, and their way to and from FHIR.

Not for point-of-care results (specimens) and not for other observations, which `visits/` keeps as history.
"""
