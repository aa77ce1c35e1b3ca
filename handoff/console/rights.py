"""Who may do what: a role gives rights, and every address of the console asks for one.

What is not declared here is refused. Nobody has a right because nobody thought of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    """What a member of staff may do. A role is a set of these."""

    NONE_NEEDED = "none_needed"
    """For everybody, also who is not logged in: the ways in and out."""
    BE_STAFF = "be_staff"
    """For everybody who is logged in: what is about themselves only."""
    READ_CONVERSATIONS = "read_conversations"
    ANSWER = "answer"
    ASSIGN_OTHERS = "assign_others"
    READ_FLAGS = "read_flags"
    """Warnings about tenants, such as debt or aggression. They colour how one is met: few need
    them."""
    READ_REPORTS = "read_reports"
    EDIT_CONTENT = "edit_content"
    APPROVE_CONTENT = "approve_content"
    READ_ACCESS_LOG = "read_access_log"
    MANAGE_STAFF = "manage_staff"
    MANAGE_SETTINGS = "manage_settings"


class Role(StrEnum):
    AGENT = "agent"
    LEAD = "lead"
    EDITOR = "editor"
    PRIVACY_OFFICER = "privacy_officer"
    ADMIN = "admin"


_ANSWERING = frozenset({Right.READ_CONVERSATIONS, Right.ANSWER})
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.AGENT: _ANSWERING,
    Role.LEAD: _ANSWERING
    | {Right.ASSIGN_OTHERS, Right.READ_FLAGS, Right.READ_REPORTS, Right.APPROVE_CONTENT},
    # Editors read each other's work; nobody approves the own edit.
    Role.EDITOR: frozenset({Right.EDIT_CONTENT, Right.APPROVE_CONTENT}),
    Role.PRIVACY_OFFICER: frozenset({Right.READ_ACCESS_LOG}),
    # Runs the installation; that is no reason to read what tenants write.
    # Reports count conversations; nobody's words are in them.
    Role.ADMIN: frozenset(
        {Right.ASSIGN_OTHERS, Right.READ_REPORTS, Right.MANAGE_STAFF, Right.MANAGE_SETTINGS}
    ),
}


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """All that these roles give together. An unknown role gives nothing."""
    known = [Role(role) for role in roles if role in set(Role)]
    return frozenset({Right.BE_STAFF}).union(*(_RIGHTS[role] for role in known))


@dataclass(frozen=True, slots=True)
class _Rule:
    path: str
    """Of the address after ``/console/api``: this one, and what is below it."""
    right: Right
    methods: frozenset[str] = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})

    def covers(self, method: str, path: str) -> bool:
        return method in self.methods and (path == self.path or path.startswith(self.path + "/"))


_READ = frozenset({"GET", "HEAD"})
# The first that covers an address decides.
_RULES = (
    _Rule("/login", Right.NONE_NEEDED),
    _Rule("/logout", Right.NONE_NEEDED),
    _Rule("/sso", Right.NONE_NEEDED),
    _Rule("/me", Right.BE_STAFF),
    _Rule("/staff", Right.MANAGE_STAFF),
    _Rule("/access-log", Right.READ_ACCESS_LOG),
    _Rule("/conversations/{id}/tenant-card/flags", Right.READ_FLAGS, _READ),
    _Rule("/conversations", Right.READ_CONVERSATIONS, _READ),
    _Rule("/conversations", Right.ANSWER),
    _Rule("/files", Right.READ_CONVERSATIONS, _READ),
    _Rule("/events", Right.READ_CONVERSATIONS, _READ),
    _Rule("/search", Right.READ_CONVERSATIONS, _READ),
    _Rule("/lists", Right.READ_CONVERSATIONS, _READ),
    _Rule("/viewing", Right.READ_CONVERSATIONS, _READ),
    _Rule("/mentions", Right.READ_CONVERSATIONS),
    _Rule("/answers", Right.READ_CONVERSATIONS, _READ),
    _Rule("/views", Right.READ_CONVERSATIONS),
    _Rule("/faults", Right.READ_CONVERSATIONS, _READ),
    _Rule("/faults", Right.ANSWER),
    _Rule("/kept-requests", Right.READ_CONVERSATIONS, _READ),
    # Shared by all who answer; the work itself asks for a lead.
    _Rule("/labels", Right.ASSIGN_OTHERS),
    _Rule("/plain-check", Right.BE_STAFF),
    _Rule("/preferences", Right.BE_STAFF),
    _Rule("/presence", Right.ANSWER),
    _Rule("/offers", Right.ANSWER),
    _Rule("/colleagues", Right.ASSIGN_OTHERS, frozenset({"PUT", "POST", "PATCH", "DELETE"})),
    _Rule("/colleagues", Right.READ_CONVERSATIONS, _READ),
    _Rule("/reports", Right.READ_REPORTS, _READ),
    _Rule("/opinions", Right.READ_REPORTS, _READ),
    _Rule("/service", Right.READ_REPORTS, _READ),
    _Rule("/content/approve", Right.APPROVE_CONTENT),
    _Rule("/content/try", Right.APPROVE_CONTENT),
    _Rule("/content", Right.APPROVE_CONTENT, _READ),
    _Rule("/content", Right.EDIT_CONTENT),
    _Rule("/settings", Right.MANAGE_SETTINGS),
)
API = "/console/api"


def right_for(method: str, path: str) -> Right | None:
    """The right that this address asks for; None when nobody declared one.

    ``path``: as the route is written, for example ``/console/api/conversations/{id}``.
    """
    below = path.removeprefix(API)
    return next((rule.right for rule in _RULES if rule.covers(method, below)), None)
