"""maroom: the program a medical assistant of a clinic keeps open all day.

The packages and who may import whom: see the map of the code in README.md; tests/test_architecture.py holds it.
"""
