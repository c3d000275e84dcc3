"""Growth of children: on which chart a value stands, where, and what is remarkable about it. Pure.

`lms` is the arithmetic, `tables` the published figures, `figures` our conventions (`resources/growth/charts.toml`), `age` the
age that charts count, `places` the values on their charts, `mass` the index of body mass, `flags` the findings, `curves` the
lines that are drawn, `words` a percentile as it is said.
"""
