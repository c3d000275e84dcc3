"""The errand between the store and the rest of the world: resources in, resources out. No Qt, and no duty by name."""
