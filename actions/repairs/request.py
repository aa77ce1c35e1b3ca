"""The Onderhoudsverzoek that a confirmed report becomes, and whether one is there already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from actions.backoffice.values import Defect, Eenheid, NewOnderhoudsverzoek, Onderhoudsverzoek
from actions.dutch_address import Address, find_address
from actions.repairs.lexicon import Lexicon
from actions.repairs.office_words import office_words
from actions.repairs.slots import (
    CARE,
    CONTACT,
    DANGER,
    DEFECT,
    ELEMENT,
    MORE,
    REMARK,
    ROOM,
    SINCE,
    WATER,
    WHEN,
    WORDS,
    intake_words,
)
from actions.repairs.things import one_report
from actions.wording import words_of

UNKNOWN_CODE = "OVE"
"""VERA's "other", as defect and as place."""
URGENT, FIRST, NORMAL = "spoed", "voorrang", "normaal"
_HOME = "WOO"


def homes(eenheden: Iterable[Eenheid]) -> tuple[Eenheid, ...]:
    """What may be repaired: homes; a parking place or storage only where there is no home."""
    every = tuple(eenheden)
    return tuple(each for each in every if each.soort == _HOME) or every


def at_address(told: str, among: Sequence[Eenheid]) -> tuple[Eenheid, ...]:
    """Those that fit the address the tenant told: all of them where none was told."""
    address = find_address(told)
    if address is None:
        return tuple(among)
    return tuple(each for each in among if _is_at(each, address))


def _is_at(eenheid: Eenheid, told: Address) -> bool:
    adres = eenheid.adres
    if adres.postcode != told.postcode:
        return False
    if told.number and adres.huisnummer != told.number:
        return False
    return not told.addition or _bare(adres.toevoeging) == _bare(told.addition)


def _bare(addition: str) -> str:
    return "".join(filter(str.isalnum, addition)).upper()


def shown_address(eenheid: Eenheid) -> str:
    """ "Lindelaan 12 A"; the postcode where the street is not known."""
    adres = eenheid.adres
    return " ".join(
        filter(None, (adres.straat or adres.postcode, str(adres.huisnummer), adres.toevoeging))
    )


def defect_of(known: Mapping[str, str], words: Lexicon) -> Defect:
    """VERA's codes and the tenant's words. What we have no code for is "other"."""
    return Defect(
        words.code_of(words.defects, known.get(DEFECT, "")) or UNKNOWN_CODE,
        words.code_of(words.rooms, known.get(ROOM, "")) or UNKNOWN_CODE,
        told_words(known),
    )


def told_words(known: Mapping[str, str]) -> str:
    """What else the contractor may read: never who is ill or old, only that it goes first."""
    office = office_words()
    lines = (
        ("since", SINCE), ("water", WATER), ("more_broken", MORE), ("remark", REMARK),
        ("own_words", WORDS),
    )  # fmt: skip
    return " ".join(office.line(line, value=known[slot]) for line, slot in lines if known.get(slot))


def description(known: Mapping[str, str]) -> str:
    """The repair in a few words: "kraan, badkamer: druppelt"."""
    told = {slot: known.get(slot, "") for slot in (ROOM, ELEMENT, DEFECT)}
    if told[ELEMENT] == intake_words().no_part_label:
        told[ELEMENT] = ""
    text = office_words().line(
        "description", element=told[ELEMENT], room=told[ROOM], defect=told[DEFECT]
    )
    return text.removeprefix(", ").removesuffix(": ").replace(", :", ":")


def priority(known: Mapping[str, str], words: Lexicon) -> str:
    if known.get(DANGER) == words.answers.yes_label:
        return URGENT
    return FIRST if known.get(CARE) else NORMAL


def new_request(
    known: Mapping[str, str], eenheid: str, photos: Sequence[str], words: Lexicon
) -> NewOnderhoudsverzoek:
    return NewOnderhoudsverzoek(
        eenheid=eenheid,
        omschrijving=description(known),
        defecten=(defect_of(known, words),),
        prioriteit=priority(known, words),
        bereikbaar=known.get(CONTACT, ""),
        voorkeur=known.get(WHEN, ""),
        fotos=tuple(photos),
    )


def already_reported(
    known: Mapping[str, str], eenheid: str, among: Iterable[Onderhoudsverzoek], words: Lexicon
) -> Onderhoudsverzoek | None:
    """An open repair of this home that is about the same, the newest first."""
    same = (
        each
        for each in among
        if each.open and each.eenheid == eenheid and is_same(known, each, words)
    )
    return next(same, None)


def is_same(known: Mapping[str, str], verzoek: Onderhoudsverzoek, words: Lexicon) -> bool:
    """The same place and defect, or the same place and part; never where the parts differ."""
    new, part = defect_of(known, words), _known_part(known, words)
    here = [old for old in verzoek.defecten if old.locatie == new.locatie]
    if not here:
        return False
    said = words_of(" ".join((verzoek.omschrijving, *(old.omschrijving for old in here))))
    other = one_report(said, words).element
    if part and other:
        return part == other
    return new.soort != UNKNOWN_CODE and any(old.soort == new.soort for old in here)


def _known_part(known: Mapping[str, str], words: Lexicon) -> str:
    part = known.get(ELEMENT, "")
    return part if any(entry.label == part for entry in words.elements) else ""


def fault_place(known: Mapping[str, str], words: Lexicon) -> str:
    """The place under which reports of one fault of a building are counted together."""
    shared = office_words().shared_parts.get(known.get(ELEMENT, ""))
    return shared or defect_of(known, words).locatie


def is_shared(known: Mapping[str, str], words: Lexicon) -> bool:
    """Whether neighbours may have the same fault."""
    office = office_words()
    return (
        known.get(ELEMENT, "") in office.shared_parts
        or defect_of(known, words).locatie in office.shared_places
    )


def in_building(known: Mapping[str, str], words: Lexicon) -> bool:
    """Whether it is outside any home: then nobody has to be at home for it."""
    return defect_of(known, words).locatie in office_words().shared_places
