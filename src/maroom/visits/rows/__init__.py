"""Patients, visits, rooms and charts in the store; the only SQL of this package."""
