"""The wire: JSON with exact decimals, files of FHIR, readers of its elements, and what a kind of record hands to sync.

Not for any kind of record in itself: those read and write their own resources.
"""
