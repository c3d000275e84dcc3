"""The wire: JSON with exact decimals, files of FHIR, readers of its elements, what a kind of record hands to sync, and the one
place that speaks HTTP: `client` asks a server, `signin` says who asks.

Not for any kind of record in itself: those read and write their own resources.
"""
