"""FHIR R4 resources as records, and records as resources. Pure dicts.

What goes out starts from the body last known from the server; only the elements that are ours are set or removed in it.
"""
