"""The steps themselves; a file name begins with its number."""
