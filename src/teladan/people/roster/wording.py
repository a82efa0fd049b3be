"""What is said about a file, a row, a cell: what is wrong and what to do. The codes come from the pure checks."""

from typing import Any

from django.utils.translation import gettext_lazy as _

_LOOK = _("Perbaiki selnya, lalu unggah lagi.")
_LOOK_NIP = _("Cocokkan dengan SK atau kartu pegawai, lalu perbaiki selnya.")
_TEMPLATE = _("Unduh templat, salin data Anda ke dalamnya, lalu unggah lagi.")
_SAVE_AS = _("Buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu unggah lagi.")

FILE_FAULTS: dict[str, tuple[Any, Any]] = {
    "empty_file": (_("Berkas ini kosong."), _("Pilih berkas yang berisi daftar pegawai.")),
    "wrong_type": (_("Berkas ini bukan lembar kerja XLSX atau CSV."), _SAVE_AS),
    "old_excel": (_("Berkas ini format Excel lama (.xls)."), _SAVE_AS),
    "locked": (
        _("Berkas ini dikunci dengan kata sandi."),
        _("Buka berkasnya, hapus kata sandinya (Simpan Sebagai, tanpa kata sandi), lalu unggah lagi."),
    ),
    "html": (_("Berkas ini halaman web, meskipun namanya berakhiran .xls atau .csv."), _SAVE_AS),
    "damaged": (_("Berkas ini rusak atau tidak lengkap."), _("Simpan ulang berkasnya, lalu unggah lagi.")),
    "too_big": (_("Isi berkas ini terlalu besar."), _("Bagi menjadi beberapa berkas.")),
    "far_cells": (
        _("Ada sel terisi jauh di luar tabel (di kanan kolom AZ atau di bawah baris 299.999)."),
        _("Hapus kolom dan baris di luar tabel, simpan, lalu unggah lagi."),
    ),
    "encoding": (
        _("Huruf pada baris %(row)s berkas CSV ini tidak terbaca."),
        _("Simpan sebagai CSV UTF-8 atau .xlsx."),
    ),
    "merged_cells": (
        _(
            "Baris %(row)s, kolom %(column)s: sel ini digabung dengan sel lain (%(cells)s), sehingga isinya tidak terbaca."
        ),
        _("Pisahkan sel gabungan (Unmerge Cells), isi setiap selnya, lalu unggah lagi."),
    ),
    "hidden_sheet": (
        _("Daftar pegawai hanya ada pada lembar tersembunyi “%(sheet)s”."),
        _("Tampilkan lembar itu (Unhide) bila memang daftarnya, lalu unggah lagi."),
    ),
    "many_sheets": (
        _("Ada beberapa lembar yang berisi pegawai: %(sheets)s."),
        _("Gabungkan menjadi satu lembar, atau sembunyikan yang tidak dipakai, lalu unggah lagi."),
    ),
    "no_heading": (_("Tidak ada baris judul kolom dalam sepuluh baris pertama."), _TEMPLATE),
    "missing_columns": (_("Kolom yang wajib belum ada: %(columns)s."), _TEMPLATE),
    "doubled_columns": (_("Ada kolom yang muncul dua kali: %(columns)s."), _("Hapus atau ganti judul salah satunya.")),
    "no_rows": (_("Tidak ada baris pegawai di bawah judul kolom."), _("Isi sedikitnya satu baris.")),
    "too_many_rows": (_("Berkas ini lebih dari %(most)s baris."), _("Bagi menjadi beberapa berkas.")),
}

