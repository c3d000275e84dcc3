"""What goes to the server and what comes from it: one button, how far it is, what waits, and what a person has to decide."""
