"""The encrypted store: one SQLite file, its openers, and the tables that belong to no subject (audit, outbox, mirror, drafts).

Not for clinical subjects: their rows stand in `visits/`, `access/` and the duties. Knows no FHIR and no Qt.
"""
