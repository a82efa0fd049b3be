"""Who acts, for which agency, in which zone."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from teladan.accounts.models import Account, Agency


@pytest.mark.unscoped
def test_signed_in_request_has_actor_zone_and_scope(
    client: Client, agency: "Agency", make_account: "Callable[..., Account]"
) -> None:
    client.force_login(make_account("Siti Rahmawati", agency=agency))
    response = client.get("/siapa/")
    assert response.json() == {"name": "Siti Rahmawati", "zone": "Asia/Makassar", "scope": str(agency.id)}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.unscoped
def test_zone_and_scope_end_with_the_request(
    client: Client, agency: "Agency", make_account: "Callable[..., Account]"
) -> None:
    client.force_login(make_account(agency=agency))
    client.get("/siapa/")
    assert Client().get("/siapa/").json() == {"name": "", "zone": "Asia/Jakarta", "scope": ""}


def test_visitor_costs_no_query(client: Client, django_assert_num_queries: "DjangoAssertNumQueries", db: None) -> None:
    with django_assert_num_queries(0):
        response = client.get("/galeri/tes/")
    assert response.status_code == 200 and "no-store" not in response.get("Cache-Control", "")


@pytest.mark.unscoped
def test_signed_in_page_greets_by_name_and_offers_to_sign_out(
    client: Client, agency: "Agency", make_account: "Callable[..., Account]"
) -> None:
    client.force_login(make_account("Siti Rahmawati", agency=agency))
    html = client.get("/tidak-ada/").content.decode()
    assert "Siti Rahmawati" in html and "kerangka-rel" in html and "Keluar" in html
