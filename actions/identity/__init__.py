"""How a tenant proves who it is, in the conversation. The limits are the hub's."""
