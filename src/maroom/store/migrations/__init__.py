"""Steps of the schema, hand-written, one number each. They import nothing of ours but `store`."""
