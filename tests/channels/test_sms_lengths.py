"""What an SMS costs: the examples that the console's counter is held to as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from channels.twilio.segments import is_gsm7, plain, segments

pytestmark = pytest.mark.unit
EXAMPLES = json.loads(Path(__file__).with_name("sms_lengths.json").read_text("utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_sms_costs_what_the_shared_examples_say(example: dict[str, object]) -> None:
    sent = plain(str(example["text"]))
    assert (segments(sent), is_gsm7(sent)) == (example["segments"], example["long"])
