"""Pages for when something is in the way, and the two addresses that machines ask."""

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.home.web.areas import roles_for
from lms.people.models import Person
from lms.people.queries import role_line


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400. Knows nobody: what is wrong may be the very cookie that says who it is."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403. Names the role the page belongs to, the ones the person has, and whom to ask."""
    roles = roles_for(request.resolver_match.view_name) if request.resolver_match else ()
    person = getattr(request, "user", None)
    if not roles or not isinstance(person, Person):
        return render(request, "403.html", status=403)
    context = {"roles": [role.label for role in roles], "held": role_line(person)}
    return render(request, "home/forbidden.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500. Asks no database and no session: either may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old: mostly a page left open past the session."""
    template = "session_expired.html" if not request.user.is_authenticated else "403_csrf.html"
    return render(request, template, status=403)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready for traffic: the database answers, migrations are done, the cache works."""
    checks = {"database": _database, "migrations": _migrations, "cache": _cache}
    results: dict[str, str] = {}
    for name, check in checks.items():
        try:
            results[name] = "ok" if check() else "not ready"
        except Exception as error:  # any failure of a dependency means "not ready"
            results[name] = type(error).__name__
    ready = set(results.values()) == {"ok"}
    return JsonResponse(results, status=200 if ready else 503)


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _cache() -> bool:
    cache.set("readyz", "1", 5)
    return bool(cache.get("readyz") == "1")


@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    return render(request, "signed_out.html")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Kept by the service worker and shown when the network is gone."""
    return render(request, "offline.html")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker must come from the root to be allowed to answer for every page."""
    script = settings.BASE_DIR / "frontend" / "dist" / "service-worker.js"
    if not script.exists():
        return HttpResponse("", status=404)
    response = HttpResponse(script.read_bytes(), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = "/"
    return response
