"""Picks the assistant that answers: Rasa or the scripted one, with a second reader or without."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from actions.services import Services
from bot.masking import Masking
from bot.port import Assistant
from bot.rasa_client import RasaClient
from bot.scripted import Scripted
from bot.second_reader import OpenAIReader, ReaderAddress, SecondReading, instruction
from bot.server_process import RasaServer, newest_model
from handoff.actions_server import ActionsServer, free_port
from handoff.policy import Catalogue
from handoff.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
# Shorter than a turn's own patience, so that the breaker counts a server that hangs.
_CLIENT_PATIENCE = 7.5


def start_assistant(
    settings: Settings,
    render: Callable[[str], str],
    catalogue: Catalogue,
    services: Services,
) -> tuple[Assistant, RasaServer | None, ActionsServer | None]:
    if settings.bot == "scripted":
        return Scripted.from_file(ROOT / settings.scripted_file), None, None
    secret = secrets.token_urlsafe(32)
    actions = ActionsServer(secret, services)
    model = newest_model(ROOT / settings.models)
    log_file = settings.data_dir / "logs" / "rasa.log"
    rasa = RasaServer(model, free_port(), secret, actions.url, log_file)
    client = RasaClient(rasa.url, secret, _CLIENT_PATIENCE, render=render)
    return _with_second_reader(client, settings, catalogue), rasa, actions


def _with_second_reader(
    assistant: Assistant, settings: Settings, catalogue: Catalogue
) -> Assistant:
    chosen = settings.second_reader
    if not chosen.url:
        return assistant
    address = ReaderAddress(chosen.url, chosen.model, chosen.key.get_secret_value())
    reader = OpenAIReader(address, instruction(ROOT / "data" / "second_reader.yml"))
    masking = Masking.load(ROOT / "data" / "masking.yml")
    titles = {name: topic.title for name, topic in catalogue.items() if topic.offered}
    return SecondReading(assistant, reader, masking, titles)
