"""Takes out of a tenant's words what we never ask and must not keep (R11). Pure."""

from bot.sensitive.mask import Kind, Masked, Sensitive

__all__ = ["Kind", "Masked", "Sensitive"]
