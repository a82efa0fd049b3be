"""The sample agency on paper: a district with a puskesmas, as the rows of a roster file. Everybody in it is invented.

Pure and deterministic: the same seed gives the same people. Birth dates, appointment months and serial numbers are drawn,
so the NIP have the real form but belong to nobody on purpose.
"""

import csv
import io
import random
from dataclasses import dataclass

SEED = 20260828  # SE MenPANRB 20/2021 is dated late August; any number would do

COLUMNS = [
    "nip", "nama", "jenis", "kode_unit", "unit", "kode_unit_induk", "jabatan", "jenis_jabatan", "kepala", "rumpun",
    "email", "telepon", "tmt", "golongan",
]  # fmt: skip

# code, name, parent, head's position, head count, job family, ordinary positions
UNITS: list[tuple[str, str, str, str, int, str, list[str]]] = [
    ("SETDA", "Sekretariat Daerah", "", "Sekretaris Daerah", 18, "pimpinan", ["Analis Kebijakan Ahli Muda", "Pengadministrasi Umum", "Arsiparis Terampil"]),
    ("BKPSDM", "Badan Kepegawaian dan Pengembangan SDM", "SETDA", "Kepala Badan", 14, "perencanaan", ["Analis SDM Aparatur Ahli Pertama", "Pranata SDM Aparatur Terampil"]),
    ("INSPEKTORAT", "Inspektorat Daerah", "SETDA", "Inspektur", 11, "perencanaan", ["Auditor Ahli Pertama", "Auditor Ahli Muda", "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah"]),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah", "SETDA", "Kepala Badan", 12, "perencanaan", ["Perencana Ahli Pertama", "Perencana Ahli Muda", "Analis Data"]),
    ("DINKES", "Dinas Kesehatan", "SETDA", "Kepala Dinas", 14, "kesehatan", ["Administrator Kesehatan Ahli Muda", "Epidemiolog Kesehatan Ahli Pertama", "Perencana Ahli Pertama"]),
    ("PKM-MH", "Puskesmas Muara Hijau", "DINKES", "Kepala Puskesmas", 22, "kesehatan", ["Bidan Terampil", "Bidan Mahir", "Perawat Terampil", "Dokter Ahli Pertama", "Nutrisionis Terampil", "Sanitarian Terampil"]),
    ("PKM-TB", "Puskesmas Tanjung Bakau", "DINKES", "Kepala Puskesmas", 16, "kesehatan", ["Bidan Terampil", "Perawat Terampil", "Apoteker Ahli Pertama"]),
    ("PKM-HS", "Puskesmas Hulu Selimau", "DINKES", "Kepala Puskesmas", 12, "kesehatan", ["Bidan Terampil", "Perawat Terampil", "Sanitarian Terampil"]),
    ("RSUD", "RSUD Teluk Lestari", "DINKES", "Direktur", 26, "kesehatan", ["Perawat Mahir", "Perawat Terampil", "Dokter Ahli Muda", "Perekam Medis Terampil", "Radiografer Terampil"]),
    ("DISDIK", "Dinas Pendidikan", "SETDA", "Kepala Dinas", 12, "pendidikan", ["Pengembang Kurikulum", "Pengelola Data", "Analis Kebijakan Ahli Pertama"]),
    ("SMPN-1", "SMP Negeri 1 Muara Hijau", "DISDIK", "Kepala Sekolah", 16, "pendidikan", ["Guru Ahli Pertama", "Guru Ahli Muda", "Tenaga Administrasi Sekolah"]),
    ("SMPN-3", "SMP Negeri 3 Hulu Selimau", "DISDIK", "Kepala Sekolah", 12, "pendidikan", ["Guru Ahli Pertama", "Guru Ahli Muda"]),
    ("SDN-4", "SD Negeri 4 Tanjung Bakau", "DISDIK", "Kepala Sekolah", 11, "pendidikan", ["Guru Ahli Pertama", "Guru Ahli Muda"]),
    ("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", "SETDA", "Kepala Dinas", 14, "loket", ["Administrator Database Kependudukan", "Petugas Layanan Loket", "Pengelola Dokumen Kependudukan"]),
    ("DPMPTSP", "Dinas Penanaman Modal dan PTSP", "SETDA", "Kepala Dinas", 12, "loket", ["Penata Perizinan Ahli Pertama", "Petugas Layanan Loket"]),
    ("DINSOS", "Dinas Sosial", "SETDA", "Kepala Dinas", 11, "lapangan", ["Pekerja Sosial Ahli Pertama", "Penyuluh Sosial Terampil"]),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", "SETDA", "Kepala Dinas", 13, "lapangan", ["Teknik Jalan dan Jembatan Ahli Pertama", "Pengawas Lapangan", "Operator Alat Berat"]),
    ("DISHUB", "Dinas Perhubungan", "SETDA", "Kepala Dinas", 10, "lapangan", ["Penguji Kendaraan Bermotor Terampil", "Pengatur Lalu Lintas"]),
    ("DLH", "Dinas Lingkungan Hidup", "SETDA", "Kepala Dinas", 10, "lapangan", ["Pengendali Dampak Lingkungan Ahli Pertama", "Pengawas Kebersihan"]),
    ("DISNAKER", "Dinas Tenaga Kerja", "SETDA", "Kepala Dinas", 9, "loket", ["Pengantar Kerja Ahli Pertama", "Mediator Hubungan Industrial Ahli Pertama"]),
    ("DISKOMINFO", "Dinas Komunikasi dan Informatika", "SETDA", "Kepala Dinas", 9, "perencanaan", ["Pranata Komputer Ahli Pertama", "Pranata Humas Ahli Pertama"]),
    ("SATPOLPP", "Satuan Polisi Pamong Praja", "SETDA", "Kepala Satuan", 12, "lapangan", ["Polisi Pamong Praja Terampil", "Polisi Pamong Praja Pemula"]),
    ("KEC-MH", "Kecamatan Muara Hijau", "SETDA", "Camat", 10, "loket", ["Petugas Layanan Loket", "Pengelola Pemerintahan", "Kepala Seksi Pelayanan Umum"]),
    ("KEC-TB", "Kecamatan Tanjung Bakau", "SETDA", "Camat", 8, "loket", ["Petugas Layanan Loket", "Pengelola Pemerintahan"]),
    ("KEL-PB", "Kelurahan Pesisir Baru", "KEC-MH", "Lurah", 6, "loket", ["Petugas Layanan Loket", "Pengelola Kelurahan"]),
]  # fmt: skip

