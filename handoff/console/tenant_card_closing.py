"""A contact moment at the end of a conversation, written with the closing in one transaction."""

from __future__ import annotations

from dataclasses import dataclass

from actions.backoffice.values import NewContactmoment
from handoff.console.tenant_card import TenantCard, about_whom
from handoff.console.tenant_card_prepared import contact_of
from handoff.console.work import Also
from handoff.ledger import Ledger
from handoff.model import Agent, Conversation


@dataclass(frozen=True, slots=True)
class ClosingContact:
    card: TenantCard

    def with_wish(self, agent: Agent, wish: bool | None) -> Also:
        """``wish`` of who closes; None is as the corporation set it. Without a back office, or
        while nobody knows whom the conversation is about, nothing is written."""
        asked = self.card.at_close == "always" if wish is None else wish

        def also(ledger: Ledger, talk: Conversation) -> None:
            about = about_whom(ledger, talk.id)
            never = self.card.at_close == "never" or self.card.back_office is None
            if not asked or never or about is None:
                return
            counter = self.card.desk.counter
            messages = ledger.messages.after(talk.id, 0)
            told = contact_of(talk, messages, counter.catalogue, counter.words)
            new = NewContactmoment(told.subject, told.text, told.channel, told.direction)
            # Closed again after it was opened again: that is another contact.
            key = f"staff-{talk.id}-closed-{talk.term}"
            self.card.kept.keep_for_staff(ledger, talk.id, about.relatie, new, key)
            self.card.log(ledger, agent, talk.id, "card_do_contact", about.relatie)

        return also
