"""OAI-PMH 2.0: national and specialised databases harvest the library without copying it by hand."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from courses.models import MediaItem
from courses.oai.answer import Answer, Repository, Resumption
from courses.oai.request import ProtocolError, Question, read_question
from courses.queries.media_harvest import (
    SETS,
    as_record,
    asked_for,
    earliest,
    harvest,
    item_named,
    name_of,
)
from lms.shared import clock

ON_A_PAGE = 100
SALT = "courses.oai"
FORMATS = ("oai_dc",)


@csrf_exempt  # harvesters POST without a session; nothing is written
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Every answer is 200 and XML, errors of the protocol too."""
    given = request.POST if request.method == "POST" else request.GET
    answer = Answer(_address(), _arguments(given), clock.now())
    pairs = [(name, value) for name, values in given.lists() for value in values]
    try:
        question = read_question(pairs, formats=FORMATS, sets=tuple(SETS), state_of=_state_of)
        _fill(answer, question)
    except ProtocolError as problem:
        answer.error(problem)
    return HttpResponse(answer.to_bytes(), content_type="text/xml; charset=utf-8")


def _fill(answer: Answer, question: Question) -> None:
    match question.verb:
        case "Identify":
            answer.identify(_repository())
        case "ListMetadataFormats":
            if question.identifier:
                _item(question)
            answer.formats(_repository())
        case "ListSets":
            answer.sets({str(spec): name for spec, name in SETS.items()})
        case "GetRecord":
            answer.record(as_record(_item(question)))
        case _:
            _list(answer, question)


def _list(answer: Answer, question: Question) -> None:
    items = harvest(question, ON_A_PAGE + 1)
    if not items:
        raise ProtocolError("noRecordsMatch", "Nothing fits these dates and this set.")
    page, goes_on = items[:ON_A_PAGE], len(items) > ON_A_PAGE
    resumption = None
    if goes_on or question.after is not None:
        total = question.total if question.total is not None else asked_for(question).count()
        token = ""
        if goes_on:
            last = (page[-1].changed_at.isoformat(), page[-1].pk)
            token = signing.dumps(question.state(last, question.given + len(page), total), salt=SALT)
        resumption = Resumption(token, total, question.given)
    records = [as_record(item) for item in page]
    (answer.records if question.verb == "ListRecords" else answer.identifiers)(records, resumption)


def _item(question: Question) -> MediaItem:
    found = item_named(question.identifier)
    if found is None:
        raise ProtocolError("idDoesNotExist", "No record has this identifier.")
    return found


def _repository() -> Repository:
    return Repository(
        name="Lan Tỏa – Kho tài nguyên truyền thông số",
        address=_address(),
        email=settings.OAI_EMAIL,
        namespace=settings.OAI_NAMESPACE,
        earliest=earliest(),
        sample=name_of(1),
    )


def _address() -> str:
    return f"{settings.SITE_URL}{reverse('courses:oai')}"


def _arguments(given: QueryDict) -> dict[str, str]:
    return {name: values[0] for name, values in given.lists() if len(values) == 1 and name.isalpha()}


def _state_of(token: str) -> dict[str, Any] | None:
    """Only tokens that we signed: they cannot ask for anything a first request could not."""
    try:
        state = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return state if isinstance(state, dict) else None
