"""What holds for every test, wherever it stands: each module is a pytest plugin, named in tests/conftest.py.

A guard fails the test that broke it, says what was left behind, and cleans up, so that the next test does not suffer.
"""
