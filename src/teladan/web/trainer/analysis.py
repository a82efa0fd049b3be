"""The analysis of both tests, item by item: of a cohort, and of a version of a course over all cohorts."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.web.base.requests import actor_of
from teladan.web.trainer.item_lines import VIEWS, form_rows, form_words, line, listed

PAGE_SIZE = 20  # items on one page


@login_required
@require_GET
def items(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The items of both tests as a cohort answered them."""
    actor = actor_of(request)
    found = learning.cohort_analysis(cohort_id, by=actor)
    cohort = learning.cohort(cohort_id, by=actor)
    mine = (cohort.course_key, cohort.course_version)
    version = next((v for v in learning.versions_visible_to(actor) if (v.course.key, v.version) == mine), None)
    context = {"cohort": cohort, "version": version, "may_organise": learning.may_organise(actor)}
    return render(request, "trainer/items.html", {**context, **_shown(request, found)})


@login_required
@require_GET
def version_items(request: HttpRequest, course_key: str, course_version: str) -> HttpResponse:
    """The items of both tests as all cohorts of the agency answered them."""
    found, analysis = learning.version_analysis(course_key, course_version, by=actor_of(request))
    return render(request, "trainer/version_items.html", {"version": found, **_shown(request, analysis)})


def _shown(request: HttpRequest, found: learning.TestAnalysis) -> dict[str, Any]:
    """The part of the analysis that is asked for: one test, the items to look at or all of them, page by page."""
    tests = [key for key in (learning.PRE_TEST, learning.POST_TEST) if key in found.tests]
    test = request.GET.get("tes", "")
    test = test if test in tests else (tests[-1] if tests else "")
    items_ = listed(found, test) if test else []
    told = {"periksa": [i for i in items_ if i.flags], "semua": [i for i in items_ if i.item.is_shown]}
    view = request.GET.get("lihat", "")
    view = view if view in VIEWS else ("periksa" if told["periksa"] else "semua")
    page = Paginator(told[view], PAGE_SIZE).get_page(request.GET.get("hal", "1"))
    kept = found.tests.get(test)
    is_first = test == learning.PRE_TEST
    return {
        "kept": kept,
        "page": page,
        "items": [line(one, found.course, is_first=is_first) for one in page],
        "waiting": len([i for i in items_ if not i.item.is_shown]),
        "tests": [(found.course.tests[key].title, f"?tes={key}", found.tests[key].figures.n) for key in tests],
        "test_url": f"?tes={test}",
        "test_title": found.course.tests[test].title if test else "",
        "views": [(str(label), f"?tes={test}&lihat={key}", len(told[key])) for key, label in VIEWS.items()],
        "view_url": f"?tes={test}&lihat={view}",
        "is_looking": view == "periksa",
        "forms": form_rows(kept) if kept else [],
        "form_words": form_words(kept, found.course.tests[test].pass_mark) if kept else [],
        "fewest": instruments.FEWEST,
        "fewest_for_key": instruments.FEWEST_FOR_KEY,
        "step": found.step,
    }
