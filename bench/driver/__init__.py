"""The benchmark's driver: starts everything on loopback, measures in paired rounds, prints tables."""