ROW_FAULTS: dict[str, tuple[Any, Any]] = {
    "missing": (_("Sel ini wajib diisi."), _("Isi selnya, lalu unggah lagi.")),
    "formula": (
        _("Isi sel diawali tanda rumus: %(found)s"),
        _("Ganti dengan teks biasa tanpa tanda =, +, - atau @ di depan."),
    ),
    "cell_error": (
        _("Rumus dalam sel ini galat: %(found)s."),
        _("Perbaiki rumusnya, atau ganti dengan nilainya, lalu unggah lagi."),
    ),
    "too_long": (_("Isi sel %(length)s karakter; paling panjang %(longest)s karakter."), _("Persingkat isinya.")),
    "nip_rounded": (
        _("NIP terbaca sebagai angka, sehingga angka terakhirnya hilang."),
        _("Format kolom sebagai Teks, isi ulang NIP-nya, lalu unggah lagi."),
    ),
    "nip_digits": (_("NIP hanya boleh berisi angka."), _LOOK_NIP),
    "nip_length": (_("NIP harus 18 angka; di sini %(length)s."), _LOOK_NIP),
    "nip_born": (_("Delapan angka pertama NIP (%(part)s) bukan tanggal lahir."), _LOOK_NIP),
    "nip_since": (_("Angka ke-9 sampai ke-12 NIP (%(part)s) bukan tahun pengangkatan."), _LOOK_NIP),
    "nip_contract": (
        _("Angka ke-13 dan ke-14 NIP (%(part)s) bukan bulan pengangkatan atau kode kontrak PPPK."),
        _LOOK_NIP,
    ),
    "nip_sex": (_("Angka ke-15 NIP (%(part)s) harus 1 atau 2."), _LOOK_NIP),
    "nip_serial": (_("Tiga angka terakhir NIP tidak boleh 000."), _LOOK_NIP),
    "nip_empty": (_("Sel ini wajib diisi."), _("Isi selnya, lalu unggah lagi.")),
    "nip_young": (_("Menurut NIP, usia saat diangkat di bawah 18 tahun."), _("Biarkan bila memang demikian.")),
    "nip_old": (_("Menurut NIP, usia saat diangkat di atas 58 tahun."), _("Biarkan bila memang demikian.")),
    "nip_contract_unusual": (_("Kode kontrak PPPK dalam NIP ini tidak lazim."), _("Biarkan bila memang demikian.")),
    "nip_is_name": (
        _("NIP dan nama tertukar: kolom nip berisi nama, dan kolom nama berisi NIP."),
        _("Tukar isi kedua kolom itu. Bila semua baris begini, tukar judul kolomnya."),
    ),
    "name_differs": (
        _("NIP ini di daftar pegawai milik “%(known)s”; tidak ada kata yang sama dengan nama di baris ini."),
        _("Cocokkan NIP-nya; biarkan bila orangnya memang sama."),
    ),
    "nip_doubled": (_("NIP ini sudah ada pada baris %(first)s."), _("Hapus salah satu baris, atau perbaiki NIP-nya.")),
    "nip_elsewhere": (
        _("NIP ini sudah dipakai akun di luar daftar pegawai instansi Anda."),
        _("Periksa NIP-nya. Bila pegawai pindah instansi, hubungi pengelola server."),
    ),
    "example": (_("Ini baris contoh dari templat."), _("Hapus barisnya, lalu unggah lagi.")),
    "jenis_unknown": (
        _("Jenis pegawai “%(found)s” tidak dikenal."),
        _("Pilih PNS, CPNS, PPPK, atau PPPK Paruh Waktu."),
    ),
    "kind_differs": (
        _("Jenis pegawai tertulis %(kind)s, tetapi pola NIP-nya %(pattern)s."),
        _("Periksa keduanya; biarkan bila memang demikian."),
    ),
    "unit_differs": (
        _("Unit %(code)s bernama “%(name)s” pada baris %(first)s."),
        _("Samakan namanya, atau beri kode lain."),
    ),
    "parent_unknown": (
        _("Kode unit induk %(parent)s tidak ada, baik dalam berkas ini maupun di instansi Anda."),
        _("Perbaiki kodenya, atau tambahkan baris pegawai dari unit induk itu."),
    ),
    "parent_differs": (
        _("Unit induk dari %(code)s adalah %(parent)s pada baris %(first)s."),
        _("Samakan kode unit induknya."),
    ),
    "circle": (
        _("Unit saling menjadi induk: %(units)s."),
        _("Perbaiki kode unit induk, sehingga susunannya berakhir pada satu unit teratas."),
    ),
    "jenis_jabatan_unknown": (
        _("Jenis jabatan “%(found)s” tidak dikenal."),
        _("Pilih JPT, Administrator, Pengawas, Pelaksana, atau Fungsional."),
    ),
    "kepala_unknown": (_("“%(found)s” bukan ya atau tidak."), _("Isi ya untuk kepala unit, tidak untuk yang lain.")),
    "two_heads": (
        _("Unit %(unit)s sudah punya kepala pada baris %(first)s."),
        _("Isi ya pada satu baris saja untuk setiap unit."),
    ),
    "head_stays": (
        _("Unit ini masih punya kepala lain yang tidak ada dalam berkas, yaitu %(name)s."),
        _("Pastikan jabatannya diakhiri, supaya atasan langsung tidak keliru."),
    ),
    "position_differs": (
        _("Jabatan %(title)s di unit ini diisi berbeda pada baris %(first)s."),
        _("Samakan isinya untuk jabatan yang sama."),
    ),
    "rumpun_unknown": (_("Rumpun “%(found)s” tidak dikenal."), _("Pilih salah satu: %(known)s.")),
    "email_unknown": (_("Alamat e-mail “%(found)s” tidak lengkap."), _LOOK),
    "email_doubled": (
        _("E-mail ini sudah ada pada baris %(first)s."),
        _("Setiap orang perlu alamat sendiri, atau kosongkan."),
    ),
    "email_taken": (_("E-mail ini sudah dipakai akun lain."), _("Isi alamat lain, atau kosongkan.")),
    "telepon_unknown": (_("Nomor telepon “%(found)s” tidak terbaca."), _("Contoh: 081234567890.")),
    "tmt_unknown": (_("“%(found)s” bukan tanggal."), _("Contoh: 01-03-2024 atau 1 Maret 2024.")),
    "tmt_unlikely": (_("TMT %(found)s terlalu jauh dari hari ini."), _("Periksa tahunnya.")),
    "tanggal_lahir_unknown": (_("“%(found)s” bukan tanggal."), _("Contoh: 01-03-2024 atau 1 Maret 2024.")),
    "born_differs": (
        _("Tanggal lahir berbeda dengan NIP."),
        _("Periksa keduanya; biarkan bila memang demikian."),
    ),
    "golongan_unknown": (
        _("Golongan “%(found)s” tidak ada untuk %(kind)s."),
        _("Contoh: III/a untuk PNS, IX untuk PPPK."),
    ),
}

