"""People who open the personnel pages, in an agency with three employees, and somebody of the agency next door."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from teladan.access.api import Role

WHO = ("personnel", "operator", "auditor", "employee", "stranger", "nobody")


@dataclass
class Office:
    """An agency at work. `client(who)` is a browser of one of WHO."""

    agency: Any
    accounts: dict[str, Any]
    siti: Any

    def client(self, who: str) -> Client:
        client = Client()
        if who in self.accounts:
            client.force_login(self.accounts[who])
        return client


@pytest.fixture
def office(agency: Any, other_agency: Any, make_person: Callable[..., Any], make_account: Callable[..., Any]) -> Office:
    head = make_person("Hendra Tandi", agency=agency, unit="pkm", title="Kepala Puskesmas", is_head=True)
    siti = make_person("Siti Rahmawati", agency=agency, unit="pkm", title="Bidan Terampil")
    accounts = {
        "personnel": make_person("Maya Latuconsina", agency=agency, unit="bkpsdm", roles=[Role.PERSONNEL]).account,
        "operator": make_account("Fajar Wenda", agency=agency, roles=[Role.OPERATOR]),
        "auditor": make_account("Theresia Manurung", agency=agency, roles=[Role.AUDITOR]),
        "employee": head.account,
        "stranger": make_account(
            "Orang Tetangga", agency=other_agency, roles=[Role.PERSONNEL, Role.OPERATOR, Role.AUDITOR]
        ),
    }
    return Office(agency, accounts, siti)
