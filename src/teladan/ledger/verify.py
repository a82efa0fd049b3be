"""Walking the chain to find where, if anywhere, history was changed."""

from collections.abc import Iterator

from django.db.models import Max
from django.utils.translation import gettext as _

from teladan.ledger.canonical import GENESIS, chain_hash
from teladan.ledger.data import Verification
from teladan.ledger.models import Entry, Head
from teladan.ledger.sequence import leaf_of

_CHUNK = 2000


def verify() -> Verification:
    """Check every numbered entry against its own hash and its place in the chain; stop at the first fault."""
    last = Entry.objects.aggregate(last=Max("number"))["last"] or 0  # before the head: both only grow
    head = Head.objects.filter(pk=1).first() or Head(number=0, chain=GENESIS)
    previous, number = GENESIS, 0
    for entry in _numbered(head.number):
        if reason := _fault(entry, number + 1, previous):
            return _result(number, previous, broken=number + 1, reason=reason)
        number, previous = number + 1, bytes(entry.chain or b"")
    if number < head.number:
        reason = _("Catatan ini hilang: rantai seharusnya berakhir pada nomor %(last)d.") % {"last": head.number}
        return _result(number, previous, broken=number + 1, reason=reason)
    if last > head.number:
        reason = _("Catatan ini ditambahkan sesudah ujung rantai.")
        return _result(number, previous, broken=head.number + 1, reason=reason)
    if previous != bytes(head.chain):
        return _result(number, previous, broken=number, reason=_("Ujung rantai bukan milik catatan ini."))
    return _result(number, previous)


def _fault(entry: Entry, expected: int, previous: bytes) -> str:
    if entry.number != expected:
        numbers = {"next": entry.number, "last": expected - 1}
        return _("Catatan ini hilang: nomor %(next)d langsung menyusul nomor %(last)d.") % numbers
    try:
        leaf = leaf_of(entry)
    except ValueError:
        return _("Isi catatan ini tidak lagi terbaca sebagaimana ditulis.")
    if leaf != bytes(entry.leaf or b""):
        return _("Isi catatan ini bukan yang dahulu dicatat.")
    if chain_hash(previous, leaf) != bytes(entry.chain or b""):
        return _("Catatan ini tidak menyambung dengan catatan sebelumnya: ada yang dihapus, ditukar, atau disisipkan.")
    return ""


def _numbered(last: int) -> Iterator[Entry]:
    """All entries up to number `last`, in order, a chunk at a time, so that no read stays open for long."""
    after = 0
    while chunk := list(Entry.objects.filter(number__gt=after, number__lte=last).order_by("number")[:_CHUNK]):
        yield from chunk
        after = chunk[-1].number or 0


def _result(number: int, chain: bytes, *, broken: int | None = None, reason: str = "") -> Verification:
    return Verification(
        is_whole=broken is None,
        checked=number,
        waiting=Entry.objects.filter(number__isnull=True).count(),
        head_number=number,
        head=chain.hex(),
        broken=broken,
        reason=reason,
    )
