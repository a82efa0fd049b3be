"""Official texts of regulations: read and downloaded by the people of an agency, kept by its operator."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teladan.access.api import Actor
from teladan.jobs import api as jobs
from teladan.kernel import ids
from teladan.kernel.errors import Invalid, NotAllowed, NotFound
from teladan.library import api as library
from teladan.web.base.requests import actor_of

REPLACED = "baru"


class Upload(forms.Form):
    """An official text."""

    file = forms.FileField(
        label=gettext_lazy("Berkas naskah"),
        help_text=gettext_lazy(
            "PDF untuk diunduh, atau teks (Markdown atau TXT, UTF-8) yang juga dapat dicari dan dibaca di sini."
        ),
        error_messages={
            "required": gettext_lazy("Pilih berkasnya dahulu."),
            "empty": gettext_lazy("Berkas ini kosong. Pilih berkas yang berisi naskah."),
        },
        widget=forms.FileInput(attrs={"accept": ".pdf,.md,.txt"}),
    )

    def save(self, *, law: str, key: str, by: Actor) -> bool:
        """Import the file, once for each sending; False when it stood there already."""
        file = self.cleaned_data["file"]

        def run() -> str:
            return REPLACED if library.import_text(key=law, content=file, name=file.name, by=by) else ""

        stored, _is_first = jobs.once(
            key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose=f"library.text {law}"[:80], run=run
        )
        return stored == REPLACED


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, key: str) -> HttpResponseBase:
    """What the agency has of a regulation; put a text there, or another one in its place."""
    actor, law = actor_of(request), library.law_named(key)
    if not library.may_keep_texts(actor):
        raise NotAllowed(
            _("Naskah peraturan hanya dapat dipasang dan dihapus oleh operator instansi."),
            next_step=_("Mintalah operator instansi Anda memasangnya."),
        )
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if request.method == "POST" and form.is_valid():
        try:
            is_new = form.save(law=key, key=request.POST.get("kunci", ""), by=actor)
        except Invalid as error:
            form.add_error("file", " ".join(filter(None, (error.message, error.next_step))))
        else:
            messages.success(
                request, _("Naskah sudah terpasang.") if is_new else _("Naskah yang sama sudah terpasang.")
            )
            return redirect("public:texts", key=key)
    context = {"law": law, "form": form, "texts": library.texts_visible_to(actor, key=key)}
    return render(request, "public/texts.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def remove(request: HttpRequest, key: str, format: str) -> HttpResponseBase:  # noqa: A002  (the name in the address)
    """Take a text away again."""
    library.law_named(key)
    if library.remove_text(key=key, kind=format, by=actor_of(request)):
        messages.success(request, _("Naskah dihapus. Ringkasannya tetap ada."))
    return redirect("public:texts", key=key)


@login_required
@require_safe
def download(request: HttpRequest, key: str, format: str) -> HttpResponseBase:  # noqa: A002  (the name in the address)
    """The file as it was imported."""
    law = library.law_named(key)
    parts = library.text_file(actor_of(request), key=law.key, kind=format)
    return HttpResponse(parts.body, headers=parts.headers)


@login_required
@require_safe
def read(request: HttpRequest, key: str) -> HttpResponseBase:
    """The text by article."""
    law = library.law_named(key)
    parts = library.text_parts(actor_of(request), key=key)
    if not parts:
        raise NotFound(
            _("Instansi Anda belum memasang naskah ini sebagai teks."),
            next_step=_("Baca ringkasannya, atau unduh PDF-nya bila ada."),
        )
    articles = [part for part in parts if part.label]
    return render(request, "public/text.html", {"law": law, "parts": parts, "articles": articles})
