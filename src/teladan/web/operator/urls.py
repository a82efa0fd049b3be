"""Addresses of the personnel office, of operators, and of those who only look."""

from django.urls import path

from teladan.web.operator.views import accounts, codes, editing, people, record, roster

app_name = "operator"
urlpatterns = [
    path("kepegawaian/", people.overview, name="overview"),
    path("kepegawaian/pegawai/", people.listing, name="people"),
    path("kepegawaian/pegawai/baru/", editing.new, name="person_new"),
    path("kepegawaian/pegawai.<str:kind>", people.export, name="people_export"),
    path("kepegawaian/pegawai/<uuid:account_id>/", people.person, name="person"),
    path("kepegawaian/pegawai/<uuid:account_id>/ubah/", editing.details, name="person_edit"),
    path("kepegawaian/pegawai/<uuid:account_id>/jabatan/", editing.post, name="person_post"),
    path("kepegawaian/pegawai/<uuid:account_id>/jabatan/<uuid:post_id>/batal/", editing.withdraw, name="post_withdraw"),
    path("kepegawaian/pegawai/<uuid:account_id>/jabatan/<uuid:post_id>/akhiri/", editing.end, name="post_end"),
    path("kepegawaian/pegawai/<uuid:account_id>/berhenti/", editing.leave, name="person_leave"),
    path("kepegawaian/impor/", roster.rosters, name="rosters"),
    path("kepegawaian/impor/templat.xlsx", roster.template, name="roster_template"),
    path("kepegawaian/impor/<uuid:import_id>/", roster.report, name="roster"),
    path("kepegawaian/impor/<uuid:import_id>/periksa/", roster.check, name="roster_check"),
    path("kepegawaian/impor/<uuid:import_id>/terapkan/", roster.apply, name="roster_apply"),
    path("kepegawaian/impor/<uuid:import_id>/batal/", roster.discard, name="roster_discard"),
    path("kepegawaian/impor/<uuid:import_id>/temuan.xlsx", roster.faults, name="roster_faults"),
    path("kepegawaian/kode/", codes.codes, name="codes"),
    path("kepegawaian/pegawai/<uuid:account_id>/kode/", codes.one, name="code"),
    path("operator/akun/", accounts.listing, name="accounts"),
    path("operator/akun/baru/", accounts.new, name="new_account"),
    path("operator/akun/<uuid:account_id>/", accounts.account, name="account"),
    path("operator/akun/<uuid:account_id>/nonaktifkan/", accounts.close, name="account_close"),
    path("operator/akun/<uuid:account_id>/aktifkan/", accounts.reopen, name="account_reopen"),
    path("operator/akun/<uuid:account_id>/keluarkan/", accounts.sign_out, name="account_sign_out"),
    path("operator/akun/<uuid:account_id>/lepas-kode/", accounts.release, name="account_release"),
    path("operator/akun/<uuid:account_id>/peran/<uuid:grant_id>/cabut/", accounts.revoke, name="revoke"),
    path("operator/catatan/", record.record, name="record"),
]
