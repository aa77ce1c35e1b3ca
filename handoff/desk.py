"""The desk: what an answer of the assistant and each step of a member of staff change.

Pure functions from what is to what changes. Nothing here reads a clock, a table or a network.
The store writes a ``Change`` in one transaction, fenced by the term the step was decided on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.port import Answer, Reply
from bot.signals import EscalationReason
from bot.topics import Topic
from handoff import meanwhile, policy
from handoff.change import Asked, AssignmentStep, Change, Ended, Taken
from handoff.counter import Counter, event, event_text, say_when
from handoff.handover import hand_over
from handoff.model import (
    Agent,
    AgentId,
    AssignmentOutcome,
    Author,
    AuthorKind,
    Bot,
    Choice,
    Closed,
    Conversation,
    Draft,
    Held,
    MessageKind,
    Outcome,
    Promise,
    State,
    Visibility,
    Waiting,
)
from handoff.policy import AskBack, Decision, HandOver, Say


class DeskRefused(Exception):
    """A step that the present holder does not allow."""


class HeldByOther(DeskRefused):
    """Somebody else has this conversation."""

    def __init__(self, holder: AgentId) -> None:
        super().__init__(holder)
        self.holder = holder


class NotHolder(DeskRefused):
    """Only who holds the conversation may do this."""


class ConversationClosed(DeskRefused):
    """The conversation is closed."""


def settle(
    conversation: Conversation, answer: Answer, decision: Decision, counter: Counter, now: datetime
) -> tuple[Change, Outcome]:
    """What one answer and the decision on it change, while the assistant holds or a person is
    waited for. Danger comes first in both."""
    danger = isinstance(decision, HandOver) and decision.reason is EscalationReason.URGENT
    if isinstance(conversation.holder, Waiting) and not danger:
        return meanwhile.settle(answer, decision, counter)
    topic = policy.topic_of(answer, counter.catalogue)
    seen = topic.name if topic and topic.offered and not isinstance(decision, AskBack) else None
    matter = counter.catalogue.get(conversation.topic or "")
    if matter and isinstance(decision, HandOver) and decision.reason is EscalationReason.ASKED:
        # A wish for a person says nothing of the matter: that stays what it was, and its queue.
        seen, decision = None, replace(decision, queue=matter.queue)
    match decision:
        case Say(replies):
            drafts = tuple(_said_by_bot(reply, counter) for reply in replies)
            return Change(drafts=drafts, topic=seen), Outcome.ANSWERED
        case AskBack(topics, replies):
            before = tuple(_said_by_bot(reply, counter) for reply in replies)
            asked = _ask_back(topics, counter, "ask_back_other" if before else "ask_back")
            return Change(drafts=(*before, asked)), Outcome.ASKED_BACK
        case HandOver():
            drafts = tuple(_said_by_bot(reply, counter) for reply in decision.replies)
            change = hand_over(conversation, decision, counter, now, before=drafts)
            outcome = Outcome.HANDED_OVER
            if decision.reason is EscalationReason.BOT_SILENT:
                outcome = Outcome.FAILED
            return _with_danger(
                replace(change, topic=seen), conversation, decision, counter
            ), outcome


def _with_danger(
    change: Change, conversation: Conversation, decision: HandOver, counter: Counter
) -> Change:
    """The assistant heard danger where the hub's own rules did not: it comes first all the same."""
    danger = counter.dangers.get(change.topic or "")
    if danger is None or decision.reason is not EscalationReason.URGENT:
        return change
    priority = max(conversation.priority, danger.priority)
    return replace(change, urgent_kind=danger.kind, priority=priority)


def _said_by_bot(reply: Reply, counter: Counter) -> Draft:
    choices = []
    for choice in reply.choices:
        if policy.is_person_payload(choice.payload):
            title = choice.title or counter.words.text("choice_person")
            choices.append(Choice(counter.new_id(), title, policy.PERSON))
        else:
            choices.append(Choice(counter.new_id(), choice.title, choice.payload))
    return Draft(counter.bot, reply.text, choices=tuple(choices))


def _ask_back(topics: Sequence[Topic], counter: Counter, key: str) -> Draft:
    choices = [Choice(counter.new_id(), topic.title, f"/{topic.name}") for topic in topics]
    choices.append(Choice(counter.new_id(), counter.words.text("choice_other"), policy.OTHER))
    words = counter.words.text(key if topics else f"{key}_open")
    return Draft(counter.bot, words, choices=tuple(choices))


def withhold(answer: Answer, counter: Counter) -> Change:
    """The reply came after a person took over: it becomes a private note."""
    drafts = tuple(
        Draft(counter.bot, reply.text, MessageKind.WITHHELD, Visibility.DESK)
        for reply in answer.replies
        if reply.text.strip()
    )
    return Change(drafts=drafts)


