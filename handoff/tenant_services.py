"""What actions may ask of the hub, put together: back office, identity, requests that wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from actions.backoffice.port import BackOffice
from actions.backoffice.registry import connector_for
from actions.repairs.lexicon import lexicon
from actions.services import Identity, Services
from handoff.clock import Clock
from handoff.corporation import read_corporation
from handoff.counter import Counter
from handoff.hints import Hints
from handoff.kept_requests.keeping import KEPT, Keeping
from handoff.known_faults.faults import Faults
from handoff.ledger import Job, Store
from handoff.report_photos import ReportPhotos
from handoff.settings import Settings

_CORPORATION = Path(__file__).resolve().parents[1] / "corporation.yml"


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


@dataclass(frozen=True, slots=True)
class OfficeDesk:
    """What the hub itself keeps beside the back office, for tenants and for staff."""

    back_office: BackOffice | None
    kept: Keeping
    faults: Faults
    photos: ReportPhotos

    @property
    def handlers(self) -> Mapping[str, Callable[[Job], Awaitable[None]]]:
        """The kinds of job it does."""
        return {KEPT: self.kept.run}


def office_desk(
    settings: Settings,
    back_office: BackOffice | None,
    store: Store,
    counter: Counter,
    clock: Clock,
    hints: Hints,
) -> OfficeDesk:
    give_up = timedelta(hours=settings.backoffice.give_up_hours)
    threshold = read_corporation(_CORPORATION).building_faults
    return OfficeDesk(
        back_office,
        Keeping(store, back_office, counter, clock, hints, give_up),
        Faults(store, counter, clock, hints, threshold, _defect_label),
        ReportPhotos(store, clock),
    )


def tenant_services(desk: OfficeDesk, clock: Clock, identity: Identity | None = None) -> Services:
    return Services(clock.now, desk.back_office, identity, desk.kept, desk.faults, desk.photos)


def _defect_label(code: str) -> str:
    return next((one.label for one in lexicon().defects if one.code == code), "")
