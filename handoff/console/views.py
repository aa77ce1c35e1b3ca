"""From the hub's values to what the console shows, with its Dutch labels."""

from __future__ import annotations

from collections.abc import Sequence

from bot.signals import SECOND_READER, EscalationReason
from handoff.briefing import Briefing
from handoff.console import schemas as s
from handoff.console.delivery_schemas import DeliveryView
from handoff.console.file_schemas import FileView
from handoff.console.service_schemas import ClockView
from handoff.counter import Counter
from handoff.ledger import Row
from handoff.model import Held, Message, Turn, Waiting
from handoff.policy import EDITED
from handoff.service_levels.measure import ServiceClock


def conversation_view(row: Row, counter: Counter) -> s.ConversationView:
    conversation, assignment = row.conversation, row.assignment
    asked = assignment if assignment and assignment.ended_at is None else None
    topic = counter.catalogue.get(conversation.topic or "")
    queue = asked.queue if asked else None
    if isinstance(conversation.holder, Waiting):
        queue = conversation.holder.queue
    return s.ConversationView(
        id=conversation.id,
        reference=conversation.reference,
        state=conversation.state.value,
        queue=queue,
        queue_label=counter.words.text(f"queue_{queue}") if queue else None,
        held_by=_held_by(row),
        reason=asked.reason.value if asked else None,
        reason_label=_reason_label(asked.reason if asked else None, counter),
        topic=conversation.topic,
        topic_title=topic.title if topic else None,
        urgent=conversation.urgent_kind is not None,
        urgent_kind=conversation.urgent_kind,
        urgent_label=counter.urgent_labels.get(conversation.urgent_kind or ""),
        waiting_since=conversation.waiting_since,
        last_message=_last(row.last, counter),
        unread=row.unread,
        said=row.said,
        channel=conversation.channel,
        channel_label=_label("channel", conversation.channel, counter),
        term=conversation.term,
        opened_at=conversation.opened_at,
        window_closes_at=row.window_closes_at,
        labels=list(row.labels),
        snoozed_until=row.snoozed_until,
        service=_clock(row.clock),
    )


def _clock(clock: ServiceClock | None) -> ClockView | None:
    if clock is None or clock.due_at is None:
        return None
    return ClockView(kind=clock.kind.value, warn_at=clock.warn_at, due_at=clock.due_at)


def _held_by(row: Row) -> s.Person | None:
    holder = row.conversation.holder
    if not isinstance(holder, Held):
        return None
    return s.Person(id=holder.agent, name=row.holder_name or "?")


def _last(message: Message | None, counter: Counter) -> s.LastMessage | None:
    if message is None:
        return None
    return s.LastMessage(author=message.author.kind.value, text=message.text[:200], at=message.at)


def _reason_label(reason: EscalationReason | None, counter: Counter) -> str | None:
    return counter.words.text(f"reason_{reason.value}") if reason else None


def message_view(
    message: Message,
    counter: Counter,
    delivery: DeliveryView | None = None,
    files: Sequence[FileView] = (),
) -> s.MessageView:
    tenant = message.author.kind.value == "tenant"
    return s.MessageView(
        id=message.id,
        pos=message.pos,
        author=message.author.kind.value,
        name=counter.words.text("name_tenant_for_staff") if tenant else message.author.name,
        text=message.text,
        choices=[s.MessageChoice(id=c.id, title=c.title) for c in message.choices],
        visibility=message.visibility.value,
        kind=message.kind.value,
        at=message.at,
        client_msg_id=message.client_msg_id,
        edited=message.payload == EDITED,
        delivery=delivery,
        files=list(files),
    )


def briefing_view(briefing: Briefing, counter: Counter) -> s.BriefingView:
    return s.BriefingView(
        reason=briefing.reason.value if briefing.reason else None,
        reason_label=_reason_label(briefing.reason, counter),
        note=briefing.note,
        asked_at=briefing.asked_at,
        urgent_kind=briefing.urgent_kind,
        tried=[_tried(turn, counter) for turn in briefing.tried],
        likely=[
            s.Likely(intent=topic.intent, title=topic.title, confidence=topic.confidence)
            for topic in briefing.likely
        ],
        form=_form(briefing, counter),
        promises=[s.PromiseView(text=p.text, due_at=p.due_at) for p in briefing.promises],
    )


def _tried(turn: Turn, counter: Counter) -> s.Tried:
    topic = counter.catalogue.get(turn.intent or "")
    return s.Tried(
        at=turn.started_at,
        tenant=turn.text,
        intent=turn.intent,
        topic_title=topic.title if topic else None,
        confidence=turn.confidence,
        outcome=turn.outcome.value,
        outcome_label=_outcome(turn, counter),
    )


def _outcome(turn: Turn, counter: Counter) -> str:
    label = counter.words.text(f"outcome_{turn.outcome.value}")
    if not (turn.model or "").endswith(SECOND_READER):
        return label
    return counter.words.text("outcome_second_reader", outcome=label)


def _form(briefing: Briefing, counter: Counter) -> s.Form | None:
    if not briefing.form:
        return None
    fields = [
        s.FormField(slot=slot, label=_label("slot", slot, counter), value=value)
        for slot, value in briefing.form
    ]
    return s.Form(name=counter.words.text("form_repair_form"), fields=fields)


def _label(kind: str, name: str, counter: Counter) -> str:
    """The Dutch label, or the bare name of something nobody has worded yet."""
    key = f"{kind}_{name}"
    return counter.words.text(key) if key in counter.words else name
