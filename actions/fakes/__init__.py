"""Stand-ins for what the hub and the back office do, for tests and for trying the product."""
