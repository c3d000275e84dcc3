"""Sends what waits: each line once, whatever becomes of the requests. Nothing that waits is ever thrown away here."""
