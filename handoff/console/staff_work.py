"""What an administrator does with accounts: each step one transaction, noted in the access log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from bot.topic import QUEUES
from handoff.clean_text import clean_text
from handoff.clock import Clock
from handoff.console.account_schemas import MemberChange, MemberView, NewMember
from handoff.console.rights import Role
from handoff.console.sessions import hash_password
from handoff.http_errors import ApiError
from handoff.ledger import Ledger, Store
from handoff.ledger.accounts import Looked, LookedFor, Member
from handoff.model import Agent, AgentId, ConversationId
from handoff.passwords import readable_password
from handoff.routing.values import Skills

_NO_TALK = ConversationId("*")
"""In the log: of no one conversation."""


@dataclass(frozen=True, slots=True)
class StaffWork:
    store: Store
    clock: Clock

    async def members(self) -> Sequence[MemberView]:
        def work(ledger: Ledger) -> Sequence[MemberView]:
            return [_view(ledger, member) for member in ledger.accounts.members()]

        return await self.store.read(work)

    async def add(self, admin: Agent, new: NewMember) -> tuple[MemberView, str]:
        """A new account with a password of ours, to hand over.

        Raises:
            ApiError: 409 when the login is taken, 422 when a name is empty.
        """
        login, name = clean_text(new.login), clean_text(new.name)
        if not login or not name:
            raise ApiError(422, "bad_request")
        password = readable_password()
        hashed = await asyncio.to_thread(hash_password, password)
        agent = Agent(AgentId(uuid4().hex), login, name, _roles(new.roles))

        def work(ledger: Ledger) -> MemberView:
            if any(one.agent.login == login for one in ledger.accounts.members()):
                raise ApiError(409, "login_taken")
            ledger.staff.put(agent, hashed)
            self._log(ledger, admin, "staff_add")
            return _view(ledger, _found(ledger, agent.id))

        return await self.store.write(work), password

    async def change(self, admin: Agent, id: AgentId, change: MemberChange) -> MemberView:
        """Name, roles, skills, active or not. Who is not active any more is out at once.

        Raises:
            ApiError: 404; 409 for taking away the last administrator; 422 for an unknown queue.
        """
        name, roles = clean_text(change.name), _roles(change.roles)
        if not name or not set(change.queues) <= QUEUES:
            raise ApiError(422, "bad_request")

        def work(ledger: Ledger) -> MemberView:
            known = _found(ledger, id)
            if _runs(known) and not (change.active and Role.ADMIN in roles):
                _keep_one_administrator(ledger, id)
            ledger.accounts.change(id, name, roles, change.active)
            ledger.routing.attendance.put_skills(
                id, Skills(frozenset(change.queues), change.capacity)
            )
            self._log(ledger, admin, "staff_change")
            return _view(ledger, _found(ledger, id))

        return await self.store.write(work)

    async def new_password(self, admin: Agent, id: AgentId) -> tuple[MemberView, str]:
        password = readable_password()
        hashed = await asyncio.to_thread(hash_password, password)

        def work(ledger: Ledger) -> MemberView:
            known = _found(ledger, id)
            if not known.active:
                raise ApiError(409, "agent_inactive")
            # Not active for a moment: that ends the sessions the old password began.
            ledger.accounts.change(id, known.agent.name, known.agent.roles, False)
            ledger.staff.put(known.agent, hashed)
            self._log(ledger, admin, "staff_password")
            return _view(ledger, _found(ledger, id))

        return await self.store.write(work), password

    async def drop_second_factor(self, admin: Agent, id: AgentId) -> None:
        def work(ledger: Ledger) -> None:
            _found(ledger, id)
            ledger.accounts.drop_second_factor(id)
            self._log(ledger, admin, "staff_second_factor")

        await self.store.write(work)

    async def looked(
        self, agent: Agent, asked: LookedFor, limit: int, offset: int, what: str = "access_log"
    ) -> Sequence[Looked]:
        """Readings, newest first. Looking here is noted as well."""

        def work(ledger: Ledger) -> Sequence[Looked]:
            found = ledger.accounts.looked(asked, limit, offset)
            self._log(ledger, agent, what)
            return found

        return await self.store.write(work)

    def _log(self, ledger: Ledger, admin: Agent, what: str) -> None:
        ledger.desk.log_access(admin.id, _NO_TALK, what, self.clock.now())


def _roles(asked: Sequence[Role]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if role in asked)


def _runs(member: Member) -> bool:
    return member.active and Role.ADMIN in member.agent.roles


def _keep_one_administrator(ledger: Ledger, leaving: AgentId) -> None:
    if not any(_runs(one) and one.agent.id != leaving for one in ledger.accounts.members()):
        raise ApiError(409, "last_admin")


def _found(ledger: Ledger, id: AgentId) -> Member:
    member = ledger.accounts.member(id)
    if member is None:
        raise ApiError(404, "agent_unknown")
    return member


def _view(ledger: Ledger, member: Member) -> MemberView:
    agent = member.agent
    skills = ledger.routing.attendance.skills(agent.id)
    return MemberView(
        id=agent.id,
        login=agent.login,
        name=agent.name,
        roles=list(agent.roles),
        active=member.active,
        has_second_factor=member.has_second_factor,
        has_password=member.has_password,
        queues=sorted(skills.queues),
        capacity=skills.capacity,
    )
