"""Answer, ask back or hand over: the rule for every kind of answer of the assistant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.port import Answer, Band, Carry, Guess, Reply
from bot.signals import (
    Done,
    Escalate,
    EscalationReason,
    FormFilled,
    NotSure,
    from_custom,
    to_custom,
)
from handoff.content import load_content
from handoff.counter import say_when
from handoff.policy import PERSON, AskBack, HandOver, Say, decide, form_of, is_readable

pytestmark = pytest.mark.unit
COUNTER = load_content().counter
TOPICS = COUNTER.catalogue


def answer(intent: str, *signals: object, text: str = "Tekst.", form: str | None = None) -> Answer:
    replies = (Reply(text),) if text else ()
    ranking = (Guess(intent, 0.9), Guess("lease_terminate", 0.05))
    return Answer(replies, signals, ranking, Carry({}, form))  # type: ignore[arg-type]


def test_a_sure_answer_is_given() -> None:
    assert decide(answer("rent_payment_date"), TOPICS, False) == Say((Reply("Tekst."),))


def test_a_hard_subject_carries_the_choice_of_a_person() -> None:
    decision = decide(answer("rent_arrears_help"), TOPICS, False)
    assert isinstance(decision, Say)
    assert decision.replies[-1].choices[-1].payload == PERSON


@pytest.mark.parametrize(
    ("intent", "reason", "queue"),
    [
        ("complaint_submit", EscalationReason.POLICY, "klachten"),
        ("repair_status", EscalationReason.POLICY, "reparaties"),
        ("human_agent_request", EscalationReason.ASKED, "huur"),
    ],
)
def test_some_topics_always_go_to_a_person(
    intent: str, reason: EscalationReason, queue: str
) -> None:
    assert decide(answer(intent), TOPICS, False) == HandOver(reason, queue, "", (Reply("Tekst."),))


def test_what_an_action_has_done_needs_no_person_even_on_such_a_topic() -> None:
    assert decide(answer("repair_status", Done()), TOPICS, False) == Say((Reply("Tekst."),))


def test_inside_a_form_a_word_that_looks_like_another_topic_does_not_break_it_off() -> None:
    inside = answer("complaint_submit", form="repair_form")
    assert isinstance(decide(inside, TOPICS, False), Say)
    asked = answer("human_agent_request", form="repair_form")
    assert isinstance(decide(asked, TOPICS, False), HandOver)


def unsure(*names: str, band: Band) -> Answer:
    return Answer((), (NotSure(),), tuple(Guess(name, 0.2) for name in names), band=band)


def test_when_no_choice_is_worth_offering_a_person_comes_at_once() -> None:
    hopeless = unsure("lease_terminate", "nuisance_noise", band=Band.PERSON)
    decision = decide(hopeless, TOPICS, False)
    assert isinstance(decision, HandOver)
    assert decision.reason is EscalationReason.NOT_UNDERSTOOD


def test_nonsense_is_asked_about_once_without_choices() -> None:
    nonsense = unsure("out_of_scope", "lease_terminate", band=Band.PERSON)
    assert decide(nonsense, TOPICS, False) == AskBack(())
    assert isinstance(decide(nonsense, TOPICS, True), HandOver)


def test_danger_heard_inside_a_form_brings_a_person_to_the_urgent_queue() -> None:
    inside = Answer(
        (Reply("In welke ruimte?"),),
        ranking=(Guess("repair_report", 1.0),),
        carry=Carry({}, "repair_form"),
        alarm="emergency_gas",
    )
    decision = decide(inside, TOPICS, False)
    assert isinstance(decision, HandOver)
    assert (decision.reason, decision.queue) == (EscalationReason.URGENT, "spoed")


def test_not_sure_asks_back_with_at_most_three_topics_and_only_once() -> None:
    names = ("greeting", "rent_payment_date", "lease_terminate", "nuisance_noise", "bot_identity")
    unsure = Answer((), (NotSure(),), tuple(Guess(name, 0.2) for name in names))
    asked_back = decide(unsure, TOPICS, False)
    assert isinstance(asked_back, AskBack)
    offered = [topic.name for topic in asked_back.topics]
    assert offered == ["rent_payment_date", "lease_terminate", "nuisance_noise"]
    second = decide(unsure, TOPICS, True)
    assert isinstance(second, HandOver) and second.reason is EscalationReason.NOT_UNDERSTOOD


def test_what_is_hardly_likely_is_no_choice() -> None:
    ranking = (Guess("rent_payment_date", 0.9), Guess("lease_terminate", 0.01))
    asked_back = decide(Answer((), (NotSure(),), ranking), TOPICS, False)
    assert isinstance(asked_back, AskBack)
    assert [topic.name for topic in asked_back.topics] == ["rent_payment_date"]


def test_an_empty_answer_is_a_failure() -> None:
    decision = decide(answer("greeting", text=""), TOPICS, False)
    assert isinstance(decision, HandOver) and decision.reason is EscalationReason.BOT_SILENT


def test_an_action_that_asks_for_a_person_gets_one_with_its_note_and_queue() -> None:
    escalate = Escalate(EscalationReason.SENSITIVE, "nota", "leefbaarheid")
    decision = decide(answer("repair_report", escalate), TOPICS, False)
    assert decision == HandOver(
        EscalationReason.SENSITIVE, "leefbaarheid", "nota", (Reply("Tekst."),)
    )


def test_an_action_may_ask_that_somebody_goes_before_others() -> None:
    escalate = Escalate(EscalationReason.POLICY, "nota", "reparatie", first=True)
    assert from_custom(to_custom(escalate)) == escalate
    decision = decide(answer("repair_report", escalate), TOPICS, False)
    assert isinstance(decision, HandOver) and decision.first


def test_a_filled_form_is_told_field_by_field() -> None:
    filled = FormFilled("repair_form", (("repair_room", "keuken"),))
    assert form_of(answer("repair_report", filled)) == (("repair_room", "keuken"),)


@pytest.mark.parametrize(
    ("text", "readable"), [("🙂🙂", False), ("?!…", False), ("ok", True), ("6", True)]
)
def test_only_what_holds_a_letter_or_digit_can_be_read(text: str, readable: bool) -> None:
    assert is_readable(text) is readable


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (datetime(2026, 11, 24, 11, 0, tzinfo=UTC), "vandaag voor 12:00"),
        (datetime(2026, 11, 25, 7, 45, tzinfo=UTC), "morgen voor 08:45"),
        (datetime(2026, 11, 30, 7, 45, tzinfo=UTC), "maandag 30 november voor 08:45"),
    ],
)
def test_a_moment_is_said_as_a_person_says_it(hour: datetime, expected: str) -> None:
    now = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
    assert say_when(hour, now, COUNTER.words) == expected
