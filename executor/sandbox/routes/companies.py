"""Companies: their About and their posts, on the classic page, the only one described (2026-10)."""

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from executor.sandbox.companies import Company
from executor.sandbox.entry import PageVisitor
from executor.sandbox.routes.posts import post_list
from executor.sandbox.shell import shell
from executor.sandbox.stage import OnStage, Stage

router = APIRouter()

_POSTS_AT_ONCE = 4
_QUERY = "organizationDashCompaniesByUniversalName"
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4"/></svg>'
)


@router.get("/company/unavailable/")
async def unavailable(account: PageVisitor, stage: OnStage) -> HTMLResponse:
    """Stand in for every company that is not there (2026)."""
    return stage.look.page("company_unavailable.html", stage.world.language(account))


@router.get("/dms/image/{_size}/{_token}")
async def picture(_size: str, _token: str) -> Response:
    """Serve every logo."""
    return Response(_PICTURE, media_type="image/svg+xml")


@router.get("/company/{wanted}/")
@router.get("/company/{wanted}")
@router.get("/company/{wanted}/about/")
@router.get("/company/{wanted}/about")
async def about(wanted: str, request: Request, account: PageVisitor, stage: OnStage) -> Response:
    """Show what a company tells of itself; other names of it lead to its slug."""
    company = _company(stage, wanted)
    if isinstance(company, Response):
        return company
    if _has_moved(stage, company, wanted):
        return RedirectResponse(f"/company/{quote(company.slug, safe='')}/about/", 302)
    world, origin = stage.world, str(request.base_url).rstrip("/")
    others = world.companies.others(company)[:2] if world.toggles.decoys else []
    included = [each for one in (*others, company) for each in one.embedded(origin)]
    return stage.look.page(
        "company.html",
        world.language(account),
        company=company,
        others=others,
        origin=origin,
        pieces=[
            {"included": [company.mention]},
            {"data": {"data": {_QUERY: {"*elements": [company.urn]}}}, "included": included},
        ],
        **shell(stage, account, page="company"),
    )


@router.get("/company/{wanted}/posts/")
@router.get("/company/{wanted}/posts")
async def posts(wanted: str, account: PageVisitor, stage: OnStage) -> Response:
    """Show what a company has posted, newest first, more with each scroll."""
    company = _company(stage, wanted)
    if isinstance(company, Response):
        return company
    if _has_moved(stage, company, wanted):
        return RedirectResponse(f"/company/{quote(company.slug, safe='')}/posts/", 302)
    return post_list(stage, account, company, at_once=_POSTS_AT_ONCE)


def _company(stage: Stage, wanted: str) -> Company | Response:
    company = stage.world.companies.at(wanted)
    if company is None or company.gone:
        return RedirectResponse("/company/unavailable/", 302)
    return company


def _has_moved(stage: Stage, company: Company, wanted: str) -> bool:
    stays = wanted == company.id and stage.world.toggles.company_ids_stay
    return wanted.lower() != company.slug and not stays
