"""What a server has comes down: the day's schedule, the charts of those on it, and anybody on request."""
