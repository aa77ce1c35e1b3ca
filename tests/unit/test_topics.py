"""The catalogue of topics: what is read, and how a broken file is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.signals import EscalationReason
from bot.topics import Handoff, Kind, TopicBroken, load_topics

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
GOOD = """\
version: "3.1"
topic:
  name: {name}
  title: "Wie de tuin doet"
  group: Wonen
  kind: tenant
  needs: []
  owner: Team Wonen
  sources: ["voorwaarden"]
  reviewed: 2026-11-24
handoff:
  queue: huur
  when: offer
  reason: policy
intents: [{name}]
responses:
  utter_{name}:
  - text: "De tuin doet u zelf."
    buttons:
    - {{title: "Meer", payload: "/{name}"}}
  - channel: voice
    text: "U doet de tuin."
nlu:
- intent: {name}
  examples: |
    - wie doet de tuin
    - de heg is te hoog
rules:
- rule: {name}
  steps:
  - intent: {name}
  - action: utter_{name}
"""


def _write(folder: Path, name: str = "garden", change: tuple[str, str] = ("", "")) -> Path:
    file = folder / f"{name}.yml"
    file.write_text(GOOD.format(name=name).replace(*change), encoding="utf-8")
    return file


def test_a_topic_is_read_with_its_answers_and_examples(tmp_path: Path) -> None:
    _write(tmp_path)
    topic = load_topics(tmp_path)["garden"]
    assert (topic.title, topic.kind, topic.queue) == ("Wie de tuin doet", Kind.TENANT, "huur")
    assert (topic.handoff, topic.reason) == (Handoff.OFFER, EscalationReason.POLICY)
    assert [said.channel for said in topic.said] == [None, "voice"]
    assert [example.text for example in topic.examples] == ["wie doet de tuin", "de heg is te hoog"]


def test_an_example_knows_its_line(tmp_path: Path) -> None:
    file = _write(tmp_path)
    last = load_topics(tmp_path)["garden"].examples[-1]
    assert file.read_text("utf-8").splitlines()[last.line - 1].endswith(last.text)


@pytest.mark.parametrize(
    ("change", "line", "what"),
    [
        (("  name: garden\n", ""), 2, "topic.name is missing"),
        (("  name: garden", "  name: yard"), 3, "called 'yard'"),
        (("  title:", "  label:"), 2, "topic.title is missing"),
        (("Wie de tuin doet", "x" * 41), 4, "longer than 40"),
        (("kind: tenant", "kind: lodger"), 6, "'lodger' is none of"),
        (("reviewed: 2026-11-24", "reviewed: soon"), 10, "must be a date"),
        (("queue: huur", "queue: tuinen"), 12, "unknown queue 'tuinen'"),
        (("when: offer", "when: perhaps"), 13, "'perhaps' is none of never, offer, always"),
        (("reason: policy", "reason: because"), 14, "'because' is none of"),
        (("intents: [garden]", "intents: [yard]"), 15, "must be one of the intents"),
        (("intents: [garden]", "intents: []"), 15, "no intents"),
        (('payload: "/garden"', 'payload: "/yard"'), 20, "button to unknown intent '/yard'"),
        (("u zelf.", "u zelf, zie [[facts.garden]]."), 18, "unknown placeholder [[facts.garden]]"),
        (("u zelf.", "u zelf, zie [[facts garden]]."), 18, "unknown placeholder [["),
        (("handoff:", "topic:"), 11, "'topic' stands here twice"),
        (('title: "Wie', 'title: "Wie" "'), 4, ""),
    ],
)
def test_a_broken_topic_is_refused_with_file_and_line(
    tmp_path: Path, change: tuple[str, str], line: int, what: str
) -> None:
    file = _write(tmp_path, change=change)
    with pytest.raises(TopicBroken) as refused:
        load_topics(tmp_path, placeholders=frozenset())
    assert str(refused.value).startswith(f"{file}:{line}: ")
    assert what in str(refused.value)


def test_an_intent_may_belong_to_one_file_only(tmp_path: Path) -> None:
    _write(tmp_path)
    second = _write(tmp_path, "yard", ("intents: [yard]", "intents: [yard, garden]"))
    with pytest.raises(TopicBroken, match=r"garden\.yml already has garden") as refused:
        load_topics(tmp_path)
    assert refused.value.file == second


def test_a_quick_reply_without_a_slash_is_the_tenants_own_words(tmp_path: Path) -> None:
    _write(tmp_path, change=('payload: "/garden"', 'payload: "De achtertuin"'))
    assert load_topics(tmp_path)["garden"].said[0].buttons[0].payload == "De achtertuin"


def test_only_tenant_topics_and_referrals_are_offered_as_a_choice() -> None:
    offered = {name for name, topic in load_topics(ROOT / "data" / "nlu").items() if topic.offered}
    assert "rent_payment_date" in offered
    assert not offered & {"greeting", "chitchat", "out_of_scope", "fallback"}


CATALOGUE = ROOT.parent / "shared" / "reference" / "topics.tsv"
SMALL_TALK = frozenset({"greeting", "thanks", "goodbye", "affirm", "deny", "chitchat"})
REFERRALS = frozenset(
    f"referral_{who}"
    for who in (
        "municipality",
        "energy_supplier",
        "internet_tv",
        "home_purchase",
        "jobs",
        "supplier",
        "care",
        "police",
        "other_landlord",
    )
)
# The table says when a person comes in: never, sometimes (C) or always (A). These follow what the
# product can do today: a status needs a person while there is no back office, a report has a form.
OTHER_THAN_THE_TABLE = {
    "repair_status": Handoff.ALWAYS,
    "repair_report": Handoff.NEVER,
    "bot_identity": Handoff.OFFER,
}


def _table() -> dict[str, dict[str, str]]:
    with CATALOGUE.open(encoding="utf-8", newline="") as rows:
        reader = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["label"]: row for row in reader}


def test_the_whole_catalogue_is_there() -> None:
    names = set(load_topics(ROOT / "data" / "nlu"))
    assert len(_table()) == 93
    assert (
        set(_table())
        | SMALL_TALK
        | REFERRALS
        | {"out_of_scope", "fallback", "identify", "rent_own"}
        == names
    )


def test_each_topic_stands_in_the_group_of_the_table() -> None:
    topics = load_topics(ROOT / "data" / "nlu")
    assert {name: topics[name].group for name in _table()} == {
        name: row["group"] for name, row in _table().items()
    }


def test_a_person_comes_in_where_the_table_says_so() -> None:
    by_letter = {"N": Handoff.NEVER, "C": Handoff.OFFER, "A": Handoff.ALWAYS}
    topics = load_topics(ROOT / "data" / "nlu")
    different = {
        name: topics[name].handoff
        for name, row in _table().items()
        if topics[name].handoff is not by_letter[row["escalate"][0]]
    }
    assert different == OTHER_THAN_THE_TABLE


def test_asking_for_a_person_always_hands_over_because_it_was_asked() -> None:
    topic = load_topics(ROOT / "data" / "nlu")["human_agent_request"]
    assert (topic.handoff, topic.reason) == (Handoff.ALWAYS, EscalationReason.ASKED)