def take(conversation: Conversation, agent: Agent, counter: Counter) -> Change:
    """This member of staff takes the conversation.

    Raises:
        HeldByOther: somebody else has it.
        ConversationClosed: there is nothing left to take.
    """
    match conversation.holder:
        case Held(holder) if holder == agent.id:
            return Change()
        case Held(holder):
            raise HeldByOther(holder)
        case Closed():
            raise ConversationClosed
        case Bot():
            queue = policy.queue_of(counter.catalogue.get(conversation.topic or ""))
            asked: tuple[AssignmentStep, ...] = (Asked(queue, EscalationReason.POLICY),)
        case Waiting():
            asked = ()
    joined = counter.words.text("agent_joined", name=agent.name)
    return Change(
        drafts=(replace(event_text(counter, joined, State.HELD), author=_announced(agent)),),
        holder=Held(agent.id),
        steps=(*asked, Taken(agent.id)),
        answered=True,
    )


def _announced(agent: Agent) -> Author:
    """The system tells it, but under the name of who comes: now you talk with Fatma (R1)."""
    return Author(AuthorKind.SYSTEM, agent.name, agent.id)


def say(conversation: Conversation, agent: Agent, text: str, client_msg_id: str) -> Change:
    """The holder answers the tenant.

    Raises:
        HeldByOther, NotHolder, ConversationClosed: this agent may not speak now.
    """
    must_hold(conversation, agent)
    author = Author(AuthorKind.AGENT, agent.name, agent.id)
    return Change(
        drafts=(Draft(author, text, client_msg_id=client_msg_id),),
        answered=True,
        keep_promises=True,
    )


def show(
    conversation: Conversation, agent: Agent, text: str, client_msg_id: str, labels: Sequence[str]
) -> Change:
    """The holder sends files, with words or without. Each file is a message of its own, with its
    label as text, so that each has its own way to the tenant.

    Raises:
        HeldByOther, NotHolder, ConversationClosed: this agent may not speak now.
    """
    must_hold(conversation, agent)
    return Change(
        drafts=drafts_of(agent, text, client_msg_id, labels), answered=True, keep_promises=True
    )


def drafts_of(
    agent: Agent, text: str, client_msg_id: str, labels: Sequence[str]
) -> tuple[Draft, ...]:
    """The words, if there are any, and a message per file; the first has the id."""
    author = Author(AuthorKind.AGENT, agent.name, agent.id)
    said = [Draft(author, one) for one in ([text] if text else []) + list(labels)]
    return (replace(said[0], client_msg_id=client_msg_id), *said[1:])


def note(agent: Agent, text: str, client_msg_id: str) -> Change:
    """A note for colleagues; the tenant never sees it. Anybody on the desk may write one."""
    author = Author(AuthorKind.AGENT, agent.name, agent.id)
    return Change(
        drafts=(
            Draft(author, text, MessageKind.NOTE, Visibility.DESK, client_msg_id=client_msg_id),
        )
    )


def release_to_assistant(conversation: Conversation, agent: Agent, counter: Counter) -> Change:
    """Hand back: a visible event ends the human stretch, and Rasa starts a fresh conversation."""
    must_hold(conversation, agent)
    return Change(
        drafts=(event(counter, "handed_back", State.BOT),),
        holder=Bot(),
        steps=(Ended(AssignmentOutcome.RELEASED),),
        answered=True,
        keep_promises=True,
        urgent_kind="",
        priority=0,
        new_session=True,
    )


def release_to_queue(
    conversation: Conversation, agent: Agent, queue: str, why: str, counter: Counter, now: datetime
) -> Change:
    """Back to a queue: the tenant hears that a colleague will go on, and when."""
    must_hold(conversation, agent)
    due = counter.service.answer_by(queue, now)
    notice = counter.words.text("requeued", when=say_when(due, now, counter.words))
    return Change(
        drafts=(event_text(counter, notice, State.WAITING),),
        holder=Waiting(queue),
        steps=(Ended(AssignmentOutcome.REQUEUED), Asked(queue, EscalationReason.POLICY, why)),
        promise=Promise(
            counter.words.text("promise_answer", when=say_when(due, now, counter.words)), due
        ),
        keep_promises=True,
    )


def close(conversation: Conversation, agent: Agent, counter: Counter) -> Change:
    """The matter is done. A new message of the tenant opens it again.

    Raises:
        HeldByOther, NotHolder, ConversationClosed: this agent may not close it.
    """
    must_hold(conversation, agent)
    return Change(
        drafts=(event(counter, "closed", State.CLOSED),),
        holder=Closed(),
        steps=(Ended(AssignmentOutcome.CLOSED),),
        answered=True,
        keep_promises=True,
        urgent_kind="",
        priority=0,
        # Who was in danger is not asked for a score.
        ask_opinion=conversation.urgent_kind is None,
    )


def must_hold(conversation: Conversation, agent: Agent) -> None:
    match conversation.holder:
        case Held(holder) if holder == agent.id:
            return
        case Held(holder):
            raise HeldByOther(holder)
        case Closed():
            raise ConversationClosed
        case _:
            raise NotHolder
