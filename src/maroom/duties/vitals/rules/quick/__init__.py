"""The quick line: a whole set in one line of text, in any order. Pure.

`parts` is what a line consists of, `words` its vocabulary (`resources/vitals/quick.toml`), `scan` finds the pieces, `line` puts
them together, `written` makes a line of a form's entries.
"""
