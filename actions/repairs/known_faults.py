"""What staff confirmed of a building, and counting what neighbours report. At the edge."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from actions.backoffice.values import Eenheid
from actions.repairs.lexicon import lexicon
from actions.repairs.request import defect_of, fault_place, is_shared
from actions.services import KnownFault, Services

logger = logging.getLogger(__name__)


async def fault_told(
    services: Services, home: Eenheid, known: Mapping[str, str]
) -> KnownFault | None:
    """The fault of this complex that fits the report, if staff confirmed one."""
    if services.faults is None or home.cluster is None:
        return None
    defect, place = defect_of(known, lexicon()).soort, fault_place(known, lexicon())
    found = await services.faults.told(home.cluster, defect, place)
    return found[0] if found else None


async def count_report(
    services: Services, home: Eenheid, known: Mapping[str, str], session: str
) -> None:
    """One more report of something that neighbours may share. Never undoes the report itself."""
    if services.faults is None or home.cluster is None or not is_shared(known, lexicon()):
        return
    defect, place = defect_of(known, lexicon()).soort, fault_place(known, lexicon())
    try:
        await services.faults.reported(home.cluster, defect, place, session)
    except Exception as failed:
        logger.error("a report of a building was not counted: %s", type(failed).__name__)
