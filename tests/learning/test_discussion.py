"""The discussions of a class: who reads what, what can be done with it, and what is told to whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, NotYet, TooMany
from teladan.learning import api as learning
from teladan.learning.api import Seat
from teladan.learning.tasks import discussion_news
from teladan.ledger.models import Entry as LedgerEntry
from teladan.lrs import api as lrs
from tests.learning import story

PAGE = learning.page_topic("pendahuluan", "tujuh-nilai")
SCENE = learning.scene_topic("bersalin-pukul-dua")


class Class:
    """Two participants who may read, one who has not begun, a facilitator and an auditor."""

    def __init__(self, organiser: Actor, members: list[Actor], facilitator: Any, auditor: Actor) -> None:
        self.organiser, self.members, self.auditor = organiser, members, auditor
        self.cohort = story.open_class(organiser, members)
        accounts.grant_role(account_id=facilitator.id, role=Role.FACILITATOR, scope_id=self.cohort, by=None)
        self.facilitator = accounts.actor_for(facilitator)
        self.seats = [Seat(enrolment_id=story.enrolment_of(m)) for m in members]
        self.beside = Seat(cohort_id=self.cohort)
        for member, seat in list(zip(members, self.seats, strict=True))[:2]:
            assert seat.enrolment_id
            story.sit(member, seat.enrolment_id, learning.PRE_TEST, right=8)

    def say(self, number: int, text: str, **more: Any) -> UUID:
        asked: dict[str, Any] = {"topic": PAGE, "names_author": False, **more}
        return learning.discuss(seat=self.seats[number], text=text, by=self.members[number], **asked)

    def lead(self, text: str, **more: Any) -> UUID:
        asked: dict[str, Any] = {"topic": PAGE, "names_author": True, **more}
        return learning.discuss(seat=self.beside, text=text, by=self.facilitator, **asked)

    def read(self, number: int) -> learning.Discussion:
        return learning.discussion(self.seats[number], PAGE, by=self.members[number])


@pytest.fixture
def klass(organiser: Actor, make_person: Callable[..., Any], make_account: Any, make_actor: Any, agency: Any) -> Class:
    members = [accounts.actor_for(make_person(f"Peserta {n}", agency=agency).account) for n in range(3)]
    facilitator = make_account("Pengampu Contoh", agency=agency)
    return Class(organiser, members, facilitator, make_actor(Role.AUDITOR, agency=agency))


def test_class_reads_entries_and_answers_with_names(klass: Class) -> None:
    first = klass.say(0, "Di loket kami antre <b>dua</b> jam.")
    klass.say(1, "Di tempat kami juga.", answers_to=first)
    klass.lead("Apa yang bisa diubah besok?", answers_to=first)
    (entry,) = klass.read(1).entries
    assert (entry.author, entry.text, entry.is_mine) == ("Peserta 0", "Di loket kami antre <b>dua</b> jam.", False)
    assert [(a.author, a.is_facilitator) for a in entry.answers] == [("Peserta 1", False), ("Pengampu Contoh", True)]


def test_answer_to_an_answer_stands_below_the_same_entry(klass: Class) -> None:
    first = klass.say(0, "Satu")
    second = klass.say(1, "Dua", answers_to=first)
    klass.say(0, "Tiga", answers_to=second)
    assert [a.text for a in klass.read(0).entries[0].answers] == ["Dua", "Tiga"]


def test_another_cohort_of_the_same_agency_reads_nothing(klass: Class, make_person: Any, agency: Any) -> None:
    first = klass.say(0, "Hanya untuk kelas ini.")
    other = accounts.actor_for(make_person("Kelas Lain", agency=agency).account)
    story.open_class(klass.organiser, [other], title="Angkatan Lain")
    seat = Seat(enrolment_id=story.enrolment_of(other))
    assert seat.enrolment_id
    story.sit(other, seat.enrolment_id, learning.PRE_TEST, right=8)
    assert learning.discussion(seat, PAGE, by=other).entries == ()
    with pytest.raises(NotFound):
        learning.entry(seat, first, by=other)
    with pytest.raises(NotFound):
        learning.discussion(klass.seats[0], PAGE, by=other)
    with pytest.raises(NotFound):
        learning.discuss(seat=seat, topic=PAGE, text="x", names_author=False, answers_to=first, by=other)


def test_before_the_first_test_nothing_is_open(klass: Class) -> None:
    with pytest.raises(NotYet):
        klass.say(2, "Halo")


def test_scene_is_talked_about_only_after_playing_it_to_its_end(klass: Class) -> None:
    learning.discuss(seat=klass.beside, topic=SCENE, text="Apa kata Anda?", names_author=True, by=klass.facilitator)
    seat, member = klass.seats[0], klass.members[0]
    assert seat.enrolment_id
    with pytest.raises(NotYet) as refused:
        learning.discussion(seat, SCENE, by=member)
    assert "/materi/berorientasi-pelayanan/adegan-bersalin/" in refused.value.next_url
    assert [(c.is_locked, c.news) for c in learning.discussions(seat, by=member)] == [(True, 0)]
    scene = story.course().scenes["bersalin-pukul-dua"]
    view = learning.start_scene(enrolment_id=seat.enrolment_id, scene=scene.key, by=member)
    while not view.is_over:
        with pytest.raises(NotYet):
            learning.discussion(seat, SCENE, by=member)
        view = learning.choose_in_scene(
            enrolment_id=seat.enrolment_id, scene=scene.key, step=view.step, choice=view.choices[0][0], by=member
        )
    assert learning.discussion(seat, SCENE, by=member).entries[0].text == "Apa kata Anda?"


def test_page_that_holds_a_scene_waits_for_it_too(klass: Class) -> None:
    with pytest.raises(NotYet):
        klass.say(0, "Spoiler", topic=learning.page_topic("berorientasi-pelayanan", "adegan-bersalin"))


def test_bad_words_are_refused_with_their_reason(klass: Class) -> None:
    for text in ("", "  \n ", "\x00"):
        with pytest.raises(Invalid):
            klass.say(0, text)
    with pytest.raises(Invalid) as refused:
        klass.say(0, "a" * 1501)
    assert "1501" in refused.value.message
    with pytest.raises(NotFound):
        klass.say(0, "x", topic=learning.page_topic("pendahuluan", "tidak-ada"))
    with pytest.raises(NotFound):
        klass.say(0, "x", answers_to=uuid4())


def test_draft_is_ones_own_and_goes_when_it_is_sent(klass: Class) -> None:
    learning.keep_draft(seat=klass.seats[0], topic=PAGE, text="Belum selesai", by=klass.members[0])
    assert klass.read(0).draft == "Belum selesai"
    assert klass.read(1).draft == ""
    assert learning.discussions(klass.seats[1], by=klass.members[1]) == []
    klass.say(0, "Selesai")
    assert klass.read(0).draft == ""


def test_own_words_are_changed_for_an_hour_and_withdrawn_for_a_week(klass: Class) -> None:
    entry = klass.say(0, "Saya pikir begitu")
    at: dict[str, Any] = {"seat": klass.seats[0], "entry_id": entry, "by": klass.members[0]}
    learning.change_entry(**at, text="Menurut saya begitu")
    found = klass.read(1).entries[0]
    assert (found.text, found.is_changed) == ("Menurut saya begitu", True)
    with clock.at(story.later(hours=2)):
        with pytest.raises(Conflict):
            learning.change_entry(**at, text="Lain lagi")
        card = klass.read(0).entries[0]
        assert (card.may_change, card.may_withdraw) == (False, True)
    with clock.at(story.later(days=8)), pytest.raises(Conflict):
        learning.withdraw_entry(**at)
    learning.withdraw_entry(**at)
    found = klass.read(1).entries[0]
    assert (found.text, found.is_withdrawn) == ("", True)
    with pytest.raises(Conflict):
        learning.change_entry(**at, text="kembali")


def test_nobody_touches_what_is_not_theirs(klass: Class) -> None:
    entry = klass.say(0, "Punya saya")
    at: dict[str, Any] = {"seat": klass.seats[1], "entry_id": entry, "by": klass.members[1]}
    with pytest.raises(NotAllowed):
        learning.change_entry(**at, text="diubah orang")
    with pytest.raises(NotAllowed):
        learning.withdraw_entry(**at)
    for act in (learning.pin_entry, learning.quote_entry):
        with pytest.raises(NotAllowed):
            act(**at, **{"pinned" if act is learning.pin_entry else "quoted": True})
    with pytest.raises(NotAllowed):
        learning.hide_entry(**at, reason="tidak suka")
    with pytest.raises(NotAllowed):
        learning.close_thread(seat=klass.seats[1], topic=PAGE, reason="capai", by=klass.members[1])
    watching: dict[str, Any] = {"seat": klass.beside, "by": klass.auditor}
    assert learning.discussion(klass.beside, PAGE, by=klass.auditor).entries[0].text == "Punya saya"
    with pytest.raises(NotAllowed):
        learning.hide_entry(entry_id=entry, reason="x", **watching)
    with pytest.raises(Conflict):
        learning.discuss(topic=PAGE, text="x", names_author=False, **watching)
    with pytest.raises(NotAllowed):
        learning.keep_draft(topic=PAGE, text="x", **watching)


def test_hidden_entry_is_seen_by_its_author_with_reason_and_whom_to_ask(klass: Class) -> None:
    entry = klass.say(0, "NIK pasien itu 123")
    lead: dict[str, Any] = {"seat": klass.beside, "entry_id": entry, "by": klass.facilitator}
    with pytest.raises(Invalid):
        learning.hide_entry(**lead, reason=" ")
    learning.hide_entry(**lead, reason="Memuat data pribadi warga.")
    theirs, others = klass.read(0), klass.read(1)
    assert (theirs.entries[0].text, theirs.entries[0].hidden_reason) == (
        "NIK pasien itu 123",
        "Memuat data pribadi warga.",
    )
    assert theirs.moderators == ("Pengampu Contoh",)
    assert (others.entries[0].text, others.entries[0].hidden_reason, others.moderators) == ("", "", ())
    with pytest.raises(Conflict):
        learning.quote_entry(**lead, quoted=True)
    with pytest.raises(Conflict):
        klass.say(1, "Jawab", answers_to=entry)
    learning.show_entry(**lead)
    assert klass.read(1).entries[0].text == "NIK pasien itu 123"


def test_pinned_entries_stand_first_then_the_newest(klass: Class) -> None:
    first, _second, _third = (klass.say(0, text) for text in ("satu", "dua", "tiga"))
    learning.pin_entry(seat=klass.beside, entry_id=first, pinned=True, by=klass.facilitator)
    assert [e.text for e in klass.read(1).entries] == ["satu", "tiga", "dua"]


def test_closed_discussion_is_read_not_written(klass: Class) -> None:
    klass.say(0, "Halo")
    with pytest.raises(Invalid):
        learning.close_thread(seat=klass.beside, topic=PAGE, reason="", by=klass.facilitator)
    learning.close_thread(seat=klass.beside, topic=PAGE, reason="Dibahas di kelas.", by=klass.facilitator)
    with pytest.raises(Conflict) as refused:
        klass.say(1, "Masih ada")
    assert "Dibahas di kelas." in refused.value.message
    assert klass.read(1).may_speak is False
    learning.reopen_thread(seat=klass.beside, topic=PAGE, by=klass.facilitator)
    klass.say(1, "Masih ada")


def test_report_quotes_with_the_name_only_when_its_author_chose_so(klass: Class) -> None:
    chosen = [klass.say(0, "Dengan nama", names_author=True), klass.say(1, "Tanpa nama")]
    klass.say(1, "Tidak dikutip")
    for entry in chosen:
        learning.quote_entry(seat=klass.beside, entry_id=entry, quoted=True, by=klass.facilitator)
    assert [(q.text, q.author) for q in learning.quotes_of(klass.cohort)] == [
        ("Dengan nama", "Peserta 0"),
        ("Tanpa nama", ""),
    ]
    learning.withdraw_entry(seat=klass.seats[1], entry_id=chosen[1], by=klass.members[1])
    assert [q.text for q in learning.quotes_of(klass.cohort)] == ["Dengan nama"]


def test_news_are_counted_until_one_has_looked(klass: Class) -> None:
    klass.say(0, "Satu")
    klass.say(0, "Dua")
    assert learning.news_in(klass.cohort, by=klass.members[1]) == 2
    assert learning.news_in(klass.cohort, by=klass.members[0]) == 0
    assert klass.read(1).news == 2
    assert learning.news_in(klass.cohort, by=klass.members[1]) == 0
    klass.say(0, "Tiga")
    assert learning.news_in(klass.cohort, by=klass.members[1]) == 1


def test_twenty_an_hour_and_then_a_time_to_go_on(klass: Class) -> None:
    for number in range(20):
        klass.say(0, f"Tulisan {number}")
    with pytest.raises(TooMany) as refused:
        klass.say(0, "Satu lagi")
    assert refused.value.retry_at > clock.now()
    with clock.at(story.later(minutes=61)):
        klass.say(0, "Satu lagi")


def test_moderation_is_in_the_ledger_without_words_and_entries_are_not(klass: Class) -> None:
    before = LedgerEntry.objects.count()
    entry = klass.say(0, "Kata-kata rahasia")
    assert LedgerEntry.objects.count() == before
    lead: dict[str, Any] = {"seat": klass.beside, "entry_id": entry, "by": klass.facilitator}
    for act, more in (
        (learning.pin_entry, {"pinned": True}),
        (learning.quote_entry, {"quoted": True}),
        (learning.hide_entry, {"reason": "Rahasia juga"}),
    ):
        act(**lead, **more)
        act(**lead, **more)
    acts = LedgerEntry.objects.order_by("pk")[before:]
    assert [a.act for a in acts] == ["learning.entry_pinned", "learning.entry_quoted", "learning.entry_hidden"]
    assert "ahasia" not in str([a.data for a in acts])
    assert klass.seats[0].enrolment_id
    said = lrs.statements_of(klass.seats[0].enrolment_id, agency_id=klass.members[0].agency_id)
    assert "ahasia" not in str(said)


def test_finished_class_is_read_only(klass: Class) -> None:
    klass.say(0, "Halo")
    with clock.at(story.later(days=40)):
        assert klass.read(0).may_speak is False
        with pytest.raises(Conflict):
            klass.say(0, "Terlambat")


def test_news_of_a_day_are_one_notice_however_often_the_clock_strikes(klass: Class) -> None:
    first = klass.say(0, "Satu")
    for number in range(5):
        klass.say(1, f"Jawaban {number}", answers_to=first)
    with clock.at(clock.now() + timedelta(hours=3)):
        discussion_news()
        discussion_news()
        (notice,) = [n for n in desk.notices_visible_to(klass.facilitator) if "Diskusi" in n.title]
        assert notice.text == "6 tulisan baru dalam 1 bahan diskusi sejak kemarin."
        (mine,) = [n for n in desk.notices_visible_to(klass.members[0]) if "dijawab" in n.title]
        assert mine.text.startswith("5 jawaban baru")
        assert not [n for n in desk.notices_visible_to(klass.members[1]) if "dijawab" in n.title]
    with clock.at(clock.now() + timedelta(days=2)):
        discussion_news()
        assert len([n for n in desk.notices_visible_to(klass.facilitator) if "Diskusi" in n.title]) == 1
