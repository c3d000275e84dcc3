"""What waits, carried by hand to where there is a network: packed and sealed here, put on the server elsewhere, exactly once.

Neither side needs to hear of the other: each asks the server before it sends, and knows a record again by its identifier."""
