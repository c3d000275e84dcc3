"""The composition root: the only package that knows all others. Settings, start, terminal, window, tour; no clinical logic."""
