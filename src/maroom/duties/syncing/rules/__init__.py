"""What can be said of a record and of a run, without words of any language. Pure."""
