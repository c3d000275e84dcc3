"""What holds for every test. The guards are in tests/guards.py."""
