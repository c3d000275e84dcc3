"""What must be true when the sync is quiet, found out apart from the code under test.

`stored` reads a store by SQL of its own, `served` a server by plain HTTP of its own, `judged` holds the one against the other.
Of maroom only the key to the file is used.
"""
