"""Channels over Twilio: SMS and WhatsApp share the account, the signature and the Messages API."""
