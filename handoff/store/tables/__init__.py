"""The tables, a file per subject; migrations in ``migrations/versions`` bring a database here."""

from __future__ import annotations

from handoff.store.tables.accounts import (
    backup_code,
    half_login,
    second_factor,
    sign_on_attempt,
    sign_on_identity,
)
from handoff.store.tables.assistant import assistant_session, turn
from handoff.store.tables.back_office import building_fault, fault_report, kept_request
from handoff.store.tables.columns import NAMES, UtcDateTime, metadata
from handoff.store.tables.desk import assignment, promise
from handoff.store.tables.editing import content_edit
from handoff.store.tables.identity import (
    caller,
    identity_code,
    identity_origin,
    identity_try,
    portal_visit,
    relatie_link,
    verification,
    verified_address,
)
from handoff.store.tables.lists import (
    conversation_label,
    label,
    saved_view,
    snooze,
    topic_correction,
)
from handoff.store.tables.media import media_file
from handoff.store.tables.opinion import opinion
from handoff.store.tables.person import person_link
from handoff.store.tables.photo_links import photo_link
from handoff.store.tables.preferences import agent_preference
from handoff.store.tables.provider_read import provider_read
from handoff.store.tables.routing import (
    agent_routing,
    call_back,
    offer,
    on_call_alarm,
    presence,
    watch,
)
from handoff.store.tables.service import service_clock
from handoff.store.tables.staff import access_log, agent, agent_session, read_mark
from handoff.store.tables.talk import access_token, choice, conversation, inbound_receipt, message
from handoff.store.tables.windows import reply_window
from handoff.store.tables.work import delivery, job, opt_out
from handoff.store.tables.writing import agent_draft, canned_reply, mention

__all__ = [
    "NAMES",
    "UtcDateTime",
    "access_log",
    "access_token",
    "agent",
    "agent_draft",
    "agent_preference",
    "agent_routing",
    "agent_session",
    "assignment",
    "assistant_session",
    "backup_code",
    "building_fault",
    "call_back",
    "caller",
    "canned_reply",
    "choice",
    "content_edit",
    "conversation",
    "conversation_label",
    "delivery",
    "fault_report",
    "half_login",
    "identity_code",
    "identity_origin",
    "identity_try",
    "inbound_receipt",
    "job",
    "kept_request",
    "label",
    "media_file",
    "mention",
    "message",
    "metadata",
    "offer",
    "on_call_alarm",
    "opinion",
    "opt_out",
    "person_link",
    "photo_link",
    "portal_visit",
    "presence",
    "promise",
    "provider_read",
    "read_mark",
    "relatie_link",
    "reply_window",
    "saved_view",
    "second_factor",
    "service_clock",
    "sign_on_attempt",
    "sign_on_identity",
    "snooze",
    "topic_correction",
    "turn",
    "verification",
    "verified_address",
    "watch",
]
