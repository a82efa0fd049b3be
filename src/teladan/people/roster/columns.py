"""The columns of a roster and the headings under which people know them. Pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its `key` is also the heading of the template. `longest` is in signs."""

    key: str
    is_required: bool
    longest: int
    synonyms: str = ""  # other headings for it, apart by spaces


COLUMNS = (
    Column(
        "nip",
        True,
        40,
        "nip_baru nip_18 nip_nippk nip_ni_pppk ni_pppk nippk nipppk no_induk_pegawai nomor_induk_pegawai",
    ),
    Column("nama", True, 200, "nama_lengkap nama_pegawai nama_asn nama_dan_gelar nama_lengkap_dan_gelar"),
    Column(
        "jenis",
        False,
        40,
        "jenis_asn jenis_pegawai jenis_kepegawaian status status_pegawai status_kepegawaian kedudukan",
    ),
    Column("kode_unit", True, 50, "kode_unit_kerja kode_unor id_unor kode_opd kode_skpd kode_unit_organisasi"),
    Column(
        "unit",
        True,
        200,
        "nama_unit unit_kerja nama_unit_kerja unor nama_unor unit_organisasi satuan_kerja opd nama_opd",
    ),
    Column(
        "kode_unit_induk",
        False,
        50,
        "kode_induk kode_unit_atasan kode_unor_induk kode_unor_atasan id_unor_induk unit_induk_kode",
    ),
    Column("jabatan", True, 200, "nama_jabatan jabatan_nama jabatan_terakhir nomenklatur_jabatan"),
    Column("jenis_jabatan", False, 60, "kelompok_jabatan kategori_jabatan tipe_jabatan"),
    Column("kepala", False, 20, "kepala_unit pimpinan_unit is_kepala apakah_kepala pimpinan"),
    Column("rumpun", False, 40, "rumpun_jabatan rumpun_pekerjaan job_family"),
    Column("email", False, 254, "e_mail surel alamat_email email_dinas alamat_surel"),
    Column("telepon", False, 40, "no_hp nomor_hp hp no_telepon nomor_telepon telp no_telp whatsapp wa no_wa"),
    Column("tmt", False, 40, "tmt_jabatan tanggal_mulai mulai_menjabat terhitung_mulai_tanggal tgl_mulai"),
    Column("golongan", False, 20, "gol gol_ruang golongan_ruang gol_akhir pangkat_golongan pangkat_gol_ruang"),
    Column("tanggal_lahir", False, 40, "tgl_lahir tanggal_kelahiran"),
)
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = tuple(column.key for column in COLUMNS if column.is_required)
# The day of birth is compared with the NIP and not kept; the template does not ask for it.
TEMPLATE = tuple(column.key for column in COLUMNS if column.key != "tanggal_lahir")
_KNOWN = {name: column.key for column in COLUMNS for name in (column.key, *column.synonyms.split())}


def column_of(heading: str) -> str | None:
    """The key of the column that a heading names ("Nama Lengkap", "NIP/NIPPK", "no. hp *"), or None."""
    return _KNOWN.get(re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_"))
