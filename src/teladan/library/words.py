"""What regulations are called: their kinds in order of rank, their status, how well they are known."""

from django.utils.translation import gettext_lazy as _

from teladan.rulebook.api import Confidence, RegulationStatus

# From the constitution down (UU 12/2011 art. 7); what is not listed stands after these, by name.
KINDS = {
    "UUD": _("Undang-Undang Dasar"),
    "UU": _("Undang-Undang"),
    "PP": _("Peraturan Pemerintah"),
    "Perpres": _("Peraturan Presiden"),
    "PermenPANRB": _("Peraturan Menteri PANRB"),
    "PerBKN": _("Peraturan BKN"),
    "PerLAN": _("Peraturan LAN"),
    "PerKPK": _("Peraturan KPK"),
    "Peraturan Ombudsman": _("Peraturan Ombudsman"),
    "SE MenPANRB": _("Surat Edaran Menteri PANRB"),
}
STATUS_WORDS = {
    RegulationStatus.IN_FORCE: _("berlaku"),
    RegulationStatus.AMENDED: _("berlaku, sebagian diubah"),
    RegulationStatus.REPEALED: _("dicabut"),
    RegulationStatus.FUTURE: _("belum berlaku"),
}
CONFIDENCE_WORDS = {
    Confidence.READ: _("naskah sudah dibaca"),
    Confidence.SECOND_HAND: _("dari sumber kedua"),
    Confidence.UNREAD: _("belum dibaca"),
    Confidence.POLICY: _("kebijakan"),
}


def rank(kind: str) -> tuple[int, str]:
    """For sorting: where a kind stands in the order of regulations."""
    order = list(KINDS)
    return (order.index(kind) if kind in order else len(order), kind)
