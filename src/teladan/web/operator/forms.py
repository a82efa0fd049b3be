"""Forms of the operator's pages: they read what was typed and hand it to the verbs of accounts and people."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.jobs import api as jobs
from teladan.kernel import clock, ids
from teladan.kernel.errors import Invalid, TeladanError
from teladan.learning import api as learning
from teladan.ledger import api as ledger
from teladan.people import api as people
from teladan.rulebook.api import rulebook
from teladan.web.base.roles import role_name
from teladan.web.operator import words
from teladan.web.ui.formats import date_text

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
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


class ResetAccess(forms.Form):
    """Why somebody is given a code. Reasons that take keys away are offered to operators only."""

    reason = forms.ChoiceField(label=_("Mengapa kode ini dibuat?"), widget=forms.RadioSelect)

    def __init__(self, data: QueryDict | None = None, *, card: accounts.AccountCard, may_manage: bool) -> None:
        reasons = [
            reason
            for reason in words.RESETS
            if (reason is accounts.ResetReason.FIRST) is card.must_activate or reason is accounts.ResetReason.LOST_CODE
        ]
        reasons = [reason for reason in reasons if may_manage or not reason.removes_keys]
        super().__init__(data, initial={"reason": reasons[0].value} if card.must_activate else None)
        self.fields["reason"].choices = [(reason.value, words.RESETS[reason][0]) for reason in reasons]  # type: ignore[attr-defined]
        self.offered = [(reason.value, *words.RESETS[reason]) for reason in reasons]


def cohort_words(cohort: learning.CohortName) -> str:
    """A cohort in a select: two of one name are told apart by their dates."""
    opens, closes = (date_text(timezone.localdate(at), "pendek") for at in (cohort.opens_at, cohort.closes_at))
    return f"{cohort.title} ({opens} – {closes})"


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

    def __init__(self, *args: Any, cohorts: list[learning.CohortName], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role_name(role)) for role in GIVEN]  # type: ignore[attr-defined]
        titles = [(str(cohort.id), cohort_words(cohort)) for cohort in cohorts if not cohort.is_cancelled]
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


def told(error: TeladanError) -> str:
    """A refusal as one text beside a field: what is wrong, and what to do."""
    return " ".join(filter(None, (error.message, error.next_step)))


DETAILS = ("name", "nip", "kind", "rank", "phone", "email")


class PersonForm(forms.Form):
    """Somebody's details, filled in as they are known."""

    name = forms.CharField(label=_("Nama lengkap"), max_length=200, help_text=_("Boleh dengan gelar."))
    nip = forms.CharField(
        label=_("NIP"),
        max_length=40,
        help_text=_("18 angka. Bila NIP dipakai untuk masuk, nama masuknya ikut berubah."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("Jenis kepegawaian"))
    rank = forms.CharField(
        label=_("Golongan"),
        max_length=20,
        required=False,
        help_text=_("III/a dan seterusnya untuk PNS, I sampai XVII untuk PPPK."),
    )
    phone = forms.CharField(
        label=_("Telepon"), max_length=40, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("Dapat dipakai untuk masuk."),
        widget=forms.TextInput(attrs={"inputmode": "email", "autocapitalize": "none", "autocomplete": "off"}),
    )

    def __init__(
        self, data: QueryDict | None = None, *, known: people.PersonDetails | None = None, agency_id: UUID
    ) -> None:
        initial = {name: getattr(known, name) for name in DETAILS} if known else {}
        super().__init__(data, initial=initial)
        self.known, self.agency_id = known, agency_id
        self.fields["kind"].choices = [(kind.value, words.kind(kind)) for kind in people.PersonKind]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Everything that the verb would refuse, beside its field."""
        values = super().clean() or {}
        if not self.errors:
            for fault in people.person_faults(agency_id=self.agency_id, **self.details()):
                self.add_error(fault.field, told(fault))
        return values

    def details(self) -> dict[str, Any]:
        """What was typed, as the verbs take it."""
        values = {name: self.cleaned_data[name] for name in DETAILS}
        return {**values, "kind": people.PersonKind(values["kind"])}

    def save(self, by: Actor) -> list[str]:
        """Change what is different; the names of the fields."""
        assert self.known is not None, "somebody new is a NewPerson"  # noqa: S101
        return people.update_person(person_id=self.known.person_id, by=by, **self.details())


def offer_posts(form: forms.Form, actor: Actor, *, nothing: Any) -> None:
    """The units and job families that a post can have; `nothing` stands for no job family."""
    units = [(str(unit.id), "— " * unit.depth + unit.name) for unit in people.units_visible_to(actor)]
    families = sorted({key for course in rulebook().courses() for key in course.job_families})
    form.fields["unit"].choices = [("", _("Pilih unit")), *units]  # type: ignore[attr-defined]
    form.fields["job_family"].choices = [("", nothing), *[(key, key) for key in families]]  # type: ignore[attr-defined]


class NewPerson(PersonForm):
    """Somebody new with the post they begin in: both or neither."""

    unit = forms.ChoiceField(label=_("Unit kerja"))
    title = forms.CharField(label=_("Nama jabatan"), max_length=200)
    is_head = forms.BooleanField(label=_("Memimpin unit ini (kepala unit)"), required=False)
    job_family = forms.ChoiceField(
        label=_("Rumpun pekerjaan"), required=False, help_text=_("Menentukan contoh pelajaran.")
    )
    starts = forms.DateField(
        label=_("Tanggal mulai (TMT)"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor) -> None:
        super().__init__(data, agency_id=actor.agency_id)
        offer_posts(self, actor, nothing=_("Tidak ditentukan"))

    def begin(self, key: str, by: Actor) -> UUID:
        """Add the person and their post, once for each form; their account."""
        values = self.cleaned_data

        def run() -> str:
            person_id = people.add_person(agency_id=by.agency_id, by=by, **self.details())
            people.appoint(
                person_id=person_id,
                unit_id=UUID(values["unit"]),
                title=values["title"],
                is_head=values["is_head"],
                job_family=values["job_family"],
                starts=values["starts"],
                by=by,
            )
            return str(person_id)

        key = key[:64] or str(ids.uuid7())
        return UUID(jobs.once(key=key, account_id=by.account_id, purpose="people.add", run=run)[0])


class Until(forms.Form):
    """The first day on which something is over."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: QueryDict | None = None, *, label: Any, prefix: str) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["day"].label = label


class PostForm(forms.Form):
    """The definitive post of somebody: another one from a day on, or the present one put right."""

    NEW, RIGHT = "baru", "betul"

    how = forms.ChoiceField(label=_("Apa yang terjadi?"), widget=forms.RadioSelect)
    unit = forms.ChoiceField(label=_("Unit kerja"))
    title = forms.CharField(label=_("Nama jabatan"), max_length=200)
    is_head = forms.BooleanField(label=_("Memimpin unit ini (kepala unit)"), required=False)
    job_family = forms.ChoiceField(
        label=_("Rumpun pekerjaan"),
        required=False,
        help_text=_("Menentukan contoh pelajaran; berlaku bagi semua pemegang jabatan ini di unit itu."),
    )
    starts = forms.DateField(
        label=_("Tanggal mulai (TMT)"),
        required=False,
        help_text=_("Jabatan baru: isi hari pertamanya. Pembetulan: kosongkan bila tanggalnya sudah benar."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: QueryDict | None = None, *, known: people.PersonDetails, actor: Actor) -> None:
        post = known.post
        initial: dict[str, Any] = {"how": self.NEW, "job_family": known.job_family}
        if post is not None:
            initial |= {"unit": str(post.unit_id), "title": post.position, "is_head": post.is_head}
        super().__init__(data, initial=initial)
        self.known = known
        offer_posts(self, actor, nothing=_("Tidak diubah"))
        ways = [(self.NEW, _("Jabatan baru: pindah, naik, atau mendapat tugas lain"))]
        if post is not None:
            ways.append((self.RIGHT, _("Pembetulan: catatan jabatan sekarang keliru")))
        self.fields["how"].choices = ways  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        post = self.known.post
        if not values.get("starts") and "starts" not in self.errors:
            if values.get("how") == self.RIGHT and post is not None:
                values["starts"] = post.starts
            else:
                self.add_error("starts", _("Isi hari pertama pada jabatan baru."))
        return values

    def save(self, key: str, by: Actor) -> None:
        """Do it, once for each form."""
        values, post = self.cleaned_data, self.known.post
        wished = {
            "unit_id": UUID(values["unit"]),
            "title": values["title"],
            "is_head": values["is_head"],
            "job_family": values["job_family"],
            "starts": values["starts"],
            "by": by,
        }

        def run() -> str:
            if values["how"] == self.RIGHT and post is not None:
                people.correct_post(appointment_id=post.id, **wished)
            elif post is not None and (str(post.unit_id), post.position, post.is_head) == (
                values["unit"],
                " ".join(values["title"].split()),
                values["is_head"],
            ):
                raise Invalid(
                    str(_("Unit dan jabatannya sama dengan sekarang.")),
                    field="title",
                    next_step=str(_("Ubah salah satunya, atau pilih “Pembetulan”.")),
                )
            else:
                people.appoint(person_id=self.known.person_id, **wished)
            return str(self.known.person_id)

        jobs.once(key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose="people.post", run=run)


class RecordFilter(forms.Form):
    """Which entries of the ledger are shown: by or about whom, which acts, from which day to which. Its
    names stand in the address."""

    cari = forms.CharField(label=_("Oleh atau tentang (nama)"), required=False, max_length=80)
    perbuatan = forms.ChoiceField(label=_("Perbuatan"), required=False)
    dari = forms.DateField(label=_("Dari tanggal"), required=False, widget=DAY)
    sampai = forms.DateField(label=_("Sampai tanggal"), required=False, widget=DAY)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["perbuatan"].choices = [("", _("Semua perbuatan")), *words.acts()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("dari"), values.get("sampai")
        if since and until and until < since:
            self.add_error("sampai", _("Tanggal ini lebih awal daripada tanggal mulainya."))
        return values

    def narrowing(self, accounts_: Collection[UUID]) -> ledger.Narrowing:
        """What the ledger is asked for, with the accounts that `cari` named; days count in the agency's zone."""
        values = self.cleaned_data
        people_ = people.person_accounts(account_ids=accounts_) if accounts_ else {}
        enrolments = learning.enrolment_owners(account_ids=accounts_) if accounts_ else {}
        about = [("account", accounts_), ("person", people_), ("enrolment", enrolments)]
        return ledger.Narrowing(
            accounts=tuple(accounts_),
            subjects=tuple(f"{kind}:{pk}" for kind, ids_ in about for pk in ids_),
            acts=(values["perbuatan"],) if values.get("perbuatan") else (),
            since=_midnight(values.get("dari")),
            until=_midnight(values.get("sampai"), later=1),
        )


def _midnight(day: date | None, *, later: int = 0) -> datetime | None:
    return timezone.make_aware(datetime.combine(day + timedelta(days=later), time.min)) if day else None
