"""What actions may ask of the hub, put together: back office, identity, requests that wait."""

from __future__ import annotations

from actions.backoffice.port import BackOffice
from actions.backoffice.registry import connector_for
from actions.services import Services
from handoff.clock import Clock
from handoff.settings import Settings


def back_office_on(settings: Settings, clock: Clock) -> BackOffice | None:
    """The corporation's systems; None where none are connected."""
    chosen = settings.backoffice
    kind = chosen.kind or ("demo" if settings.demo else "none")
    if kind == "none":
        return None
    database = chosen.database_url or f"sqlite:///{settings.data_dir.resolve() / 'demo.sqlite'}"
    given = {
        "url": chosen.url,
        "api_key": chosen.api_key.get_secret_value(),
        "token_url": chosen.token_url,
        "client_id": chosen.client_id,
        "client_secret": chosen.client_secret.get_secret_value(),
        "database_url": database,
        **{f"url_{domain.lower()}": url for domain, url in chosen.urls.items()},
    }
    return BackOffice(connector_for(kind, given, clock.now), clock.now)


def tenant_services(back_office: BackOffice | None, clock: Clock) -> Services:
    return Services(clock.now, back_office)
