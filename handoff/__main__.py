"""``python -m handoff``: serve the product, look what is missing, or add a member of staff."""

from __future__ import annotations

import argparse
import asyncio
import fcntl
import getpass
import json
import logging
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
import uvicorn
from pydantic import ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.server_process import RASA, ROOT, NoModel, newest_model
from channels.registry import channel_classes
from handoff.app import Product, clock_of, make_app, put_together
from handoff.console.sessions import hash_password
from handoff.demo.phones import phones_for
from handoff.demo.routes import PAGE as PHONES_PAGE
from handoff.doctor import Premises, diagnose
from handoff.seed import put_agent
from handoff.settings import Settings
from handoff.store.engine import make_engine
from handoff.tenant_services import back_office_on

_DRAIN_SECONDS = 5
_CONNECT_SECONDS = "5"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m handoff", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("serve", help="run the product (the default)")
    commands.add_parser("doctor", help="say what is on, what is off and what is missing")
    commands.add_parser("openapi", help="print the OpenAPI description")
    add = commands.add_parser("add-agent", help="add a member of staff, or set a new password")
    add.add_argument("login")
    add.add_argument("name")
    add.add_argument("--role", action="append", default=None, help="agent (default), lead, ...")
    arguments = parser.parse_args()
    try:
        settings = Settings()
    except ValidationError as wrong:
        return _refuse(
            f"a setting is wrong: {wrong.errors()[0]['loc']}: {wrong.errors()[0]['msg']}"
        )
    if arguments.command == "doctor":
        return _examine(settings)
    os.umask(0o077)  # what tenants write is for nobody else on this machine
    _set_up_logs(settings.log_level)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    match arguments.command:
        case "openapi":
            return _print_openapi(settings)
        case "add-agent":
            return _add_agent(settings, arguments)
        case _:
            return _serve(settings)


def _serve(settings: Settings) -> int:
    if not _port_is_free(settings.host, settings.port):
        return _refuse(f"port {settings.port} is in use; choose another with PORT=...")
    try:
        with _only_process(settings):
            clock = clock_of(settings)
            phones = phones_for(settings, os.environ, clock)
            office = back_office_on(settings, clock)
            product = put_together(settings, clock=clock, phones=phones, back_office=office)
            asyncio.run(_run(product))
    except NoModel as missing:
        return _refuse(str(missing))
    except KeyboardInterrupt:
        print("Stopped.")
    except BlockingIOError:
        return _refuse(f"another process already runs on {settings.data_dir}; SQLite allows one")
    return 0


async def _run(product: Product) -> None:
    settings = product.settings
    config = uvicorn.Config(
        make_app(product),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
        timeout_keep_alive=30,
    )
    server = uvicorn.Server(config)
    announcing = asyncio.create_task(_announce(product, server, time.monotonic()))
    await server.serve()
    if product.back_office is not None:
        await product.back_office.close()
    announcing.cancel()


async def _announce(product: Product, server: uvicorn.Server, started: float) -> None:
    """Print where everything is, once it can be used."""
    print("Starting: gateway and assistant ...", flush=True)
    while not (server.started and await product.assistant.ready()):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.2)
    base = f"http://{product.settings.host}:{product.settings.port}"
    lines = [f"Ready in {time.monotonic() - started:.1f} s.", ""]
    if product.settings.demo:
        lines.append(f"  Demo corporation with web chat   {base}/")
    if product.phones is not None:
        lines.append(f"  Phones to try every channel      {base}{PHONES_PAGE}")
        if real := ", ".join(product.phones.real):
            lines.append(f"  Real, so without a demo phone    {real}")
    lines += [
        f"  Web chat on a page of its own    {base}/chat",
        f"  Handoff console for staff        {base}/console/",
        f"  OpenAPI description              {base}/openapi.json",
        *_login_lines(product),
        "",
        "Ctrl-C stops everything.",
    ]
    print("\n".join(lines), flush=True)


def _login_lines(product: Product) -> Iterator[str]:
    for login in product.logins:
        if login.password is not None:
            yield f"  Demo login                       {login.login} / {login.password}"
        else:
            yield f"  Demo login                       {login.login} (password: see first start)"
    if any(login.password is None for login in product.logins):
        yield "  Forgotten? Set DEMO_PASSWORD=... and start again."


def _print_openapi(settings: Settings) -> int:
    scripted = settings.model_copy(update={"bot": "scripted", "database_url": "sqlite://"})
    print(json.dumps(make_app(put_together(scripted)).openapi(), indent=2, ensure_ascii=False))
    return 0


def _examine(settings: Settings) -> int:
    """Print what was found; 1 when something that is switched on cannot work. Changes nothing."""
    findings = diagnose(os.environ, channel_classes(), _premises(settings))
    for finding in findings:
        print(finding.line)
    return 0 if all(finding.works for finding in findings) else 1


def _premises(settings: Settings) -> Premises:
    try:
        model = newest_model(ROOT / settings.models).name
    except NoModel:
        model = ""
    name, trouble = _database(settings.store_url)
    rasa = os.access(RASA, os.X_OK)
    return Premises(settings.bot == "rasa", rasa, model, name, trouble, settings.backoffice)


def _database(url: str) -> tuple[str, str]:
    """What kind it is, and why it cannot be used. Never the address: it may hold a password."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return "SQLite", _trouble_with(parsed.database)
        name = parsed.get_backend_name()
    except (SQLAlchemyError, ValueError):
        return "DATABASE_URL", "it is not the address of a database"
    os.environ.setdefault("PGCONNECT_TIMEOUT", _CONNECT_SECONDS)
    try:
        make_engine(url).connect().close()
    except (SQLAlchemyError, ImportError) as failure:
        return name, f"it cannot be reached ({type(failure).__name__})"
    return name, ""


def _trouble_with(file: str | None) -> str:
    """An SQLite file that is not there yet is made at the first start, with its folder."""
    if not file:
        return ""
    place = Path(file)
    while not place.exists():
        place = place.parent
    # SQLite writes beside its file.
    usable = os.access(place, os.W_OK) and os.access(
        place if place.is_dir() else place.parent, os.W_OK
    )
    return "" if usable else "its file or folder is not writable"


def _add_agent(settings: Settings, arguments: argparse.Namespace) -> int:
    password = os.environ.get("AGENT_PASSWORD") or getpass.getpass("Password (12 or more): ")
    if len(password) < 12:
        return _refuse("a password needs at least 12 characters")
    product = put_together(settings.model_copy(update={"bot": "scripted"}))
    roles = tuple(arguments.role or ("agent",))
    product.store.write_now(
        lambda ledger: put_agent(
            ledger, arguments.login, arguments.name, hash_password(password), roles
        )
    )
    print(f"{arguments.name} can log in as {arguments.login}.")
    return 0


@contextmanager
def _only_process(settings: Settings) -> Iterator[None]:
    """SQLite has one writing process; a second one is refused at once."""
    if not settings.on_sqlite:
        yield
        return
    lock_file = Path(settings.data_dir) / "lock"
    with lock_file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _set_up_logs(level: str) -> None:
    logging.basicConfig(level=level, format="%(levelname)s %(name)s %(message)s")
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _refuse(why: str) -> int:
    print(f"Thuisbalie does not start: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
