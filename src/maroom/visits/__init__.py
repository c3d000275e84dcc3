"""Patients, visits, rooms and their moves, and what is known of a patient from before: read by all duties, written here alone.

Not for vital signs, specimens or any other duty's own records, and not for staff (`access/`).
"""
