"""What a member of staff can wish of the console. What is not sent keeps its default."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

CommandId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,29}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[!-~]?$")]
"""One visible character; empty: no key."""
TimeOfDay = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_MOST_KEYS = 60


class QuietHours(BaseModel):
    """Between these moments (Europe/Amsterdam) the console keeps quiet; may pass midnight."""

    model_config = ConfigDict(extra="forbid")
    on: bool = False
    start: TimeOfDay = "18:00"
    end: TimeOfDay = "08:00"


class Preferences(BaseModel):
    model_config = ConfigDict(extra="forbid")
    single_keys: bool = Field(default=True, description="Shortcuts of one letter (WCAG 2.1.4)")
    keys: dict[CommandId, Key] = Field(
        default={}, max_length=_MOST_KEYS, description="Only those that differ from the default"
    )
    sound: bool = True
    volume: int = Field(default=60, ge=0, le=100, description="Per cent")
    notify: bool = False
    quiet: QuietHours = QuietHours()
    on_call: bool = Field(default=False, description="Urgent passes through the quiet hours")
    theme: Literal["system", "light", "dark"] = "system"
    text_size: Literal["normal", "large", "largest"] = "normal"

    @model_validator(mode="after")
    def _one_command_a_key(self) -> Preferences:
        used = [key for key in self.keys.values() if key]
        if len(used) != len(set(used)):
            raise ValueError("two commands have the same key")
        return self
