"""The jobs of the assistant, one package each. They do not know each other; what they share stands below them."""