COLUMN_NOTES: dict[str, Any] = {
    "nip": _("Wajib. 18 angka sebagai teks: format kolom sebagai Teks sebelum mengisi, supaya angkanya tidak hilang."),
    "nama": _("Wajib. Nama lengkap, boleh dengan gelar."),
    "jenis": _("PNS, CPNS, PPPK, atau PPPK Paruh Waktu. Bila kosong, dibaca dari NIP."),
    "kode_unit": _("Wajib. Kode unit kerja, tetap dari waktu ke waktu dan berbeda untuk setiap unit."),
    "unit": _("Wajib. Nama unit kerja."),
    "kode_unit_induk": _("Kode unit di atasnya. Kosong untuk unit teratas."),
    "jabatan": _("Wajib. Nama jabatan."),
    "jenis_jabatan": _("JPT, Administrator, Pengawas, Pelaksana, atau Fungsional."),
    "kepala": _("ya bila memimpin unit itu; satu orang untuk setiap unit. Dari sini atasan langsung ditentukan."),
    "rumpun": _("Rumpun pekerjaan, untuk memilih contoh pelajaran yang sesuai."),
    "email": _("Boleh kosong. Dapat dipakai untuk masuk."),
    "telepon": _("Boleh kosong."),
    "tmt": _("Tanggal mulai menduduki jabatan ini. Bila kosong, dipakai tanggal berkas diunggah."),
    "golongan": _("III/a dan seterusnya untuk PNS, I sampai XVII untuk PPPK."),
}


def file_words(code: str, values: dict[str, Any]) -> tuple[str, str]:
    """What is wrong with a file as a whole, and what to do."""
    message, remedy = FILE_FAULTS[code]
    return str(message) % values, str(remedy)


def row_words(code: str, values: dict[str, Any]) -> tuple[str, str]:
    """What is wrong in a cell, and what to do."""
    message, remedy = ROW_FAULTS[code]
    return str(message) % values, str(remedy) % values
