"""Roles in the words of the people who hold them."""

from django.utils.translation import gettext_lazy as _

from teladan.access.api import Role

ROLES = {
    Role.EMPLOYEE: (_("Pegawai"), _("Setiap akun: belajar, melihat tugas dan data diri sendiri.")),
    Role.FACILITATOR: (_("Pengampu"), _("Mendampingi angkatan dan melihat kemajuan pesertanya.")),
    Role.ORGANISER: (_("Penyelenggara"), _("Membuka angkatan, mendaftarkan peserta, dan mengatur tenggat.")),
    Role.PERSONNEL: (_("Kepegawaian"), _("Mengimpor daftar pegawai dan memberikan kode aktivasi.")),
    Role.LEADER: (_("Pimpinan"), _("Melihat ringkasan unit yang dipimpin.")),
    Role.AUDITOR: (_("Pemeriksa"), _("Hanya melihat; tidak dapat mengubah apa pun.")),
    Role.OPERATOR: (_("Operator"), _("Mengelola akun dan peran di instansi.")),
}


def role_name(role: Role) -> str:
    """What the role is called."""
    return str(ROLES[role][0])


def role_reach(role: Role) -> str:
    """What the role lets somebody do, in a sentence."""
    return str(ROLES[role][1])