WOMEN = (
    "Siti Nurhaliza Ayu Rini Maria Yohana Ni Luh Dewi Fatimah Lestari Wulan Ratna Sri Indah Nurul Hasanah Margaretha Tiur "
    "Yuliana Rosalina Fitri Maya Desi Eka Putri Anita Rahma Kartika Melati Novita Sarah Agustina Marlina Theresia Zubaidah"
).split()
MEN = (
    "Ahmad Budi Yohanes Made Wayan Ketut Petrus Rudi Hendra Agus Bambang Slamet Dedi Yusuf Ibrahim Markus Andreas Samuel "
    "Fajar Rizal Arif Bagus Joko Teguh Herman Syamsul Zainal Daud Elias Gabriel Ilham Mulyadi Rahman Taufik Umar Wahyu Yoga"
).split()
FAMILY = (
    "Rahmawati Siregar Nasution Simanjuntak Hutapea Wijaya Susanto Pratama Saputra Lestari Kusuma Handayani Tampubolon "
    "Manurung Lubis Harahap Daeng Mappa Tandi Pongrekun Rumbewas Wenda Kogoya Tabuni Latuconsina Pattiasina Manuputty Seran "
    "Nahak Bere Suharto Wibowo Santoso Setiawan Gunawan Hidayat Kurniawan Firmansyah Maulana Hakim Syahputra Ginting Sembiring "
    "Tarigan Karo Mandagi Wowor Lumentut Kalalo Dayak Ngau Lawing Usat Bilung Anyi"
).split()


