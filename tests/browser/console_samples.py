"""Conversations as a desk sees them on a normal morning. All people are made up."""

from tests.browser.fake_console import FakeConsole
from tests.browser.fake_console_state import ago

WAITING = "TB-1042"
URGENT = "TB-1047"
MINE = "TB-1039"
COLLEAGUE = "TB-1036"
ASSISTANT = "TB-1050"


def fill(console: FakeConsole) -> None:
    for one in (waiting, urgent, mine, colleague, assistant):
        one(console)


def waiting(console: FakeConsole) -> None:
    console.add(
        WAITING,
        topic="rent_payment_date",
        topic_title="Wanneer u de huur betaalt",
        reason="not_understood",
        reason_label="De assistent begreep het niet",
        waiting_since=ago(minutes=4, seconds=12),
        opened_at=ago(minutes=11),
    )
    said = [
        ("bot", "Goedemorgen. Ik ben de digitale assistent van Woonplek. Waar gaat het over?", 11),
        ("tenant", "kan mijn huur een week later dit keer", 10),
        (
            "bot",
            "U betaalt de huur vooruit. Uw huur moet voor de eerste van de maand binnen zijn.",
            10,
        ),
        ("tenant", "dat weet ik maar mijn loon komt pas de 6e", 8),
        ("bot", "Ik weet niet zeker of ik u goed begrijp. Bedoelt u een van deze?", 8),
        ("tenant", "nee. ik wil gewoon iemand spreken", 5),
    ]
    choices = [
        {"id": "c1", "title": "Wanneer u de huur betaalt"},
        {"id": "c2", "title": "Hulp bij een achterstand"},
        {"id": "c3", "title": "Iets anders"},
    ]
    for author, text, minutes in said:
        offered = choices if "Bedoelt u" in text else None
        console.put(WAITING, author, text, at=ago(minutes=minutes), choices=offered)
    console.put(
        WAITING,
        "system",
        "Overgedragen aan een medewerker",
        kind="event",
        at=ago(minutes=4),
        visibility="tenant",
    )
    console.brief(
        WAITING,
        reason="not_understood",
        reason_label="De assistent begreep het niet",
        note="Huurder wil de huur een week later betalen omdat het loon later komt.",
        tried=[
            {
                "at": ago(minutes=10),
                "tenant": "kan mijn huur een week later dit keer",
                "intent": "rent_payment_date",
                "topic_title": "Wanneer u de huur betaalt",
                "confidence": 0.71,
                "outcome": "answered",
                "outcome_label": "Antwoord gegeven",
            },
            {
                "at": ago(minutes=8),
                "tenant": "dat weet ik maar mijn loon komt pas de 6e",
                "intent": None,
                "topic_title": None,
                "confidence": 0.31,
                "outcome": "asked_back",
                "outcome_label": "Nagevraagd met drie keuzes",
            },
        ],
        likely=[
            {
                "intent": "rent_arrears_help",
                "title": "Hulp bij een achterstand",
                "confidence": 0.58,
            },
            {
                "intent": "rent_payment_date",
                "title": "Wanneer u de huur betaalt",
                "confidence": 0.31,
            },
            {
                "intent": "rent_payment_methods",
                "title": "Hoe u de huur betaalt",
                "confidence": 0.07,
            },
        ],
        promises=[{"text": "Een medewerker antwoordt vandaag.", "due_at": ago(hours=-6)}],
    )


def urgent(console: FakeConsole) -> None:
    console.add(
        URGENT,
        urgent=True,
        urgent_kind="gas",
        queue="spoed",
        reason="urgent",
        reason_label="Spoed",
        topic="emergency_gas",
        topic_title="Gaslucht in huis",
        waiting_since=ago(seconds=38),
        opened_at=ago(minutes=1),
        unread=1,
    )
    console.put(URGENT, "tenant", "het ruikt naar gas in de keuken", at=ago(seconds=50))
    console.put(
        URGENT,
        "bot",
        "Doe het gas dicht en ga naar buiten. Bel buiten 0800 9009.",
        at=ago(seconds=49),
    )
    console.brief(URGENT, reason="urgent", reason_label="Spoed", urgent_kind="gas")


def mine(console: FakeConsole) -> None:
    console.add(
        MINE,
        topic="repair_report",
        topic_title="Een reparatie melden",
        queue="reparaties",
        reason="policy",
        reason_label="Dit onderwerp doet een medewerker",
        waiting_since=ago(minutes=31),
        opened_at=ago(minutes=40),
    )
    console.put(MINE, "tenant", "De kraan in de badkamer lekt al sinds gisteren.", at=ago(days=1))
    console.put(MINE, "bot", "In welke ruimte is het?", at=ago(minutes=39))
    console.put(MINE, "tenant", "badkamer", at=ago(minutes=38))
    console.put(
        MINE,
        "agent",
        "Vorige week is hier ook al een monteur geweest.",
        kind="note",
        name="Fatma Yilmaz",
        visibility="desk",
        at=ago(minutes=33),
    )
    console.put(
        MINE,
        "bot",
        "Bedankt. Wij hebben uw melding ontvangen.",
        kind="withheld",
        visibility="desk",
        at=ago(minutes=30),
    )
    console.put(
        MINE,
        "agent",
        "Goedemorgen, ik kijk even voor u mee.",
        name="Sanne de Wit",
        at=ago(minutes=29),
    )
    console.put(MINE, "tenant", "Dank u wel! Het is nu een hele plas.", at=ago(minutes=2))
    console.take_as(MINE, "sanne")
    fields = [
        ("room", "Ruimte", "Badkamer"),
        ("element", "Onderdeel", "Kraan"),
        ("defect", "Wat is er stuk", "Lekt bij het draaien"),
        ("danger", "Gevaar", "Nee"),
    ]
    console.brief(
        MINE,
        reason="policy",
        reason_label="Dit onderwerp doet een medewerker",
        form={
            "name": "repair_form",
            "fields": [
                {"slot": slot, "label": label, "value": value} for slot, label, value in fields
            ],
        },
        promises=[{"text": "Terugbellen over de monteur.", "due_at": ago(minutes=20)}],
    )


def colleague(console: FakeConsole) -> None:
    console.add(
        COLLEAGUE,
        topic="nuisance_noise",
        topic_title="Geluidsoverlast",
        queue="leefbaarheid",
        waiting_since=ago(minutes=55),
        opened_at=ago(minutes=70),
    )
    console.put(
        COLLEAGUE, "tenant", "Mijn buurman draait elke nacht harde muziek.", at=ago(minutes=57)
    )
    console.put(
        COLLEAGUE,
        "agent",
        "Wat vervelend. Hoe laat begint het meestal?",
        name="Fatma Yilmaz",
        at=ago(minutes=12),
    )
    console.take_as(COLLEAGUE, "fatma")
    console.brief(COLLEAGUE)


def assistant(console: FakeConsole) -> None:
    console.add(
        ASSISTANT,
        state="bot",
        queue=None,
        reason=None,
        reason_label=None,
        term=1,
        waiting_since=None,
        topic="contact_opening_hours",
        topic_title="Openingstijden",
        opened_at=ago(minutes=2),
    )
    console.put(ASSISTANT, "tenant", "Hoe laat zijn jullie open?", at=ago(minutes=1))
    console.put(
        ASSISTANT,
        "bot",
        "Wij zijn open van maandag tot en met vrijdag, 8.30 tot 17.00 uur.",
        at=ago(minutes=1),
    )
