"""The control API under `/_sandbox`: tests set the world and the faults, and read the ledger."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from executor.sandbox import control_world
from executor.sandbox.faults import Fault
from executor.sandbox.labels import languages
from executor.sandbox.ledger import Kind, LedgerEntry
from executor.sandbox.people import Relation
from executor.sandbox.stage import OnStage, Stage
from executor.sandbox.visits import Visit


def control_app(stage: Stage) -> FastAPI:
    """Build the control API of *stage*, with its own documentation at `docs`."""
    app = FastAPI(
        title="Sandbox control",
        description="Sets the sandbox's world and faults, and reads what was really delivered.",
        dependencies=[Depends(_from_here)],
    )
    app.state.stage = stage
    app.include_router(control_world.router)
    app.add_api_route("/health", _health, methods=["GET"])
    app.add_api_route("/reset", _reset, methods=["POST"], status_code=204)
    app.add_api_route("/faults", _list_faults, methods=["GET"])
    app.add_api_route("/faults", _arm_fault, methods=["POST"], status_code=201)
    app.add_api_route("/faults", _disarm_faults, methods=["DELETE"], status_code=204)
    app.add_api_route("/ledger", _ledger, methods=["GET"])
    app.add_api_route("/visits", _visits, methods=["GET"])
    app.add_api_route("/visits", _forget_visits, methods=["DELETE"], status_code=204)
    app.add_api_route("/", _landing, methods=["GET"], include_in_schema=False)
    return app


async def _from_here(request: Request) -> None:
    """Refuse other sites: a page elsewhere must not drive the sandbox through a browser."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "The control API answers only its own origin.")


async def _health(stage: OnStage) -> dict[str, object]:
    """Tell that the sandbox runs, and in which languages it can show itself."""
    return {
        "ok": True,
        "build": stage.look.build,
        "people": len(stage.world.people),
        "accounts": len(stage.world.accounts),
        "deliveries": len(stage.world.ledger.entries()),
        "languages": languages(),
    }


async def _reset(stage: OnStage) -> None:
    """Return to the default world, without ledger, faults and visits."""
    stage.reset()


async def _list_faults(stage: OnStage) -> list[Fault]:
    """List the armed faults with what is left of them."""
    return stage.faults.listing()


async def _arm_fault(fault: Fault, stage: OnStage) -> Fault:
    """Arm one fault; the first armed one that matches a request happens."""
    return stage.faults.arm(fault)


async def _disarm_faults(
    stage: OnStage, number: Annotated[int | None, Query(alias="id")] = None
) -> None:
    """Disarm one fault, or all of them."""
    stage.faults.disarm(number)


async def _ledger(
    stage: OnStage,
    kind: Kind | None = None,
    recipient: str | None = None,
    account: int | None = None,
) -> list[LedgerEntry]:
    """List what was really delivered, oldest first."""
    return stage.world.ledger.entries(kind=kind, recipient=recipient, account=account)


async def _visits(stage: OnStage, account: int | None = None, prefix: str = "") -> list[Visit]:
    """List the pages opened and calls made, oldest first."""
    return stage.visits.listing(account=account, prefix=prefix)


async def _forget_visits(stage: OnStage) -> None:
    """Empty the list of visits."""
    stage.visits.clear()


async def _landing(stage: OnStage) -> HTMLResponse:
    """Show a developer the ledger, the accounts and where to begin."""
    world = stage.world
    examples = {relation: world.people_in(relation)[:3] for relation in Relation}
    entries = world.ledger.entries()[-50:][::-1]
    return stage.look.page("landing.html", "en", world=world, entries=entries, examples=examples)
