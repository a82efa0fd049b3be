"""The end of the module: feedback, results of both tests, the certificate."""

import re
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel.errors import TeladanError
from teladan.learning import api as learning
from teladan.letters import api as letters
from teladan.rulebook.api import rulebook
from teladan.web.base.requests import actor_of
from teladan.web.employee.forms import FeedbackForm
from teladan.web.employee.modules import next_step, not_yet
from teladan.web.employee.views.desk import whatsapp
from teladan.web.ui.charts import Chart, Pair, pre_post


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """What the participant thinks of the module; the last step before the certificate."""
    actor = actor_of(request)
    study = learning.study(enrolment_id, by=actor)
    if study.stage is learning.Stage.DONE:
        return redirect("employee:result", enrolment_id=enrolment_id)
    if study.stage is not learning.Stage.FEEDBACK:
        raise not_yet(study, _("Umpan balik terbuka setelah Anda lulus Tes Akhir."))
    form = FeedbackForm(request.POST or None, course=study.course)
    if request.method == "POST" and form.is_valid():
        try:
            form.save(enrolment_id, actor)
        except TeladanError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Terima kasih. Sertifikat Anda sudah terbit."))
            return redirect("employee:result", enrolment_id=enrolment_id)
    status = 422 if request.method == "POST" else 200
    context = {"study": study, "course": study.course, "form": form}
    return render(request, "employee/feedback.html", context, status=status)


@dataclass(frozen=True)
class PartLine:
    """One value or behaviour with its wording and both scores as (right, asked); None where it was not asked."""

    key: str
    name: str
    value: str
    pre: tuple[int, int] | None
    post: tuple[int, int] | None


@dataclass(frozen=True)
class RereadLine:
    """What to read again, with the behaviour in words."""

    reread: learning.Reread
    name: str


@login_required
@require_safe
def result(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Both tests in plain words, what to read again, the certificate."""
    actor = actor_of(request)
    study = learning.study(enrolment_id, by=actor)
    own = learning.own_results(enrolment_id, by=actor)
    last = own.post or own.pre
    change = learning.own_change(study)
    certificate = None
    if study.stage is learning.Stage.DONE:
        certificate = learning.certificate(enrolment_id, by=actor)
    found = learning.rereading(study.course, last.per_item) if last else []
    lines = sorted(found, key=lambda line: -line.wrong / line.asked)  # the weakest share first
    context = {
        "study": study,
        "course": study.course,
        "pre": own.pre,
        "post": own.post,
        "attempts": [s for s in own.sittings if s.test_key == learning.POST_TEST],
        "gain": learning.gain(study.progress, is_real=change is None or change.is_real),
        "change": change,
        "verdict": learning.VERDICTS.get(change.verdict) if change else None,
        "behaviours": _parts(own.pre, own.post),
        "chart": _chart(own.pre, own.post),
        "explained": instruments.explain(last) if last else "",
        "rereading": [RereadLine(line, _behaviour(line.code)) for line in lines],
        "step": next_step(study),
        "certificate": certificate,
        "share": _share(study, certificate),
        "jp": _booked(actor, certificate),
    }
    return render(request, "employee/result.html", context)


def _booked(actor: Actor, certificate: letters.DocumentCard | None) -> int:
    """The hours that this certificate brought; 0 when the same course had been counted that year."""
    if certificate is None:
        return 0
    year = timezone.localdate(certificate.issued_at).year
    lines = learning.credit_year(actor, year=year).lines
    return sum(line.jp for line in lines if line.document_code == certificate.code)


def _parts(pre: instruments.ResultCard | None, post: instruments.ResultCard | None) -> list[PartLine]:
    """Behaviour by behaviour, then what belongs to no single one."""
    found: dict[str, dict[str, tuple[int, int]]] = {}
    for when, card in (("pre", pre), ("post", post)):
        if card is None:
            continue
        for part in card.per_behaviour:
            found.setdefault(part.key, {})[when] = (part.points, part.maximum)
        general = [o for o in card.per_item if o.behaviour is None]
        if general:
            found.setdefault("", {})[when] = (sum(o.is_correct for o in general), len(general))
    order = list(rulebook().value_names)  # as the course goes, not as the codes sort
    ordered = sorted(found, key=lambda key: (order.index(key[:2]) if key[:2] in order else len(order), key))
    return [
        PartLine(key, _behaviour(key), key[:2] or "UM", found[key].get("pre"), found[key].get("post"))
        for key in ordered
    ]


def _behaviour(code: str) -> str:
    """A behaviour in the words of its source."""
    if not code:
        return _("Tujuh nilai secara umum")
    for value in rulebook().value_names.values():
        for behaviour in value.behaviours:
            if behaviour.code == code:
                return behaviour.wording
    return code


def _chart(pre: instruments.ResultCard | None, post: instruments.ResultCard | None) -> Chart | None:
    """Both tests value by value, once both are there."""
    if pre is None or post is None:
        return None
    before = {part.key: float(part.percent) for part in pre.per_value}
    after = {part.key: float(part.percent) for part in post.per_value}
    names = {code: value.name for code, value in rulebook().value_names.items()} | {"UM": _("Tujuh nilai, umum")}
    pairs = [
        Pair(label=names.get(code, code), before=before.get(code), after=after.get(code), value=code)
        for code in dict.fromkeys([*before, *after])
    ]
    columns = (_("Bagian"), _("Tes Awal"), _("Tes Akhir"), _("Selisih"))
    return pre_post(_("Persen jawaban benar per nilai"), pairs, columns=columns)


def _share(study: learning.Study, certificate: letters.DocumentCard | None) -> str:
    """An address that opens WhatsApp with a short text about the certificate."""
    if certificate is None:
        return ""
    text = _("Saya menyelesaikan %(course)s (%(jp)d JP). Keaslian sertifikatnya dapat diperiksa di %(url)s")
    url = letters.verification_url(certificate.code)
    return whatsapp(text % {"course": study.course.title, "jp": study.course.jp, "url": url})


@login_required
@require_safe
def certificate(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """The certificate as PDF/A; its owner's only."""
    card, content = learning.certificate_pdf(enrolment_id, by=actor_of(request))
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = (
        f'attachment; filename="sertifikat-{slugify(re.sub(r"[/.]", "-", card.number))}.pdf"'
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
