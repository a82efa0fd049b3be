"""Components as pages use them: escaped, tied together for screen readers, taking nothing from the page around."""

import re
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.template import Context, engines

from teladan.kernel import clock

NOW = datetime.fromisoformat("2026-11-23T01:00:00+00:00")


def render(source: str, **values: Any) -> str:
    """A piece of a template, compiled as the template loaders would."""
    from django_cotton.compiler_regex import CottonCompiler

    template = engines["django"].engine.from_string(CottonCompiler().process(source))  # type: ignore[attr-defined]
    with clock.at(NOW):
        return str(template.render(Context(values)))


class Ids(HTMLParser):
    """Collects ids and the ids that attributes refer to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.wanted: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in {"for", "aria-describedby", "aria-labelledby"}:
                self.wanted |= set((value or "").split())


class NameForm(forms.Form):
    name = forms.CharField(label="Nama", help_text="Seperti pada SK.")
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "PNS")], widget=forms.RadioSelect)


def test_button_with_an_address_is_a_link_and_passes_attributes_on() -> None:
    html = render('<c-button href="/x/?a=1" variant="kedua" icon="unduh" rel="next" data-uji="1">Unduh</c-button>')
    assert html.count("<a ") == 1 and "<button" not in html
    assert 'class="tombol tombol-kedua' in html and 'rel="next"' in html and 'data-uji="1"' in html


def test_components_do_not_take_attributes_from_the_page() -> None:
    html = render(
        "<c-card>isi</c-card><c-button>Simpan</c-button>", title="Bocor", href="/bocor/", footer="Bocor", icon="jam"
    )
    assert "ocor" not in html


def test_components_escape_what_people_wrote() -> None:
    html = render(
        '<c-tag>{{ x }}</c-tag><c-alert title="{{ x }}" /><c-stat name="{{ x }}" :number="x" />', x="<script>1</script>"
    )
    assert "<script" not in html and html.count("&lt;script&gt;") == 4


def test_field_with_an_error_ties_hint_and_error_to_the_input_and_keeps_the_text() -> None:
    form = NameForm({"name": "", "kind": "x"})
    html = render('<c-field :field="form.name" /><c-choices :field="form.kind" />', form=form)
    found = Ids(html)
    assert found.wanted <= set(found.ids)
    assert 'aria-invalid="true"' in html and "id_name_helptext id_name_error" in html
    assert len(found.ids) == len(set(found.ids))
    kept = render('<c-field :field="form.name" />', form=NameForm({"name": "Siti & Budi"}))
    assert 'value="Siti &amp; Budi"' in kept


def test_plain_field_ties_hint_and_error_to_the_input() -> None:
    html = render('<c-field name="kode" label="Kode" hint="12 huruf" error="Terlalu pendek." value="AB" />')
    found = Ids(html)
    assert found.wanted <= set(found.ids) and 'aria-invalid="true"' in html and 'value="AB"' in html


def test_choices_mark_the_chosen_and_show_results_read_only() -> None:
    options = [("a", "Satu"), ("b", "Dua")]
    html = render('<c-choices name="p" legend="Soal" :options="o" chosen="b" letters />', o=options)
    assert html.count("checked") == 1 and html.index("checked") > html.index('value="b"')
    results = {"a": ("kunci", "Jawaban terbaik", "Sebab ini.")}
    html = render('<c-choices name="p" legend="Soal" :options="o" chosen="b" :results="r" />', o=options, r=results)
    assert html.count("disabled") == 2 and 'data-hasil="kunci"' in html and "Sebab ini." in html


@pytest.mark.parametrize(
    ("due", "tone", "words"),
    [
        (date(2026, 11, 23), "nada-telat", "Hari ini"),
        (date(2026, 11, 26), "nada-awas", "3 hari lagi"),
        (None, "nada-nila", ""),
    ],
)
def test_task_takes_its_tone_from_the_day(due: date | None, tone: str, words: str) -> None:
    html = render('<c-task title="Nilai rekan" url="/t/" :due="due" reason="Enam menit." />', due=due)
    assert f'class="tugas {tone}"' in html and words in html
    assert ("Senin, 23 November 2026" in html) is (due == date(2026, 11, 23))


def test_chapter_without_an_address_says_when_it_opens() -> None:
    html = render('<c-chapter number="4" title="Harmonis" value="HA" :planned="day" />', day=date(2027, 1, 11))
    assert "<a " not in html and "Akan terbit Senin, 11 Januari 2027" in html and "nilai-ha" in html


def test_ring_says_its_percentage() -> None:
    assert 'aria-label="62 persen selesai"' in render('<c-ring :percent="62.4" />')
    assert 'stroke-dasharray="62.4 100"' in render('<c-ring :percent="62.4" />')


def test_refusal_shows_message_reason_basis_and_next_step() -> None:
    html = render(
        '<c-refusal message="Belum dapat." reason="Dua kali." basis="kebijakan instansi" next_step="Coba besok." />'
    )
    for words in ("Belum dapat.", "Dua kali.", "kebijakan instansi", "Coba besok.", 'role="alert"'):
        assert words in html


def test_countdown_says_until_when_without_a_script() -> None:
    html = render('<c-countdown :now="now" :deadline="now" form="tes" />', now=NOW)
    assert "sampai 08.00 WIB" in html and 'data-batas="2026-11-23T01:00:00+00:00"' in html


def test_insert_invites_in_the_agreed_words() -> None:
    assert "Klik di sini:" in render('<c-insert title="kapan?" invite>isi</c-insert>')
    assert "Klik di sini:" not in render('<c-insert title="kapan?">isi</c-insert>')


def test_page_nav_leaves_out_what_leads_nowhere() -> None:
    html = render('<c-page-nav next_url="/2/" exit_url="/keluar/" />')
    assert 'rel="next"' in html and 'rel="prev"' not in html and "Simpan & Keluar" in html


def test_unknown_callout_is_refused() -> None:
    with pytest.raises(KeyError):
        render('<c-callout kind="apa">x</c-callout>')


@pytest.mark.parametrize(
    ("current", "line"),
    [(1, "Langkah 1 dari 3: Tes Awal"), (2, "Langkah 2 dari 3: Materi"), (4, "Semua 3 langkah selesai")],
)
def test_stepper_names_the_present_step_in_one_line_and_all_of_them_in_its_list(current: int, line: str) -> None:
    names = ["Tes Awal", "Materi", "Tes Akhir"]
    html = render('<c-stepper :steps="steps" :current="current" label="Tahap" />', steps=names, current=current)
    assert f'<p class="langkah-kini" aria-hidden="true">{line}</p>' in html
    assert all(f"{number}. {name}" in html for number, name in enumerate(names, 1))
    assert html.count('aria-current="step"') == (current <= len(names))


def test_values_of_components_carry_no_filter() -> None:
    """Cotton reads `:max="a.b|default:1"` as nothing and takes the component's default in silence."""
    root = settings.SOURCE / "web" / "templates"
    found = [
        f"{path.relative_to(root)}: {part}"
        for path in root.rglob("*.html")
        for part in re.findall(r'<c-[^>]*?\s(:[a-z_]+="[^"{]*\|[^"]*")', path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_progress_counts_to_its_maximum() -> None:
    assert 'value="14" max="27"' in render('<c-progress :value="done" :max="all" />', done=14, all=27)
    assert 'max="1"' in render('<c-progress :value="0" :max="all" />', all=0)
