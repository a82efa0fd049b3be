"""Acts of the ledger, states of an import and columns of a roster in the words of the people who read them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teladan.access.api import Role
from teladan.accounts.api import ResetReason

ACTS: dict[str, Any] = {
    "accounts.access_reset": gettext_lazy("Mengatur ulang akses seseorang"),
    "accounts.activated": gettext_lazy("Memasang kata sandi dengan kode aktivasi"),
    "accounts.activation_issued": gettext_lazy("Membuat kode aktivasi"),
    "accounts.agency_created": gettext_lazy("Instansi dibuat"),
    "accounts.created": gettext_lazy("Membuka akun"),
    "accounts.deactivated": gettext_lazy("Menonaktifkan akun"),
    "accounts.login_changed": gettext_lazy("Mengubah nama masuk"),
    "accounts.password_changed": gettext_lazy("Mengganti kata sandi"),
    "accounts.reactivated": gettext_lazy("Mengaktifkan kembali akun"),
    "accounts.role_granted": gettext_lazy("Memberi peran"),
    "accounts.role_revoked": gettext_lazy("Mencabut peran"),
    "accounts.second_factor_added": gettext_lazy("Memasang kode masuk"),
    "accounts.second_factor_removed": gettext_lazy("Melepas kode masuk"),
    "accounts.second_factor_taken": gettext_lazy("Melepas kode masuk milik orang lain"),
    "accounts.session_ended": gettext_lazy("Mengeluarkan perangkat"),
    "accounts.share_ended": gettext_lazy("Mengakhiri berbagi data"),
    "accounts.shared": gettext_lazy("Berbagi data dengan instansi lain"),
    "accounts.signed_in": gettext_lazy("Masuk"),
    "accounts.signed_out_everywhere": gettext_lazy("Keluar dari semua perangkat"),
    "accounts.sso_linked": gettext_lazy("Menghubungkan akun dengan penyedia masuk instansi"),
    "accounts.updated": gettext_lazy("Mengubah data akun"),
    "instruments.play_finished": gettext_lazy("Menyelesaikan adegan"),
    "instruments.play_started": gettext_lazy("Memulai adegan"),
    "instruments.sitting_finished": gettext_lazy("Menyelesaikan tes"),
    "instruments.sitting_started": gettext_lazy("Memulai tes"),
    "learning.attempt_allowed": gettext_lazy("Memberi kesempatan tes tambahan"),
    "learning.capacity_set": gettext_lazy("Mengatur jumlah tempat angkatan"),
    "learning.clip_added": gettext_lazy("Menambah klip kelas"),
    "learning.clip_removed": gettext_lazy("Menghapus klip kelas"),
    "learning.cohort_cancelled": gettext_lazy("Membatalkan angkatan"),
    "learning.cohort_changed": gettext_lazy("Mengubah nama atau tanggal angkatan"),
    "learning.cohort_exported": gettext_lazy("Mengunduh data angkatan"),
    "learning.cohort_opened": gettext_lazy("Membuka angkatan"),
    "learning.course_completed": gettext_lazy("Menyelesaikan modul"),
    "learning.discussion_closed": gettext_lazy("Menutup diskusi"),
    "learning.discussion_reopened": gettext_lazy("Membuka lagi diskusi"),
    "learning.enrolled": gettext_lazy("Mendaftarkan peserta"),
    "learning.entry_hidden": gettext_lazy("Menyembunyikan tulisan di diskusi"),
    "learning.entry_pinned": gettext_lazy("Menyematkan tulisan di diskusi"),
    "learning.entry_quoted": gettext_lazy("Mengutip tulisan dalam laporan"),
    "learning.entry_shown": gettext_lazy("Menampilkan lagi tulisan di diskusi"),
    "learning.entry_unpinned": gettext_lazy("Melepas sematan tulisan"),
    "learning.entry_unquoted": gettext_lazy("Mengeluarkan kutipan dari laporan"),
    "learning.extended": gettext_lazy("Memperpanjang tenggat"),
    "learning.moved": gettext_lazy("Memindahkan peserta ke angkatan lain"),
    "learning.place_filled": gettext_lazy("Memberi tempat kepada yang menunggu"),
    "learning.reminded": gettext_lazy("Mengirim pengingat"),
    "learning.rule_added": gettext_lazy("Membuat aturan pendaftaran"),
    "learning.rule_applied": gettext_lazy("Mendaftarkan peserta menurut aturan"),
    "learning.rule_ended": gettext_lazy("Mengakhiri aturan pendaftaran"),
    "learning.room_closed": gettext_lazy("Menutup ruang kelas"),
    "learning.room_opened": gettext_lazy("Membuka ruang kelas"),
    "learning.taken_out": gettext_lazy("Mengeluarkan peserta dari angkatan"),
    "learning.waiting_ended": gettext_lazy("Mengeluarkan dari daftar tunggu"),
    "learning.waiting_reordered": gettext_lazy("Mengubah urutan daftar tunggu"),
    "letters.document_issued": gettext_lazy("Menerbitkan dokumen"),
    "letters.document_revoked": gettext_lazy("Mencabut dokumen"),
    "library.text_imported": gettext_lazy("Memasang naskah peraturan"),
    "library.text_removed": gettext_lazy("Menghapus naskah peraturan"),
    "library.text_replaced": gettext_lazy("Mengganti naskah peraturan"),
    "people.appointed": gettext_lazy("Menempatkan pegawai"),
    "people.appointment_ended": gettext_lazy("Mengakhiri penempatan"),
    "people.appointment_withdrawn": gettext_lazy("Membatalkan penempatan yang belum dimulai"),
    "people.list_exported": gettext_lazy("Mengunduh daftar pegawai"),
    "people.nip_corrected": gettext_lazy("Membetulkan NIP"),
    "people.person_added": gettext_lazy("Menambah pegawai"),
    "people.person_left": gettext_lazy("Pegawai berhenti"),
    "people.person_updated": gettext_lazy("Mengubah data pegawai"),
    "people.post_corrected": gettext_lazy("Membetulkan penempatan"),
    "people.roster_applied": gettext_lazy("Impor daftar pegawai selesai"),
    "people.roster_apply_started": gettext_lazy("Memulai penerapan impor"),
    "people.roster_discarded": gettext_lazy("Membatalkan impor"),
    "people.roster_leavers_closed": gettext_lazy("Impor: mengakhiri penempatan"),
    "people.roster_rows_applied": gettext_lazy("Impor: menerapkan baris"),
    "people.roster_staged": gettext_lazy("Mengunggah daftar pegawai"),
    "people.roster_units_applied": gettext_lazy("Impor: menerapkan unit"),
    "people.unit_created": gettext_lazy("Membuat unit"),
    "people.unit_moved": gettext_lazy("Memindahkan unit"),
    "people.unit_renamed": gettext_lazy("Mengubah nama unit"),
}
SUBJECTS: dict[str, Any] = {
    "account": gettext_lazy("akun"),
    "agency": gettext_lazy("instansi"),
    "appointment": gettext_lazy("penempatan"),
    "cohort": gettext_lazy("angkatan"),
    "document": gettext_lazy("dokumen"),
    "enrolment": gettext_lazy("peserta angkatan"),
    "person": gettext_lazy("pegawai"),
    "play": gettext_lazy("adegan"),
    "regulation": gettext_lazy("peraturan"),
    "roster": gettext_lazy("impor daftar pegawai"),
    "sitting": gettext_lazy("tes"),
    "unit": gettext_lazy("unit"),
}
ROOMS: dict[str, Any] = {  # what acts of one room are about, in the order in which they are offered
    "accounts.": gettext_lazy("Akun, peran, dan masuk"),
    "people.": gettext_lazy("Pegawai dan unit"),
    "learning.": gettext_lazy("Pelatihan"),
    "instruments.": gettext_lazy("Tes dan adegan"),
    "letters.": gettext_lazy("Dokumen"),
    "library.": gettext_lazy("Perpustakaan peraturan"),
}
NOTED: dict[str, Any] = {
    "added": gettext_lazy("ditambahkan"),
    "attempt": gettext_lazy("kesempatan ke"),
    "before": gettext_lazy("sidik berkas sebelumnya"),
    "certificate": gettext_lazy("nomor sertifikat"),
    "changed": gettext_lazy("berubah"),
    "close_leaving": gettext_lazy("penempatan diakhiri"),
    "closes": gettext_lazy("berakhir"),
    "code": gettext_lazy("kode"),
    "cohort": gettext_lazy("angkatan"),
    "count": gettext_lazy("banyaknya"),
    "course": gettext_lazy("materi"),
    "deadline_at": gettext_lazy("batas waktu"),
    "due": gettext_lazy("tenggat"),
    "ending": gettext_lazy("akhir cerita"),
    "ends": gettext_lazy("berakhir"),
    "expires_at": gettext_lazy("berlaku sampai"),
    "extra": gettext_lazy("kesempatan tambahan"),
    "fields": gettext_lazy("data yang dibagikan"),
    "finished_at": gettext_lazy("selesai"),
    "form": gettext_lazy("paket soal"),
    "from": gettext_lazy("semula"),
    "is_demo": gettext_lazy("data contoh"),
    "kind": gettext_lazy("jenis"),
    "left": gettext_lazy("berhenti"),
    "maximum": gettext_lazy("nilai tertinggi"),
    "method": gettext_lazy("cara"),
    "name": gettext_lazy("nama"),
    "new": gettext_lazy("baru"),
    "number": gettext_lazy("nomor"),
    "object": gettext_lazy("yang dibagikan"),
    "opens": gettext_lazy("mulai"),
    "parent": gettext_lazy("di bawah"),
    "reason": gettext_lazy("alasan"),
    "role": gettext_lazy("peran"),
    "rows": gettext_lazy("baris"),
    "scene": gettext_lazy("adegan"),
    "score": gettext_lazy("jawaban benar"),
    "score_bp": gettext_lazy("nilai"),
    "searched": gettext_lazy("disaring dengan kata"),
    "sha256": gettext_lazy("sidik berkas (SHA-256)"),
    "size": gettext_lazy("ukuran dalam bita"),
    "skipped": gettext_lazy("dilewati"),
    "slug": gettext_lazy("alamat"),
    "starts": gettext_lazy("mulai"),
    "steps": gettext_lazy("langkah"),
    "stopped": gettext_lazy("peserta dihentikan"),
    "template": gettext_lazy("jenis dokumen"),
    "test": gettext_lazy("tes"),
    "title": gettext_lazy("nama"),
    "to": gettext_lazy("menjadi"),
    "topic": gettext_lazy("bahan diskusi"),
    "unit": gettext_lazy("unit"),
    "units": gettext_lazy("unit"),
    "until": gettext_lazy("sampai"),
    "version": gettext_lazy("versi"),
    "with_agency": gettext_lazy("dengan instansi"),
    "zone": gettext_lazy("zona waktu"),
}
KINDS: dict[str, Any] = {
    "PNS": gettext_lazy("PNS"),
    "CPNS": gettext_lazy("CPNS"),
    "PPPK": gettext_lazy("PPPK"),
    "PPPK_PARUH_WAKTU": gettext_lazy("PPPK paruh waktu"),
}
POWERS: dict[
    Role, tuple[tuple[Any, ...], Any]
] = {  # roles that want a second look: what they may do, what remains closed
    Role.OPERATOR: (
        (
            gettext_lazy("Membuka, menonaktifkan, dan mengaktifkan kembali akun siapa pun di instansi."),
            gettext_lazy("Memberi dan mencabut peran, termasuk peran operator."),
            gettext_lazy("Membuat kode aktivasi dan melepas kode masuk orang lain."),
            gettext_lazy("Melihat daftar pegawai dan catatan perbuatan semua orang di instansi."),
        ),
        gettext_lazy("Tidak melihat NIP lengkap, nilai tes, atau tulisan peserta."),
    ),
    Role.PERSONNEL: (
        (
            gettext_lazy("Melihat NIP lengkap dan data kepegawaian semua pegawai di instansi."),
            gettext_lazy("Mengubah data pegawai, jabatan, dan unit, satu per satu atau melalui impor."),
            gettext_lazy("Menutup akun pegawai yang berhenti dan membuat kode aktivasi."),
        ),
        gettext_lazy("Tidak memberi peran dan tidak melihat nilai tes."),
    ),
    Role.AUDITOR: (
        (
            gettext_lazy("Melihat daftar pegawai, riwayat impor, akun, peran, dan catatan perbuatan semua orang."),
            gettext_lazy("Melihat kemajuan dan nilai tes peserta semua angkatan."),
            gettext_lazy("Mengunduh daftar pegawai dan data angkatan; setiap unduhan dicatat."),
        ),
        gettext_lazy("Tidak dapat mengubah apa pun dan tidak melihat NIP lengkap."),
    ),
}
RESETS: dict[ResetReason, tuple[Any, Any]] = {  # why a code is made, and what happens besides
    ResetReason.FIRST: (gettext_lazy("Akun baru"), gettext_lazy("Belum pernah masuk; surat ini yang pertama.")),
    ResetReason.FORGOTTEN: (
        gettext_lazy("Lupa kata sandi"),
        gettext_lazy("Kata sandi lama berlaku sampai kode ini dipakai."),
    ),
    ResetReason.LOST_CODE: (
        gettext_lazy("Surat atau kodenya hilang"),
        gettext_lazy("Kode yang lama tidak berlaku lagi."),
    ),
    ResetReason.LOST_DEVICE: (
        gettext_lazy("Ponsel atau perangkat hilang"),
        gettext_lazy(
            "Kunci sandi dan kode masuk dari ponsel dilepas. Kata sandi lama berlaku sampai kode ini dipakai."
        ),
    ),
    ResetReason.SUSPECTED: (
        gettext_lazy("Diduga dipakai orang lain"),
        gettext_lazy("Kata sandi lama berhenti berlaku sekarang juga; kunci sandi dan kode masuk dilepas."),
    ),
}
APPOINTMENTS: dict[str, Any] = {
    "definitif": gettext_lazy("definitif"),
    "plt": gettext_lazy("pelaksana tugas (Plt.)"),
    "plh": gettext_lazy("pelaksana harian (Plh.)"),
}
ROSTER_STATES: dict[str, tuple[Any, str]] = {
    "staged": (gettext_lazy("sedang diperiksa"), "langit"),
    "checked": (gettext_lazy("sudah diperiksa, belum diterapkan"), "awas"),
    "applying": (gettext_lazy("sedang diterapkan"), "nila"),
    "applied": (gettext_lazy("sudah diterapkan"), "beres"),
    "discarded": (gettext_lazy("dibatalkan"), "abu"),
}


def act(key: str) -> str:
    """An act in words; its key when it has none yet."""
    return str(ACTS.get(key, key))


def noted(key: str) -> str:
    """The word for something noted about an act; its key when it has none yet."""
    return str(NOTED.get(key, key.replace("_", " ")))


def acts() -> list[tuple[str, list[tuple[str, str]]]]:
    """Acts to choose from, by room: first the whole room, then one by one."""
    return [
        (str(room), [(prefix, _("Semua: %(room)s") % {"room": room}), *_acts_of(prefix)])
        for prefix, room in ROOMS.items()
    ]


def _acts_of(prefix: str) -> list[tuple[str, str]]:
    return sorted(((key, str(name)) for key, name in ACTS.items() if key.startswith(prefix)), key=lambda one: one[1])


def kind(key: str) -> str:
    """A kind of employment in words."""
    return str(KINDS.get(key, key))
