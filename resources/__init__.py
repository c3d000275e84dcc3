"""Data that ship with maroom: figures, texts, fonts and looks. No code; read them through `maroom.core.resources`."""