@dataclass(frozen=True)
class Invented:
    """One person of the sample agency, as a roster row."""

    row: dict[str, str]

    @property
    def nip(self) -> str:
        return self.row["nip"]


HEROES = {  # people the guided accounts belong to; the rest is drawn
    ("PKM-MH", 0): ("dr. Hendra Tandi", "1", ""),
    ("PKM-MH", 1): ("Siti Rahmawati, A.Md.Keb.", "2", "Bidan Terampil"),
    ("PKM-MH", 2): ("Yohana Bere, A.Md.Keb.", "2", "Bidan Terampil"),
    ("BKPSDM", 1): ("Ratna Kusuma, S.Psi.", "2", "Analis SDM Aparatur Ahli Pertama"),
    ("BKPSDM", 2): ("Agus Siregar, S.Sos.", "1", "Widyaiswara Ahli Muda"),
    ("BKPSDM", 3): ("Maya Latuconsina, S.E.", "2", "Analis SDM Aparatur Ahli Pertama"),
    ("DISKOMINFO", 1): ("Fajar Wenda, S.Kom.", "1", "Pranata Komputer Ahli Pertama"),
    ("INSPEKTORAT", 1): ("Theresia Manurung, S.H.", "2", "Auditor Ahli Muda"),
}


def people(seed: int = SEED) -> list[Invented]:
    """Everybody, units in order, the head of each unit first."""
    draw = random.Random(seed)  # noqa: S311  (sample data, not secrets)
    serials: dict[str, int] = {}
    found = []
    for code, unit, parent, head, count, family, positions in UNITS:
        for index in range(count):
            name, sex, position = HEROES.get((code, index), ("", "", ""))
            if not name:
                sex = draw.choice("12")
                name = f"{draw.choice(WOMEN if sex == '2' else MEN)} {draw.choice(FAMILY)}"
            is_head = index == 0
            position = position or draw.choice(positions)
            kind = "PPPK" if not is_head and (code, index) not in HEROES and draw.random() < 0.3 else "PNS"
            born_year = draw.randint(1968, 1985) if is_head else draw.randint(1972, 1999)
            since = draw.randint(max(born_year + 22, 2021 if kind == "PPPK" else 1995), 2025)
            month = draw.choice([21, 21, 21, 22]) if kind == "PPPK" else draw.randint(1, 12)
            born = f"{born_year}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
            stem = f"{born}{since}{month:02d}{sex}"
            serials[stem] = serials.get(stem, 0) + 1
            row = {
                "nip": f"{stem}{serials[stem]:03d}",
                "nama": name,
                "jenis": kind,
                "kode_unit": code,
                "unit": unit,
                "kode_unit_induk": parent,
                "jabatan": head if is_head else position,
                "jenis_jabatan": _kind_of_post(head if is_head else position, is_head),
                "kepala": "ya" if is_head else "tidak",
                "rumpun": "pimpinan" if is_head else family,
                "email": "",
                "telepon": "",
                "tmt": f"{max(since, 2022)}-01-03",
                "golongan": "",
            }
            found.append(Invented(row))
    return found


def _kind_of_post(title: str, is_head: bool) -> str:
    """The kind of a post by its title, in the words of the roster file."""
    if is_head:
        heads = {"Camat": "Administrator", "Direktur": "Administrator", "Lurah": "Pengawas"}
        if title in {"Kepala Puskesmas", "Kepala Sekolah"}:
            return "Fungsional"
        return heads.get(title, "JPT")
    ladder = ("Ahli", "Terampil", "Mahir", "Pemula")
    return "Fungsional" if any(step in title for step in ladder) else "Pelaksana"


def as_csv(rows: list[Invented]) -> bytes:
    """The roster file that the personnel office would upload."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(r.row for r in rows)
    return out.getvalue().encode()
