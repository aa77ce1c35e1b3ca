"""The benchmark's stock Rasa project has our topics, and nothing that only our product knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.peer.project import StockProject, TopicFile, convert, read_topics, write
from bench.questions import choose

pytestmark = pytest.mark.unit

RENT = """
version: "3.1"
topic: {name: rent_date, title: "Wanneer u betaalt", kind: tenant}
handoff: {queue: huur, when: never, reason: policy}
intents: [rent_date]
responses:
  utter_rent_date:
  - text: "Voor de [[corporation.payment_day]]."
    buttons:
    - {title: "Hoe?", payload: "/rent_how"}
  - channel: voice
    text: "Op tijd."
nlu:
- intent: rent_date
  examples: |
    - wanneer betaal ik
    - op welke dag
rules:
- rule: rent_date
  steps:
  - intent: rent_date
  - action: utter_rent_date
"""

FORM = """
version: "3.1"
topic: {name: repair, title: "Een reparatie melden", kind: tenant}
handoff: {queue: reparaties, when: never, reason: policy}
intents: [repair]
entities: [room]
slots: {repair_room: {type: text, mappings: [{type: custom}]}}
forms: {repair_form: {required_slots: [repair_room]}}
actions: [action_repair_finish]
nlu:
- intent: repair
  examples: |
    - de kraan in de [keuken](room) lekt
    - kapot in [bad]{"entity": "room"}
rules:
- rule: repair
  steps:
  - intent: repair
  - action: repair_form
  - active_loop: repair_form
- rule: the form is done
  condition:
  - active_loop: repair_form
  steps:
  - action: repair_form
  - active_loop: null
  - action: action_repair_finish
"""

NOT_SURE = """
version: "3.1"
topic: {name: fallback, title: "Niet zeker genoeg", kind: system}
intents: [nlu_fallback]
responses:
  utter_not_sure:
  - custom: {signal: not_sure}
rules:
- rule: fallback
  steps:
  - intent: nlu_fallback
  - action: utter_not_sure
"""

PERSON = """
topic: {name: person, title: "Een medewerker", kind: tenant}
handoff: {queue: huur, when: always, reason: asked}
intents: [person]
responses: {utter_person: [{text: "Natuurlijk."}]}
nlu: [{intent: person, examples: "- ik wil een mens\\n"}]
rules: [{rule: person, steps: [{intent: person}, {action: utter_person}]}]
"""

THANKS = """
topic: {name: thanks, title: "Bedankt", kind: smalltalk}
intents: [thanks]
responses: {utter_thanks: [{text: "Graag gedaan."}]}
nlu: [{intent: thanks, examples: "- bedankt\\n"}]
rules: [{rule: thanks, steps: [{intent: thanks}, {action: utter_thanks}]}]
"""


def topic(text: str) -> TopicFile:
    document: dict[str, Any] = yaml.safe_load(text)
    return TopicFile(document["topic"]["name"], document["topic"]["title"], document)


def stock(*texts: str) -> StockProject:
    return convert([topic(text) for text in texts])


def steps_of(project: StockProject, intent: str) -> list[dict[str, str]]:
    (rule,) = [rule for rule in project.rules["rules"] if rule["rule"] == intent]
    steps: list[dict[str, str]] = rule["steps"]
    return steps


def test_answers_buttons_and_examples_of_a_topic_are_kept() -> None:
    project = stock(RENT)
    written, spoken = project.domain["responses"]["utter_rent_date"]
    assert written["buttons"] == [{"title": "Hoe?", "payload": "/rent_how"}]
    assert spoken == {"text": "Op tijd.", "channel": "voice"}
    assert "op welke dag" in project.nlu["nlu"][0]["examples"]
    assert steps_of(project, "rent_date") == [
        {"intent": "rent_date"},
        {"action": "utter_rent_date"},
    ]


def test_a_place_for_a_setting_becomes_a_plain_word() -> None:
    assert stock(RENT).domain["responses"]["utter_rent_date"][0]["text"] == "Voor de payment_day."


def test_a_form_becomes_one_plain_answer_per_intent() -> None:
    project = stock(FORM)
    assert steps_of(project, "repair") == [{"intent": "repair"}, {"action": "utter_repair"}]
    assert project.domain["responses"] == {"utter_repair": [{"text": "Een reparatie melden"}]}
    assert not {"forms", "slots", "actions", "entities"} & set(project.domain)


def test_annotations_of_entities_are_read_as_the_words_themselves() -> None:
    (entry,) = stock(FORM).nlu["nlu"]
    assert entry["examples"] == "- de kraan in de keuken lekt\n- kapot in bad\n"


def test_a_response_of_signals_only_becomes_words() -> None:
    project = stock(NOT_SURE)
    assert steps_of(project, "nlu_fallback")[1] == {"action": "utter_fallback"}
    assert project.domain["responses"] == {"utter_fallback": [{"text": "Niet zeker genoeg"}]}


def test_nothing_of_topic_and_handoff_reaches_the_stock_project(tmp_path: Path) -> None:
    write(stock(RENT, FORM, NOT_SURE, PERSON, THANKS), tmp_path)
    for path in tmp_path.rglob("*.yml"):
        assert not {"topic", "handoff"} & set(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_every_topic_has_a_story_for_the_story_policies() -> None:
    stories = stock(RENT, THANKS).stories["stories"]
    assert [story["story"] for story in stories] == ["rent_date"]
    assert stories[0]["steps"][-1] == {"action": "utter_thanks"}


def test_an_intent_with_settings_of_its_own_is_known_by_its_name() -> None:
    settings = RENT.replace("intents: [rent_date]", "intents: [{rent_date: {use_entities: []}}]")
    assert stock(settings).domain["intents"] == ["rent_date"]


def test_questions_come_from_plain_answers_only_and_topics_take_turns() -> None:
    other = RENT.replace("rent_date", "rent_how").replace("wanneer betaal ik", "hoe betaal ik")
    chosen = choose([topic(text) for text in (RENT, other, FORM, PERSON, NOT_SURE, THANKS)])
    assert chosen == ["wanneer betaal ik", "hoe betaal ik", "op welke dag", "op welke dag"]


def test_without_a_plain_topic_there_is_nothing_to_measure_with() -> None:
    with pytest.raises(ValueError, match="plain answer"):
        choose([topic(PERSON)])


def test_our_own_topics_convert_and_give_questions() -> None:
    topics = read_topics(Path(__file__).resolve().parents[2] / "data" / "nlu")
    project = convert(topics)
    ruled = {rule["steps"][0]["intent"] for rule in project.rules["rules"]}
    assert ruled == set(project.domain["intents"])
    uttered = {
        step["action"]
        for rule in project.rules["rules"]
        for step in rule["steps"]
        if "action" in step
    }
    assert uttered <= set(project.domain["responses"])
    assert len(choose(topics)) >= 10
