"""Forms of the operator's pages: they read what was typed and hand it to the verbs of accounts and people."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.base.roles import role_name

GIVEN = [role for role in Role if role is not Role.EMPLOYEE]


class Upload(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label=_("Berkas daftar pegawai"),
        help_text=_("XLSX atau CSV. Belum ada yang berubah sebelum Anda memeriksa hasilnya dan menerapkannya."),
        error_messages={
            "required": _("Pilih berkasnya dahulu."),
            "empty": _("Berkas ini kosong. Pilih berkas yang berisi daftar pegawai."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def save(self, by: Actor) -> UUID:
        """Stage the file; the import's id."""
        file = self.cleaned_data["file"]
        return people.stage_roster(content=file.read(), name=file.name, by=by)


class NewAccount(forms.Form):
    """An account for somebody who is not in the roster, such as a trainer from outside."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=200)
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=64,
        help_text=_("Dipakai untuk masuk: huruf kecil, angka, titik, atau tanda hubung. Pegawai instansi memakai NIP."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"}))

    def save(self, by: Actor) -> UUID:
        """Open the account; its id."""
        return accounts.create_account(agency_id=by.agency_id, by=by, **self.cleaned_data)


class GiveRole(forms.Form):
    """A role, perhaps for one cohort only, perhaps until a day."""

    role = forms.ChoiceField(label=_("Peran"), widget=forms.RadioSelect)
    cohort = forms.ChoiceField(
        label=_("Angkatan"),
        required=False,
        help_text=_("Hanya untuk pengampu: pengampu melihat angkatan yang ditunjuk saja."),
    )
    until = forms.DateField(
        label=_("Berlaku sampai"),
        required=False,
        help_text=_("Sampai akhir hari itu. Kosongkan bila tidak dibatasi."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, cohorts: list[learning.CohortCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role_name(role)) for role in GIVEN]  # type: ignore[attr-defined]
        titles = [(str(cohort.id), cohort.title) for cohort in cohorts]
        self.fields["cohort"].choices = [("", _("Seluruh instansi")), *titles]  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < timezone.localdate(clock.now()):
            raise forms.ValidationError(_("Pilih hari ini atau hari sesudahnya."))
        return until

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        role, cohort = values.get("role"), values.get("cohort")
        if role == Role.FACILITATOR and not cohort:
            self.add_error("cohort", _("Pilih angkatannya; pengampu hanya melihat angkatan yang ditunjuk."))
        elif role and role != Role.FACILITATOR and cohort:
            self.add_error("cohort", _("Peran ini berlaku untuk seluruh instansi. Kosongkan angkatannya."))
        return values

    def save(self, account_id: UUID, by: Actor) -> UUID:
        """Give the role; the grant's id."""
        until, cohort = self.cleaned_data["until"], self.cleaned_data["cohort"]
        end = datetime.combine(until, time(23, 59, 59), timezone.get_current_timezone()) if until else None
        return accounts.grant_role(
            account_id=account_id,
            role=Role(self.cleaned_data["role"]),
            scope_id=UUID(cohort) if cohort else None,
            until=end,
            by=by,
        )
