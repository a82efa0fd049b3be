"""Sample content of the gallery. Invented people and figures; no database."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from teladan.kernel import clock
from teladan.web.base.doors import DoorLink
from teladan.web.ui import charts, clips, diagrams
from teladan.web.ui.tables import Cell, Column, Sorting, Table

VALUES = (
    ("BP", "Berorientasi Pelayanan"), ("AK", "Akuntabel"), ("KO", "Kompeten"), ("HA", "Harmonis"), ("LO", "Loyal"),
    ("AD", "Adaptif"), ("KL", "Kolaboratif"),
)  # fmt: skip
CITATION = SimpleNamespace(
    label="UU 25/2009 Pasal 34 huruf a",
    title="Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
    status="berlaku",
    confidence="dibaca",
    outline_text="Pelaksana bersikap adil dan tidak membeda-bedakan orang yang dilayani.",
)
COLUMNS = (
    Column(label="Nama", sort="nama"),
    Column(label="Unit", sort="unit"),
    Column(label="Kemajuan", sort="kemajuan", numeric=True),
    Column(label="Tes Akhir", numeric=True),
    Column(label="Keadaan"),
)
PEOPLE = (
    ("Siti Rahmawati", "Puskesmas Muara Batuq", "100%", "86", "beres", "Lulus"),
    ("Yohanes Bria", "Dinas Pendidikan", "62%", "–", "nila", "Sedang belajar"),
    ("Ni Luh Ayu Pratiwi", "Dinas Kependudukan", "62%", "58", "awas", "Mengulang tes"),
    ("Andi Baso Mappasessu", "Kecamatan Long Iram", "0%", "–", "telat", "Belum mulai"),
)
OPTIONS = [
    ("a", "Menerima, lalu membelikan makanan untuk semua petugas jaga."),
    ("b", "Menolak dengan halus di depan keluarga, menjelaskan aturan, dan mencatatnya di buku jaga."),
    ("c", "Menerima agar tidak menyinggung, lalu melapor ke UPG besok pagi beserta amplopnya."),
    ("d", "Meminta keluarga memasukkannya ke kotak sumbangan puskesmas."),
]
RESULTS = {
    "b": ("kunci", "Jawaban terbaik", "Menolak di tempat dan mencatatnya menjaga keluarga pasien dan Anda."),
    "d": ("salah", "Jawaban Anda", "Uangnya tetap berhubungan dengan tugas Anda; kotak sumbangan tidak mengubahnya."),
}
MEDIA = "/baca/berakhlak/media/"


class SampleForm(forms.Form):
    """Fields in their states."""

    name = forms.CharField(label="Nama lengkap", help_text="Seperti pada SK terakhir, tanpa gelar.")
    nip = forms.CharField(label="NIP")
    unit = forms.ChoiceField(label="Unit kerja", choices=[("", "Pilih unit"), ("1", "Puskesmas Muara Batuq")])
    kind = forms.ChoiceField(
        label="Jenis kepegawaian",
        choices=[("pns", "PNS"), ("pppk", "PPPK"), ("cpns", "CPNS")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Catatan", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="Saya sudah membaca petunjuk tes.")

    def clean_nip(self) -> str:
        """Shows an error beside its field."""
        raise forms.ValidationError("NIP terdiri atas 18 angka; yang Anda tulis 16 angka.")


def context(request: HttpRequest) -> dict[str, Any]:
    """Everything the gallery page shows."""
    now = clock.now()
    form = SampleForm({"name": "Siti Rahmawati", "nip": "1987031420100120", "kind": "pns"})
    anchors = (("tugas", "Tugas", "#tugas"), ("belajar", "Belajar", "#bab"), ("kinerja", "Gambar", "#gambar"),
               ("pena", "Borang", "#borang"), ("tabel", "Daftar", "#daftar"))  # fmt: skip
    return {
        "frame": "rel",
        "doors": [
            DoorLink(key=icon, label=label, url=url, icon=icon, is_current=icon == "tugas")
            for icon, label, url in anchors
        ],
        "today": now,
        "in_three_days": now + timedelta(days=3),
        "later": now + timedelta(days=12),
        "values": VALUES,
        "form": form,
        "options": OPTIONS,
        "results": RESULTS,
        "scale": [("1", "1 Tidak pernah"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5 Selalu")],
        "table": _table(request),
        "empty_table": Table(caption="Angkatan", columns=COLUMNS, rows=[], empty="Belum ada peserta di angkatan ini."),
        "steps": ["Pilih berkas", "Periksa baris", "Terapkan", "Selesai"],
        "crumbs": [("Belajar", "/"), ("Modul Interaktif BerAKHLAK", "/"), ("Akuntabel", "")],
        "tabs": [
            ("Semua", "/galeri/", 48),
            ("Perlu tindakan", "/galeri/?p=tindakan", 3),
            ("Selesai", "/galeri/?p=x", 41),
        ],
        "spark": charts.sparkline("Peserta aktif tujuh hari", [12, 18, 15, 22, 31, 28, 40]),
        **_pictures(),
    }


def _table(request: HttpRequest) -> Table:
    sorting = Sorting.from_query(request.GET.dict(), COLUMNS, default="nama")
    people = sorted(PEOPLE * 12, key=lambda p: p[1] if sorting.key == "unit" else p[0], reverse=sorting.descending)
    page = Paginator(people, 5).get_page(request.GET.get("hal"))
    rows = [
        (
            Cell(text=name, url="#daftar", note="NIP 198703** ****** * ***"),
            unit,
            done,
            score,
            Cell(text=word, tone=tone),
        )
        for name, unit, done, score, tone, word in page.object_list
    ]
    return Table(
        caption="Peserta Angkatan 1",
        columns=COLUMNS,
        rows=rows,
        sorting=sorting,
        page=page,
        exports=[("CSV", "#csv"), ("XLSX", "#xlsx")],
    )


def _pictures() -> dict[str, Any]:
    after = (81, 74, 88, 79, 90, 66, 83)
    before = (58, 61, 70, 72, 77, 60, 59)
    axes = [charts.Axis(value=code, label=name) for code, name in VALUES]
    return {
        "bars": charts.bars(
            "Rata-rata Tes Akhir per nilai",
            [charts.Bar(label=name, amount=after[i], value=code) for i, (code, name) in enumerate(VALUES)]
            + [charts.Bar(label="ASN pada umumnya", amount=None, note="kurang dari 5 orang")],
            columns=("Nilai", "Rata-rata (0–100)"),
        ),
        "pairs": charts.pre_post(
            "Sebelum dan sesudah modul",
            [charts.Pair(label=n, before=before[i], after=after[i], value=v) for i, (v, n) in enumerate(VALUES)],
            columns=("Nilai", "Tes Awal", "Tes Akhir", "Selisih"),
        ),
        "radar": charts.radar(
            "Nilai-nilai saya",
            axes,
            [
                charts.Series(label="Tes Akhir", amounts=tuple(map(float, after))),
                charts.Series(label="Tes Awal", amounts=tuple(map(float, before))),
            ],
            first_column="Nilai",
        ),
        "spread": charts.distribution(
            "Sebaran skor Tes Akhir",
            [charts.Bin(label=f"{low}–{low + 9}", short=str(low), count=n) for low, n in
             zip(range(0, 100, 10), (0, 0, 1, 2, 3, 5, 9, 14, 10, 4), strict=True)],
            columns=("Skor", "Peserta"),
            mark=(7, "Batas lulus 70"),
        ),
        "flow": diagrams.draw("alur", (
            ("Terima", "Keluhan dicatat dengan nomor, di loket atau lewat telepon."),
            ("Telaah", "Paling lambat dua hari kerja: berwenang atau diteruskan."),
            ("Selesaikan", "Petugas yang bertanggung jawab menjawab dengan alasan."),
            ("Kabari", "Warga mendapat jawaban tertulis dan cara berkeberatan."),
            ("Belajar", "Penyebabnya masuk ke perbaikan standar pelayanan."),
        ), title="Perjalanan sebuah keluhan", value="BP"),
        "cycle": diagrams.draw("siklus", (
            ("Rencanakan", "Sasaran yang terukur, disepakati berdua."),
            ("Kerjakan", "Catat bukti saat terjadi, bukan di akhir tahun."),
            ("Tinjau", "Dialog kinerja setiap triwulan."),
            ("Perbaiki", "Satu hal yang diubah mulai besok."),
        ), title="Siklus pengelolaan kinerja", value="AK"),
        "layers": diagrams.draw("lapis", (
            ("Pancasila dan UUD 1945", "Dasar yang tidak boleh dilanggar oleh aturan di dalamnya."),
            ("Undang-undang", "Ditetapkan DPR bersama Presiden."),
            ("Peraturan pelaksana", "Peraturan pemerintah, presiden, dan menteri."),
            ("Keputusan Anda", "Setiap keputusan harus dapat ditelusuri ke luar."),
        ), title="Dari mana wewenang Anda berasal", value="LO"),
        "stairs": diagrams.draw("tangga", (
            ("Tahu", "Dapat menyebutkan nilainya."),
            ("Paham", "Dapat menjelaskan dengan kata sendiri."),
            ("Terapkan", "Melakukannya pada kasus yang dikenal."),
            ("Ajarkan", "Menjadi teladan bagi rekan kerja."),
        ), title="Empat anak tangga penguasaan", value="KO"),
        "clip": clips.Clip(
            title="Tiga perilaku dari satu cerita di loket", url=f"{MEDIA}tiga-perilaku.mp4",
            captions_url=f"{MEDIA}tiga-perilaku.vtt", download_url=f"{MEDIA}tiga-perilaku.mp4?unduh=1",
            media_type="video/mp4", size=100_000, poster_url=f"{MEDIA}tiga-perilaku.svg",
        ),
    }  # fmt: skip


def focus_context() -> dict[str, Any]:
    """The page of a test question."""
    now = clock.now()
    return {"frame": "fokus", "doors": [], "options": OPTIONS, "time": now, "deadline": now + timedelta(minutes=24)}
