"""The wire: FHIR R4 resources as plain dicts, how they are read and written, and what a kind of record hands to sync.

Not for subjects: what an Observation means stands in the duty that owns it.
"""
