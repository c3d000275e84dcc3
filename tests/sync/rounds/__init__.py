"""Day after day with a server that fails and a program that is killed: nothing lost, nothing twice.

Time does not pass by itself here. A run's clock stands at the moment it is given, so a hold ends when the test says so; a
request that nobody waits for any more is carried out when the test lets it go. What is random is so by seed.
"""
