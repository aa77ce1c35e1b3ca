"""Staff say whom a conversation is about. The tenant gets no level of identity by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.backoffice.errors import BackOfficeDown, NotAllowed, NotFound
from actions.backoffice.values import Relatie
from actions.backoffice.verification import RelatieId
from handoff.console.tenant_card import About, TenantCard, about_whom
from handoff.console.work import found
from handoff.http_errors import ApiError
from handoff.ledger import Ledger
from handoff.model import Agent, ConversationId


@dataclass(frozen=True, slots=True)
class PeopleWork:
    card: TenantCard

    async def at(
        self, agent: Agent, id: ConversationId, postcode: str, number: int
    ) -> Sequence[Relatie]:
        """Everybody with a running contract at this address. Leaves a line in the access log.

        Raises:
            ApiError: 404 for an unknown conversation, 503 when the back office gives no answer.
        """
        office = self.card.connected()

        def work(ledger: Ledger) -> None:
            found(ledger, id)
            self.card.log(ledger, agent, id, "card_search")

        await self.card.desk.store.write(work)
        try:
            bare = "".join(postcode.split()).upper()
            return await office.find_at(self.card.as_staff(None), bare, number)
        except (BackOfficeDown, NotAllowed) as down:
            raise ApiError(503, "card_down") from down
        except NotFound:
            return ()

    async def link(self, agent: Agent, id: ConversationId, relatie: RelatieId) -> About:
        """From now on the conversation is about this person, until somebody undoes it.

        Raises:
            ApiError: 404 for an unknown conversation or person, 503 when it cannot be checked.
        """
        office, clock = self.card.connected(), self.card.desk.clock
        await self.card.desk.store.read(lambda ledger: found(ledger, id))
        try:
            await office.relatie(self.card.as_staff(relatie))
        except NotFound as unknown:
            raise ApiError(404, "card_person_unknown") from unknown
        except (BackOfficeDown, NotAllowed) as down:
            raise ApiError(503, "card_down") from down

        def work(ledger: Ledger) -> About:
            found(ledger, id, lock=True)
            ledger.verifications.link(id, relatie, agent.id, clock.now())
            self.card.log(ledger, agent, id, "card_link", relatie)
            return About(relatie, True, ledger.verifications.of(id))

        return await self.card.desk.store.write(work)

    async def unlink(self, agent: Agent, id: ConversationId) -> About | None:
        """Undo; then it is about who the tenant proved to be, or about nobody.

        Raises:
            ApiError: 404 for an unknown conversation, 409 when staff linked nobody.
        """

        def work(ledger: Ledger) -> About | None:
            found(ledger, id, lock=True)
            linked = ledger.verifications.linked(id)
            if not ledger.verifications.unlink(id):
                raise ApiError(409, "card_not_linked")
            self.card.log(ledger, agent, id, "card_unlink", linked)
            return about_whom(ledger, id)

        return await self.card.desk.store.write(work)
