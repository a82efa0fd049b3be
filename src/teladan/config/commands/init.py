"""Buat basis data, satu instansi, dan satu akun operator, lalu tampilkan kode aktivasi satu kali.

Yang tidak disebut sebagai pilihan akan ditanyakan."""

import sys
from argparse import ArgumentParser, Namespace

from django.conf import settings
from django.db import transaction

from teladan.access.api import Role
from teladan.accounts import api as accounts
from teladan.config.console import Refusal, say
from teladan.config.database import migrate
from teladan.config.home import home, used
from teladan.kernel.errors import TeladanError

QUESTIONS = {
    "nama": "Nama instansi, misalnya Dinas Kesehatan Kabupaten X",
    "slug": "Nama pendek untuk alamat (huruf kecil dan tanda hubung), misalnya dinkes-x",
    "zona": "Zona waktu: WIB, WITA, atau WIT",
    "nip": "NIP operator (menjadi nama masuknya)",
    "nama_operator": "Nama lengkap operator",
}
ZONES = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}


def configure(parser: ArgumentParser) -> None:
    """One option for each question."""
    for name, question in QUESTIONS.items():
        parser.add_argument(f"--{name.replace('_', '-')}", help=question)


def run(options: Namespace) -> int:
    """Ask, make, and say the code once."""
    if settings.DEMO:
        raise Refusal(
            "Pemasangan contoh (TELADAN_DEMO=1) tidak diberi instansi sungguhan.",
            next_step="Jalankan lagi tanpa TELADAN_DEMO dan dengan TELADAN_HOME yang lain.",
        )
    home()
    with used():
        migrate(say)
        if accounts.agencies():
            raise Refusal(
                "Pemasangan ini sudah mempunyai instansi.", next_step="Masuk sebagai operator untuk mengubah datanya."
            )
        answers = {name: getattr(options, name) or _ask(question) for name, question in QUESTIONS.items()}
        answers["zona"] = ZONES.get(answers["zona"].upper(), answers["zona"])
        code = _make(**answers)
    say(f"Instansi {answers['nama']} siap. Operator: {answers['nama_operator']} ({answers['nip']}).")
    say(f"Kode aktivasi: {code}")
    say("Kode ini hanya ditampilkan sekali. Jalankan teladan up, lalu buka halaman aktivasi.")
    return 0


def _make(*, nama: str, slug: str, zona: str, nip: str, nama_operator: str) -> str:
    try:
        with transaction.atomic():
            agency_id = accounts.create_agency(name=nama, slug=slug, zone=zona, by=None)
            with accounts.agency_scope(agency_id):
                account_id = accounts.create_account(agency_id=agency_id, username=nip, name=nama_operator, by=None)
                accounts.grant_role(account_id=account_id, role=Role.OPERATOR, by=None)
                return accounts.issue_activation(account_id=account_id, by=None)
    except TeladanError as error:
        raise Refusal(error.message, next_step=error.next_step) from error


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refusal(f"Belum ada jawaban untuk: {question}.", next_step="Sebutkan sebagai pilihan; lihat --help.")
    while not (answer := input(f"{question}: ").strip()):
        pass
    return answer
