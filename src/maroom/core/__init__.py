"""Plain words every package shares: ids, times, quantities, names, findings, problems, ports.

Not for Qt, SQL, HTTP or PDF, and not for any one duty: what only one duty needs stands in that duty.
"""
